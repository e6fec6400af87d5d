"""What happened to orders, and what it adds up to for a listing or a supplier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.money import Money
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word


class OrderEventKind(Word):
    """One step in the life of an order, after-sales included."""

    PAID = "paid"
    SHIPPED = "shipped"
    SCANNED = "scanned"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    REFUNDED = "refunded"
    COMPLAINT = "complaint"
    REVIEW = "review"
    SERVICE_CONTACT = "service_contact"
    COMPLAINT_WITHDRAWN = "complaint_withdrawn"
    """Takes back one complaint of the same cause; so the next two, each the step that it names."""
    RETURN_WITHDRAWN = "return_withdrawn"
    REFUND_WITHDRAWN = "refund_withdrawn"


WITHDRAWN = {
    OrderEventKind.COMPLAINT_WITHDRAWN: OrderEventKind.COMPLAINT,
    OrderEventKind.RETURN_WITHDRAWN: OrderEventKind.RETURNED,
    OrderEventKind.REFUND_WITHDRAWN: OrderEventKind.REFUNDED,
}
"""What each withdrawal takes back. Words that were told with it stay told."""


class ComplaintCause(Word):
    """Why a buyer complained, returned or was refunded."""

    NONE = "none"
    FAKE = "fake"
    NOT_AS_DESCRIBED = "not_as_described"
    DEFECTIVE = "defective"
    LATE = "late"
    CHANGED_MIND = "changed_mind"
    OTHER = "other"


class CancelledBy(Word):
    """Who ended an order before it was delivered. Of two texts the greater one counts: the supplier's is the last."""

    UNTOLD = ""
    BUYER = "buyer"
    MARKETPLACE = "marketplace"
    """For reasons of its own."""
    SUPPLIER = "supplier"
    """Or the marketplace because of the supplier."""


@quickly_made
@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One step of one order."""

    event_id: str
    order_id: str
    listing_id: str
    supplier_id: str
    kind: OrderEventKind
    happened_at: datetime
    quantity: int = 1
    paid: Money | None = None
    cause: ComplaintCause = ComplaintCause.NONE
    text: str = ""
    stars: int | None = None
    buyer_id: str = ""
    """A pseudonym of the marketplace's own, the buyer's as a voter; empty where it is not told."""
    promised_by: datetime | None = None
    """Until when the goods were promised to be with the buyer."""
    cancelled_by: CancelledBy = CancelledBy.UNTOLD


@dataclass(frozen=True, slots=True)
class BoughtGoods:
    """What one order bought, and who did."""

    listing_ids: frozenset[str]
    """The listings that were paid for, and not cancelled, returned or refunded since."""
    buyer_id: str = ""
    """Empty where nobody told."""


@dataclass(frozen=True, slots=True)
class Allegation:
    """A buyer's sentence that calls the goods fake, and the event that it stands in."""

    event_id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FakeAllegations:
    """What buyers of one listing wrote in a window, whatever cause they ticked."""

    orders: int = 0
    """Orders with at least one sentence that calls the goods fake."""
    latest: tuple[Allegation, ...] = ()
    """A few of these sentences, the newest first."""


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """Counts over orders of one subject (a listing or a supplier) in a window: start inclusive, end exclusive.

    Shares are not stored: a share of few is not a share of many, so readers get the counts.
    """

    window_days: int
    orders: int = 0
    units: int = 0
    shipped: int = 0
    shipped_late: int = 0
    """No carrier scan within 24 hours of payment."""
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    refunded: int = 0
    complaints: int = 0
    fake_complaints: int = 0
    not_as_described: int = 0
    distinct_complaining_orders: int = 0
    with_faults: int = 0
    """Complained of for something else than a changed mind or the time it took."""
