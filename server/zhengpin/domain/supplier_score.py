"""How good a supplier is: from 0 to 1000 points, with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from zhengpin.domain.hit import Text
from zhengpin.domain.word import Word


class ComponentName(Word):
    """The parts of a score, from the heaviest on. Whatever has one value for each of them keeps this order."""

    AUTHENTICITY = "authenticity"
    QUALITY = "quality"
    DELIVERY = "delivery"
    SERVICE = "service"
    PRICE_HONESTY = "price_honesty"
    """Whether what is said of prices is true; never whether they are low."""
    VOTES = "votes"
    COMPLIANCE = "compliance"
    COVER = "cover"
    """How much of what buyers could claim is deposited."""


class Measure(Word):
    """What is counted of a supplier day by day, each as so many good and so many bad ones."""

    ORDERS_CALLED_FAKE = "orders_called_fake"
    """Delivered orders, and those whose buyer says "fake"."""
    INFRINGEMENTS = "infringements"
    """Rights holders' complaints that were upheld; there are no good ones."""
    AUTHENTICITY_TESTS = "authenticity_tests"
    """Listings confirmed as genuine or as fake."""
    ORDERS_WITH_DEFECTS = "orders_with_defects"
    """Delivered orders, and those whose buyer finds another fault with the goods."""
    UNITS_INSPECTED = "units_inspected"
    """Of samples, by attributes; a minor defect is none."""
    HANDOVERS = "handovers"
    """Orders in the carrier's hands within 24 hours, and later."""
    ORDERS_UNFULFILLED = "orders_unfulfilled"
    """Orders that were never handed over, and whose cancellation is not excused; there are no good ones."""
    ARRIVALS = "arrivals"
    """Orders that came to the buyer by the promised day, and later, be it by the buyer's word alone."""
    ANSWERS = "answers"
    """Buyers answered within 24 hours, and not."""
    RESOLUTIONS = "resolutions"
    """Of those answered: matters settled, and not."""
    PRICE_CLAIMS = "price_claims"
    """What was said of prices: true, and false (a prior price, a group tier, a promise)."""
    VOTES = "votes"
    """Effective votes, as a standing has them: recommending, and warning."""
    CHECKS = "checks"
    """Checks of papers passed, and failed."""
    AUDITS = "audits"
    """An audit's mark from 0 to 1, and what it lacks of 1."""
    DEPOSIT_COVER = "deposit_cover"
    """The covered share of what buyers could claim, and the uncovered one."""


@dataclass(frozen=True, slots=True)
class DailyEvidence:
    """What one day adds to one measure. Several of one day and measure are added up."""

    day: date
    """UTC."""
    measure: Measure
    good: float = 0.0
    bad: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what would count backwards."""
        if not (0 <= self.good < float("inf") and 0 <= self.bad < float("inf")):
            raise ValueError(f"{self.measure} of {self.day}: good {self.good} and bad {self.bad}: counts from 0 on")


@dataclass(frozen=True, slots=True)
class EvidenceSums:
    """All evidence of one supplier, in the order of `ComponentName`: what a score is made of, and a row can hold.

    Each sum is grown to a fixed moment (`suppliers.score.sums`), so that it need not be written anew as time passes.
    """

    good: tuple[float, ...]
    bad: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Prior:
    """What is usual of a component before the supplier itself is known: a Beta distribution of the bad share."""

    bad_share: float
    """Its mean, above 0 and below 1."""
    strength: float
    """How many events it is worth."""


Priors: TypeAlias = tuple[Prior, ...]
"""One for each component, in the order of `ComponentName`."""


@dataclass(frozen=True, slots=True)
class PriorTable:
    """What is usual of suppliers, by category, as fitted on one day.

    A score names the table it was made with. A supplier's own events never move it: the next table is fitted on
    purpose, and all suppliers are scored anew with it.
    """

    version: str
    fitted_on: date
    by_category: Mapping[str, Priors]
    """The empty category is all of them together, and stands in for those that are missing."""

    def of(self, category: str) -> Priors:
        """The priors of a category, or those of all together."""
        return self.by_category.get(category) or self.by_category[""]


@dataclass(frozen=True, slots=True)
class ConfirmedFake:
    """A listing of the supplier's was confirmed as fake."""

    outcome_id: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class SameCompany:
    """Other suppliers are the same company, by a number in the register that was verified of each of them."""

    others: int
    """How many they are."""
    worst: str
    """The one of them whose record and the supplier's own come to the fewest points together."""
    points: int | None = None
    """The most that the supplier may have for their sake; `None` where its own record brings it no more."""


@dataclass(frozen=True, slots=True)
class Blemishes:
    """What bars a supplier from a high score, however good the rest is. Belonging to a ring is none of it."""

    open_critical: tuple[str, ...] = ()
    """Ids of upheld incidents that are not settled; `open_high` likewise."""
    open_high: tuple[str, ...] = ()
    confirmed_fakes: tuple[ConfirmedFake, ...] = ()
    edited_papers: tuple[str, ...] = ()
    """Ids of papers whose picture was edited."""
    zero_tolerance: tuple[str, ...] = ()
    """Ids of audits that found what is never tolerated, and were not passed since."""
    stopped: bool = False
    """The marketplace has suspended or terminated it."""
    few_buyers: bool = False
    """Too few people have bought of it to be preferred."""
    same_company: SameCompany | None = None
    """What it answers for together with others; `None` for the only supplier that is this company."""


class Band(Word):
    """How well a supplier does, in words."""

    PREFERRED = "preferred"
    """700 points and more."""
    GOOD = "good"
    """400 to 699."""
    NORMAL = "normal"
    """200 to 399; where everybody begins."""
    AT_RISK = "at_risk"
    """100 to 199."""
    STOP = "stop"
    """Below 100."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a score."""

    name: ComponentName
    weight: float
    """Of all weights, which sum to 1."""
    value: float
    """What is to be expected, from 0 to 1: 1 without a fault, 0.7 where the tolerated share is just kept."""
    low: float
    high: float
    """The 90 % interval of the value."""
    k: float
    """Good ones of all, as they weigh after their age."""
    n: float


class CapCode(Word):
    """Why a score may not be higher."""

    STOPPED = "stopped"
    OPEN_CRITICAL_INCIDENT = "open-critical-incident"
    OPEN_HIGH_INCIDENT = "open-high-incident"
    CONFIRMED_FAKE = "confirmed-fake"
    EDITED_PAPER = "edited-paper"
    ZERO_TOLERANCE = "zero-tolerance"
    FEW_BUYERS = "few-buyers"
    SAME_COMPANY = "same-legal-entity"
    """The record of other suppliers that are the same company."""
    FAILING = "failing"
    """What buyers get falls far below a standard."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit to the points."""

    code: CapCode
    points: int
    why: Text
    evidence: tuple[str, ...]
    """What it rests on, by ids."""
    until: datetime | None = None
    """When it ends by itself; `None` until the matter is settled."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """What would raise a score."""

    about: ComponentName | CapCode
    gain: int
    """Points."""
    how: Text


@dataclass(frozen=True, slots=True)
class ScorePoints:
    """A score without its reasons."""

    points: int
    low: int
    high: int
    """The 90 % interval; it holds the points."""
    band: Band


@dataclass(frozen=True, slots=True)
class SupplierScore:
    """How good a supplier is, how sure that is, and why."""

    supplier_id: str
    points: int
    low: int
    high: int
    band: Band
    evidence_count: float
    """How much is known of how it trades, in orders as they weigh after their age: each is known by several components.

    An audit weighs as 50 of them, a check of a paper as 5; a deposit tells nothing of it.
    """
    components: tuple[Component, ...]
    caps: tuple[Cap, ...]
    """The lowest first."""
    reasons: tuple[Text, ...]
    """What says most, at most three."""
    improvements: tuple[Improvement, ...]
    """All that would bring a point, the largest gain first."""
    as_of: datetime
    version: str
    """Of the formula, and of the prior table."""

    @property
    def next_improvement(self) -> Improvement | None:
        """What would raise it most; `None` where nothing would."""
        return self.improvements[0] if self.improvements else None
