"""What applicants are told: in their language, and nothing of other suppliers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from applying import KETTLES, a_paper, an_applicant, an_application, answer, around, of
from builders import a_brand, a_list_entry, a_supplier, an_authorisation
from zhengpin.domain.onboarding import OnboardingDecision, SupplierApplication
from zhengpin.domain.outcome import ListKind, SubjectKind
from zhengpin.domain.ring import Link, LinkEvidence
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import Audit, DocumentKind, Termination
from zhengpin.suppliers.onboarding.surroundings import Surroundings

FILE = "ab" * 32
NAMES = re.compile(r"amfori|kitchen|kettles|acme\S*|Acme \w+")
"""Of a scheme, and what the application itself says."""


def _stopped(attribute: str, *, certain: bool = False) -> Link:
    shared = LinkEvidence(attribute, 16.5, 2, certain=certain)
    return Link("secret-supplier", 0.97, certain, SupplierState.TERMINATED, (shared,))


TIES = [
    _stopped("payout_account", certain=True),
    _stopped("registration_code"),
    _stopped("succession"),
    _stopped("phone"),
]


def _texts(decision: OnboardingDecision) -> Iterator[tuple[str, str]]:
    for check in decision.checks:
        yield check.expected.zh, check.expected.en
        yield check.observed.zh, check.observed.en
    yield from ((each.why.zh, each.why.en) for each in decision.requirements)
    if decision.limits:
        yield from ((each.zh, each.en) for each in decision.limits.reasons)


@pytest.mark.parametrize("link", TIES)
def test_no_text_tells_to_whom_an_applicant_is_tied_or_by_what(link: Link) -> None:
    decision = answer(known=around(links=(link,)))
    told = " ".join(text for both in _texts(decision) for text in both)
    assert not re.search("secret|account|phone|97", told)
    assert "secret-supplier" in decision.checks[0].evidence


def test_no_text_tells_whose_paper_was_borrowed() -> None:
    other = a_supplier("secret-supplier", name="Secret Ltd")
    decision = answer(an_application(a_paper(sha256=FILE)), around(lenders={FILE: (other,)}))
    assert not re.search("(?i)secret", " ".join(text for both in _texts(decision) for text in both))
    assert "secret-supplier" in decision.checks[0].evidence


CHAINS = [
    (("secret-owner", "secret-agent"), ("secret-agent", "acme-factory")),
    (("secret-stranger", "secret-agent"), ("secret-agent", "acme-factory")),
    (("secret-agent", "acme-factory"), ("secret-dealer", "secret-agent"), ("secret-agent", "secret-dealer")),
]


@pytest.mark.parametrize("changes", [{}, {"valid_to": date(2026, 1, 1)}, {"territory": "US"}, {"sublicensable": False}])
@pytest.mark.parametrize("is_stored", [True, False])
@pytest.mark.parametrize("chain", CHAINS)
def test_no_text_tells_through_whose_hands_letters_go(
    chain: tuple[tuple[str, str], ...], is_stored: bool, changes: dict[str, Any]
) -> None:
    letters = tuple(
        an_authorisation(f"letter-{place}", licensor_id=one, licensee_id=other, **{"sublicensable": True, **changes})
        for place, (one, other) in enumerate(chain)
    )
    brand = a_brand(owner_id="secret-owner", gated=True)
    dealers = {each: a_supplier(each, name=f"{each} Ltd") for pair in chain for each in pair}
    known = around(brands={"acme": brand}, suppliers=dealers, authorisations=letters if is_stored else ())
    branded = replace(KETTLES, brand_id="acme")
    application = an_application(trades=(branded,), authorisations=() if is_stored else letters)
    decision = answer(application, known)
    assert "secret" not in " ".join(text for both in _texts(decision) for text in both)
    (path,) = of(decision, "authorisation.path")
    assert "letter-1" in path.evidence


TROUBLES: list[tuple[SupplierApplication, Surroundings]] = [
    (an_application(Audit("BSCI", "zero tolerance", date(2026, 1, 1))), around()),
    (an_application(Audit("ISO 9001", "failed", date(2026, 1, 1))), around()),
    (an_application(Audit("ISO 9001", "certified", date(2026, 1, 1))), around()),
    (an_application(Audit("BSCI", "E", date(2026, 1, 1)), Termination()), around()),
    (an_application(a_paper(DocumentKind.TEST_REPORT, edited=True)), around()),
    (an_application(supplier=an_applicant(registration_code="", state=SupplierState.SUSPENDED)), around()),
    (an_application(supplier=an_applicant(registration_code="9135010OM000100Y43", verified_at=None)), around()),
    (an_application(supplier=an_applicant(country="US", registration_code="12-3456789")), around()),
    (an_application(gtins=("0400000000008", "12", "6901234567893")), around()),
    (an_application(facts=()), around(delivered_orders=0)),
    (an_application(trades=(KETTLES,), authorisations=(an_authorisation(),)), around()),
    *((an_application(), around(links=(link,))) for link in TIES),
    (
        an_application(),
        around(
            list_entries=(
                a_list_entry("l", kind=ListKind.WATCH, subject_kind=SubjectKind.SUPPLIER, subject="acme-factory"),
            )
        ),
    ),
]


@pytest.mark.parametrize(("application", "known"), TROUBLES)
def test_no_chinese_text_holds_an_english_word(application: SupplierApplication, known: Surroundings) -> None:
    for zh, _ in _texts(answer(application, known)):
        assert not re.search(r"[a-z]{2,}", NAMES.sub("", zh)), zh
