"""Applications of suppliers on their way in, and what comes of them on its way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import (
    Check,
    CheckResult,
    DocumentRequirement,
    IntendedTrade,
    OnboardingDecision,
    OnboardingOutcome,
    ProbationLimits,
    SupplierApplication,
)
from zhengpin.domain.ring import Link, LinkEvidence
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import SupplierFact
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.becomes import FACTS
from zhengpin.service.convert.facts import SUPPLIER_STATES, authorisation_from_proto, supplier_from_proto
from zhengpin.service.convert.scalars import EnumPair, moment_to_proto, money_to_proto, optional_money_from_proto
from zhengpin.service.convert.supplier_fact import DOCUMENT_KINDS, supplier_fact_from_proto
from zhengpin.service.reading import reader
from zhengpin.service.validation import check
from zhengpin.v1 import brand_pb2, supplier_fact_pb2, supplier_service_pb2, verdict_pb2
from zhengpin.v1 import onboarding_pb2 as pb

OUTCOMES: Final = EnumPair(OnboardingOutcome, pb.OnboardingOutcome, "ONBOARDING_OUTCOME_")
RESULTS: Final = EnumPair(CheckResult, pb.CheckResult, "CHECK_RESULT_")

_read_fact = reader(supplier_fact_pb2.SupplierFact, FACTS, supplier_fact_from_proto)
_read_letter = reader(brand_pb2.Authorisation, FACTS, authorisation_from_proto)
_ANYBODY: Final = "applicant"
"""Whom facts speak of where the application does not say who applies."""


# --- on the way in ---------------------------------------------------------------------------------------------------


def application_from_proto(request: supplier_service_pb2.CheckSupplierRequest) -> SupplierApplication:
    """An application, whose facts and letters are checked one by one; raises `InvalidInput` with all that is wrong.

    Of an applicant that is to be taken as it is stored only the id is told.
    """
    message = request.application
    own = message.supplier_id or message.supplier.supplier_id or _ANYBODY
    wrong: list[FieldViolation] = []
    _collect(wrong, "", check, request)
    if any(each.field.endswith("supplier_id") for each in wrong):
        own = _ANYBODY  # what is wrong with the id is told once, and not with every fact
    facts = [
        _collect(wrong, f"application.facts[{place}].", _fact_from_proto, each, own)
        for place, each in enumerate(message.facts)
    ]
    letters = [
        _collect(wrong, f"application.authorisations[{place}].", _read_letter, each)
        for place, each in enumerate(message.authorisations)
    ]
    supplier = None if wrong else _collect(wrong, "application.supplier.", _applicant_from_proto, message)
    if wrong:
        raise InvalidInput(*wrong)
    assert supplier is not None
    return SupplierApplication(
        supplier=supplier,
        facts=tuple(facts),
        authorisations=tuple(letters),
        trades=tuple(map(_trade_from_proto, message.trades)),
        gtins=tuple(message.gtins),
        expected_turnover=optional_money_from_proto(message, "expected_turnover"),
    )


def _collect(wrong: list[FieldViolation], path: str, read: Callable[..., Any], *given: Any) -> Any:
    """Read, or add what is wrong, each field under the path; `None` then."""
    try:
        return read(*given)
    except InvalidInput as refusal:
        wrong += [FieldViolation(f"{path}{each.field}", each.description) for each in refusal.violations]
        return None


def _applicant_from_proto(message: pb.SupplierApplication) -> Supplier:
    return Supplier(message.supplier_id) if message.supplier_id else supplier_from_proto(message.supplier)


def _fact_from_proto(message: supplier_fact_pb2.SupplierFact, own: str) -> SupplierFact:
    """One fact; one that names nobody is the applicant's."""
    if not message.supplier_id:
        told, message = message, supplier_fact_pb2.SupplierFact()
        message.CopyFrom(told)
        message.supplier_id = own
    elif own not in {_ANYBODY, message.supplier_id}:
        raise InvalidInput(FieldViolation("supplier_id", f"is not the applicant's, {own!r}: leave it out"))
    fact: SupplierFact = _read_fact(message)
    return fact


def _trade_from_proto(message: pb.IntendedTrade) -> IntendedTrade:
    return IntendedTrade(message.category, message.brand_id, message.territory, message.ships_from, message.flagship)


# --- on the way out --------------------------------------------------------------------------------------------------


def decision_to_proto(decision: OnboardingDecision) -> pb.OnboardingDecision:
    """Whether to let a supplier in, with every check."""
    return pb.OnboardingDecision(
        supplier_id=decision.supplier_id,
        outcome=OUTCOMES.to_proto(decision.outcome),
        checks=map(_check_to_proto, decision.checks),
        requirements=map(_requirement_to_proto, decision.requirements),
        limits=None if decision.limits is None else _limits_to_proto(decision.limits),
        linked_to=map(link_to_proto, decision.linked_to),
        as_of=moment_to_proto(decision.as_of),
        version=decision.version,
        brand_names=decision.brand_names,
    )


def _check_to_proto(found: Check) -> pb.OnboardingCheck:
    return pb.OnboardingCheck(
        code=found.code,
        result=RESULTS.to_proto(found.result),
        ref=found.ref,
        expected=_text_to_proto(found.expected),
        observed=_text_to_proto(found.observed),
        evidence=found.evidence,
        subject=found.subject,
        leads_to=OUTCOMES.to_proto(found.leads_to),
    )


def _requirement_to_proto(requirement: DocumentRequirement) -> pb.DocumentRequirement:
    return pb.DocumentRequirement(
        document=DOCUMENT_KINDS.to_proto(requirement.document),
        due_at=moment_to_proto(requirement.due_at),
        why=_text_to_proto(requirement.why),
        subject=requirement.subject,
    )


def _limits_to_proto(limits: ProbationLimits) -> pb.ProbationLimits:
    return pb.ProbationLimits(
        until=None if limits.until is None else moment_to_proto(limits.until),
        categories=limits.categories,
        daily_orders=limits.daily_orders,
        deposit=money_to_proto(limits.deposit),
        reasons=map(_text_to_proto, limits.reasons),
        trades=map(_trade_to_proto, limits.trades),
    )


def _trade_to_proto(trade: IntendedTrade) -> pb.IntendedTrade:
    return pb.IntendedTrade(
        category=trade.category,
        brand_id=trade.brand_id,
        territory=trade.territory,
        ships_from=trade.ships_from,
        flagship=trade.flagship,
    )


def link_to_proto(link: Link) -> pb.SupplierLink:
    """A supplier that belongs together with another one, and what says so."""
    return pb.SupplierLink(
        supplier_id=link.supplier_id,
        probability=link.probability,
        certain=link.certain,
        state=SUPPLIER_STATES.to_proto(link.state),
        evidence=map(evidence_to_proto, link.evidence),
        name=link.name,
    )


def evidence_to_proto(shared: LinkEvidence) -> pb.LinkEvidence:
    """What two suppliers have in common; it is named, and never shown."""
    return pb.LinkEvidence(
        attribute=shared.attribute,
        bits=shared.bits,
        shared_by=shared.shared_by,
        is_hub=shared.is_hub,
        certain=shared.certain,
    )


def _text_to_proto(text: Text) -> verdict_pb2.LocalizedText:
    return verdict_pb2.LocalizedText(zh=text.zh, en=text.en)
