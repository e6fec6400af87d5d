"""One order as its events tell it, in whatever order they arrive."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from zhengpin.domain.order import ComplaintCause, OrderEvent, OrderEventKind

TIME_TO_SCAN = timedelta(hours=24)
"""From payment to the carrier's first scan (慢就赔)."""

SEEN_BY_CARRIER = frozenset({OrderEventKind.SCANNED, OrderEventKind.DELIVERED})
ACCUSING = frozenset({OrderEventKind.COMPLAINT, OrderEventKind.RETURNED, OrderEventKind.REFUNDED})
"""Steps whose cause says what the buyer found wrong with the goods."""


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """What orders add up to. Counts of several orders may be added and taken away."""

    orders: int = 0
    units: int = 0
    shipped: int = 0
    shipped_late: int = 0
    """The carrier first saw it more than `TIME_TO_SCAN` after payment."""
    unscanned: int = 0
    """Paid and shipped, but no carrier has seen it: late as soon as `TIME_TO_SCAN` is over."""
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    refunded: int = 0
    complaints: int = 0
    fake_complaints: int = 0
    """Orders whose buyer said "fake", however often."""
    not_as_described: int = 0
    """Orders whose buyer said "not as described", however often."""
    distinct_complaining_orders: int = 0

    def __add__(self, other: OrderCounts) -> OrderCounts:
        """Count both."""
        return OrderCounts(*(getattr(self, name) + getattr(other, name) for name in COUNTED))

    def __sub__(self, other: OrderCounts) -> OrderCounts:
        """Take the other's counts away."""
        return OrderCounts(*(getattr(self, name) - getattr(other, name) for name in COUNTED))


COUNTED = tuple(field.name for field in fields(OrderCounts))


@dataclass(frozen=True, slots=True)
class OrderState:
    """What is known of one order for one subject. Every field only grows or moves to the earliest time seen.

    Therefore the same events give the same state in any order of arrival.
    """

    first_event_at: datetime
    paid_at: datetime | None = None
    carried_at: datetime | None = None
    """The carrier's first sight of it: a scan, or the delivery itself."""
    units: int = 0
    shipped: bool = False
    delivered: bool = False
    cancelled: bool = False
    returned: bool = False
    refunded: bool = False
    complaints: int = 0
    called_fake: bool = False
    """By a complaint, or as the cause of a return or refund."""
    called_not_as_described: bool = False
    """By a complaint, or as the cause of a return or refund."""

    def after(self, event: OrderEvent) -> OrderState:
        """The state with one more event; the caller sees to it that no event comes twice."""
        kind, moment = event.kind, event.happened_at
        paid, accuses = kind is OrderEventKind.PAID, kind in ACCUSING
        return OrderState(
            first_event_at=min(self.first_event_at, moment),
            paid_at=_earlier(self.paid_at, moment) if paid else self.paid_at,
            carried_at=_earlier(self.carried_at, moment) if kind in SEEN_BY_CARRIER else self.carried_at,
            units=self.units + (event.quantity if paid else 0),
            shipped=self.shipped or kind is OrderEventKind.SHIPPED or kind in SEEN_BY_CARRIER,
            delivered=self.delivered or kind is OrderEventKind.DELIVERED,
            cancelled=self.cancelled or kind is OrderEventKind.CANCELLED,
            returned=self.returned or kind is OrderEventKind.RETURNED,
            refunded=self.refunded or kind is OrderEventKind.REFUNDED,
            complaints=self.complaints + (kind is OrderEventKind.COMPLAINT),
            called_fake=self.called_fake or (accuses and event.cause is ComplaintCause.FAKE),
            called_not_as_described=self.called_not_as_described
            or (accuses and event.cause is ComplaintCause.NOT_AS_DESCRIBED),
        )

    @property
    def day(self) -> date:
        """The UTC day under which the order counts: of its payment, or of its first event where that is not known."""
        return (self.paid_at or self.first_event_at).astimezone(UTC).date()

    @property
    def counts(self) -> OrderCounts:
        """What this one order adds to its day."""
        waited = None if self.paid_at is None or self.carried_at is None else self.carried_at - self.paid_at
        return OrderCounts(
            orders=1,
            units=self.units,
            shipped=int(self.shipped),
            shipped_late=int(waited is not None and waited > TIME_TO_SCAN),
            unscanned=int(self.shipped and self.paid_at is not None and self.carried_at is None),
            delivered=int(self.delivered),
            cancelled=int(self.cancelled),
            returned=int(self.returned),
            refunded=int(self.refunded),
            complaints=self.complaints,
            fake_complaints=int(self.called_fake),
            not_as_described=int(self.called_not_as_described),
            distinct_complaining_orders=int(self.complaints > 0 or self.called_fake or self.called_not_as_described),
        )


def _earlier(known: datetime | None, seen: datetime) -> datetime:
    """The earlier of two times, the first of which may not be known."""
    return seen if known is None else min(known, seen)
