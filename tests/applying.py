"""Values for tests of onboarding: an application that nothing speaks against, unless the test says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

from builders import NOW, a_brand, a_supplier, yuan
from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import Check, CheckResult, IntendedTrade, OnboardingDecision, SupplierApplication
from zhengpin.domain.supplier_fact import (
    Deposit,
    DocumentKind,
    Fact,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
    TraderDetail,
    TraderField,
)
from zhengpin.suppliers.onboarding.check import check
from zhengpin.suppliers.onboarding.surroundings import Surroundings

CODE = "91350100M000100Y43"
"""A social credit code that checks."""
TERMS = Text("平台规则", "the marketplace's terms")
"""What asks for a category's papers in tests."""
KETTLES = IntendedTrade(category="kitchen/kettles", territory="CN", ships_from="CN")


def told(fact: Fact, fact_id: str = "", **changes: Any) -> SupplierFact:
    """A fact of the applicant's."""
    ordinary: dict[str, Any] = {"supplier_id": "acme-factory", "observed_at": datetime(2026, 2, 1, tzinfo=UTC)}
    return SupplierFact(
        fact_id or f"{type(fact).__name__}-{crc32(repr(fact).encode())}", fact=fact, **{**ordinary, **changes}
    )


def a_paper(kind: DocumentKind = DocumentKind.LICENCE, **changes: Any) -> SupplierDocument:
    """A paper of the last year that holds."""
    ordinary: dict[str, Any] = {"issued_on": date(2025, 9, 1), "valid_to": date(2027, 8, 31)}
    return SupplierDocument(kind, **{**ordinary, **changes})


def a_sample(**changes: Any) -> SampleInspection:
    """Of a lot of 1,000 units the 80 that are due, without a defect."""
    ordinary: dict[str, Any] = {"lot_size": 1000, "sample_size": 80}
    return SampleInspection(**{**ordinary, **changes})


EVERY_DETAIL = tuple(told(TraderDetail(field, verified=True), f"detail-{field}") for field in TraderField)
DEPOSIT = told(Deposit(yuan(50_000)), "deposit")
ORDINARY_FACTS = (told(a_paper(), "licence"), *EVERY_DETAIL)


def an_application(*facts: SupplierFact | Fact, **changes: Any) -> SupplierApplication:
    """A verified factory of two years that wants to sell kettles without a brand; `facts` come on top."""
    more = tuple(each if isinstance(each, SupplierFact) else told(each) for each in facts)
    ordinary: dict[str, Any] = {
        "supplier": an_applicant(),
        "facts": (*ORDINARY_FACTS, *more),
        "trades": (KETTLES,),
        "expected_turnover": yuan(100_000),
    }
    return SupplierApplication(**{**ordinary, **changes})


def an_applicant(**changes: Any) -> Any:
    """The factory, with a code that checks."""
    ordinary: dict[str, Any] = {"registration_code": CODE, "licence_scope": ("kitchen",), "address": "1 Kettle Road"}
    return a_supplier(**{**ordinary, **changes})


def around(
    *, facts: Iterable[SupplierFact] = (), deposited: SupplierFact | None = DEPOSIT, **changes: Any
) -> Surroundings:
    """An applicant with a history and a deposit, and the brand Acme, whose owner is known."""
    stored = tuple(facts) if deposited is None else (deposited, *facts)
    return Surroundings(**{"facts": stored, "delivered_orders": 500, "brands": {"acme": a_brand()}, **changes})


def answer(application: SupplierApplication | None = None, known: Surroundings | None = None) -> OnboardingDecision:
    """What comes of an application now."""
    return check(application or an_application(), known or around(), NOW)


def of(decision: OnboardingDecision, code: str) -> tuple[Check, ...]:
    """The checks under one code."""
    return tuple(each for each in decision.checks if each.code == code)


def result(decision: OnboardingDecision, code: str) -> CheckResult:
    """How the only check under a code ended."""
    (found,) = of(decision, code)
    return found.result


def needed(decision: OnboardingDecision) -> set[DocumentKind]:
    """The papers that are still needed."""
    return {each.document for each in decision.requirements}


def words(checks: Iterable[Check]) -> str:
    """What was observed, in English."""
    return "; ".join(each.observed.en for each in checks)
