"""The check of one applicant: everything that is looked at, and the decision over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from zhengpin.domain.onboarding import OnboardingDecision, OnboardingOutcome, SupplierApplication
from zhengpin.suppliers.onboarding.audits import check_audits
from zhengpin.suppliers.onboarding.authorisation import check_authorisation
from zhengpin.suppliers.onboarding.border_papers import check_border_papers
from zhengpin.suppliers.onboarding.borrowed_papers import check_borrowed_papers
from zhengpin.suppliers.onboarding.case import Case, case_of
from zhengpin.suppliers.onboarding.category_papers import check_category_papers
from zhengpin.suppliers.onboarding.decision import in_order, limits_of, outcome_of, requirements_of_all
from zhengpin.suppliers.onboarding.deny_list import check_deny_list
from zhengpin.suppliers.onboarding.deposit import check_deposit
from zhengpin.suppliers.onboarding.finding import Finding
from zhengpin.suppliers.onboarding.gtins import check_gtins
from zhengpin.suppliers.onboarding.licence import check_licence
from zhengpin.suppliers.onboarding.links import check_links
from zhengpin.suppliers.onboarding.papers import check_papers
from zhengpin.suppliers.onboarding.registration import check_registration
from zhengpin.suppliers.onboarding.samples import check_samples
from zhengpin.suppliers.onboarding.surroundings import Surroundings
from zhengpin.suppliers.onboarding.trader_fields import check_trader_fields
from zhengpin.suppliers.onboarding.verification import check_verification
from zhengpin.suppliers.terms import Terms, version_of

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    check_registration,
    check_deny_list,
    check_links,
    check_papers,
    check_borrowed_papers,
    check_licence,
    check_verification,
    check_category_papers,
    check_authorisation,
    check_gtins,
    check_audits,
    check_samples,
    check_deposit,
    check_border_papers,
    check_trader_fields,
)
DEFAULT_TERMS = Terms()


def check(
    application: SupplierApplication, known: Surroundings, as_of: datetime, terms: Terms = DEFAULT_TERMS
) -> OnboardingDecision:
    """Say whether to let a supplier in, with every check; nothing has to be stored of it.

    Raises `InvalidInput` for a fact of another supplier's, and for a moment without a time zone.
    """
    case = case_of(application, known, as_of, terms)
    findings = in_order(tuple(finding for each in CHECKS for finding in each(case)))
    outcome = outcome_of(case, findings)
    return OnboardingDecision(
        supplier_id=application.supplier.supplier_id,
        outcome=outcome,
        checks=tuple(each.check for each in findings),
        requirements=requirements_of_all(case, findings),
        limits=limits_of(case, findings) if outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS else None,
        linked_to=known.links,
        as_of=as_of,
        version=version_of(terms),
        brand_names=case.brand_names,
    )
