"""Letting suppliers in: who applies with what, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.hit import Text
from zhengpin.domain.money import Money
from zhengpin.domain.ring import Link
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import DocumentKind, SupplierFact
from zhengpin.domain.word import Word


@dataclass(frozen=True, slots=True)
class IntendedTrade:
    """One sort of goods that an applicant wants to sell."""

    category: str = ""
    brand_id: str = ""
    """Empty for goods without a registered brand."""
    territory: str = ""
    """ISO 3166-1 alpha-2 of where it sells; empty is everywhere."""
    ships_from: str = ""
    """ISO 3166-1 alpha-2 of where the goods are sent from; empty is not known."""
    flagship: bool = False
    """It wants to run the brand's flagship or exclusive store."""


@dataclass(frozen=True, slots=True)
class SupplierApplication:
    """Who applies, with what, and for what."""

    supplier: Supplier
    facts: tuple[SupplierFact, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()
    trades: tuple[IntendedTrade, ...] = ()
    gtins: tuple[str, ...] = ()
    expected_turnover: Money | None = None
    """In a month, all together."""


class OnboardingOutcome(Word):
    """Whether to let an applicant in."""

    ACCEPT = "accept"
    ACCEPT_WITH_LIMITS = "accept_with_limits"
    """On probation."""
    NEED_DOCUMENTS = "need_documents"
    REFUSE = "refuse"
    """The checks speak against it; a person confirms."""


class CheckResult(Word):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Nothing was handed in, or nothing is known to check it by."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    code: str
    """Stable: `registration-code.check-digit`, `licence.scope`, …"""
    result: CheckResult
    expected: Text
    observed: Text
    ref: str = ""
    """The rule of the catalogue that it follows, such as `KYB-01`."""
    evidence: tuple[str, ...] = ()
    """What it rests on: facts, documents, suppliers by their ids."""
    subject: str = ""
    """The category, brand or GTIN that it speaks of, where it is about one of them."""
    leads_to: OnboardingOutcome = OnboardingOutcome.ACCEPT
    """What it alone comes to, for the applicant or for the trades that it is about."""


@dataclass(frozen=True, slots=True)
class DocumentRequirement:
    """A paper that is still needed."""

    document: DocumentKind
    due_at: datetime
    why: Text
    subject: str = ""
    """The category or brand that it is for; empty is for all."""


@dataclass(frozen=True, slots=True)
class ProbationLimits:
    """What an accepted applicant may do while on probation."""

    until: datetime | None
    """`None` for as long as the reasons last."""
    categories: tuple[str, ...]
    """Of those asked for, the ones that it may sell in, at least some of it."""
    daily_orders: int | None
    """`None` is without limit."""
    deposit: Money | None
    """The deposit that lifts the limits."""
    reasons: tuple[Text, ...]
    trades: tuple[IntendedTrade, ...] = ()
    """Of those asked for, the ones that it may sell."""


@dataclass(frozen=True, slots=True)
class OnboardingDecision:
    """Whether to let a supplier in, with every check."""

    supplier_id: str
    outcome: OnboardingOutcome
    checks: tuple[Check, ...]
    """What leads to the hardest outcome first, and of the same outcome what failed before what is unknown."""
    requirements: tuple[DocumentRequirement, ...]
    limits: ProbationLimits | None
    """`None` unless it is accepted with limits."""
    linked_to: tuple[Link, ...]
    as_of: datetime
    version: str
    """Of the checks."""
    brand_names: Mapping[str, str] = field(default_factory=dict)
    """By id, of those that the trades name the registered ones."""
