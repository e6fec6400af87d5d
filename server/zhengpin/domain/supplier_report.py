"""What a supplier is told about itself. It names no buyer, no voter and no other company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.money import Money
from zhengpin.domain.scored_supplier import ScoreChange
from zhengpin.domain.supplier_score import SupplierScore
from zhengpin.domain.word import Word


class OrderTrouble(Word):
    """What went wrong with an order, or is said to have."""

    COMPLAINED_OF = "complained_of"
    """The buyer complained of it, whatever the cause, or called it fake or not as described."""
    RETURNED = "returned"
    REFUNDED = "refunded"
    CALLED_FAKE = "called_fake"
    """As the cause of a complaint, return or refund; so the next five. An order may have several."""
    NOT_AS_DESCRIBED = "not_as_described"
    CALLED_DEFECTIVE = "called_defective"
    CALLED_LATE = "called_late"
    CHANGED_MIND = "changed_mind"
    OTHER_CAUSE = "other_cause"
    LATE = "late"
    """No carrier saw it within 24 hours of payment."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class TroubleShare:
    """How many orders something went wrong with."""

    trouble: OrderTrouble
    orders: int
    """Each counted once."""
    share: float
    """Of the supplier's own orders."""
    usual_share: float | None
    """Of the orders of other suppliers of its category; `None` where too few of them had any."""


@dataclass(frozen=True, slots=True)
class CategoryRank:
    """Where a supplier stands in the category that it mostly sells."""

    category: str
    rank: int
    """1 is the best; those with the same points share a rank."""
    of_suppliers: int


@dataclass(frozen=True, slots=True)
class ProductPosition:
    """One product of the supplier's: what it asks, what others ask, and how it sells."""

    listing_id: str
    title: str
    price: Money | None
    """For one unit, after its own reductions; `None` where it can't be told. `market_price` likewise."""
    market_price: Money | None
    """The median of what other sellers ask; `None` with too few of them, whom it might give away."""
    market_sellers: int
    """How many others there are."""
    units: int
    """In the last 30 days."""
    units_before: int
    """In the 30 days before."""


@dataclass(frozen=True, slots=True)
class SupplierReport:
    """What a supplier is told about itself."""

    name: str
    score: SupplierScore
    trend: tuple[ScoreChange, ...]
    """The oldest first."""
    orders: int
    """Of the last 90 days, as are the troubles."""
    troubles: tuple[TroubleShare, ...]
    """One for each `OrderTrouble`, in their order; empty without orders."""
    peers: int
    """How many other suppliers the usual shares rest on; 0 where there are too few."""
    rank: CategoryRank | None
    """`None` before it was scored, and without a category."""
    products: tuple[ProductPosition, ...]
    """Those that sell most first."""
    late_chance: float | None
    """How probable it is that more than 15 % of its orders of the coming 90 days go late, or not at all.

    `None` before anything was known of its deliveries.
    """
    as_of: datetime
