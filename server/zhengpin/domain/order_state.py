"""One order as its events tell it, in whatever order they arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add, sub
from typing import Final, NamedTuple

from zhengpin.domain.order import CancelledBy, ComplaintCause, OrderEvent, OrderEventKind

TIME_TO_SCAN = timedelta(hours=24)
"""From payment to the carrier's first scan (慢就赔). A buyer who thinks better of it by then is nobody's fault."""

MOST_OF_BUYER: Final = 3
"""Orders of one buyer with one supplier on one day that count in full: a cart may be several."""

SEEN_BY_CARRIER = frozenset({OrderEventKind.SCANNED, OrderEventKind.DELIVERED})
ACCUSING = frozenset({OrderEventKind.COMPLAINT, OrderEventKind.RETURNED, OrderEventKind.REFUNDED})
"""Steps whose cause says what the buyer found wrong with the goods."""


class OrderCounts(NamedTuple):
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
    excused: int = 0
    """Cancelled before they were shipped, and not because of the supplier."""
    promised: int = 0
    """Delivered orders of which was told by when they were promised."""
    arrived_late: int = 0
    """Of those: delivered after that."""
    of_untold_buyers: int = 0

    def plus(self, other: OrderCounts) -> OrderCounts:
        """Count both."""
        return OrderCounts._make(map(add, self, other))

    def minus(self, other: OrderCounts) -> OrderCounts:
        """Take the other's counts away."""
        return OrderCounts._make(map(sub, self, other))


COUNTED = OrderCounts._fields


class OrderState(NamedTuple):
    """What is known of an order, or of one line of it. Times are the earliest seen, numbers only grow.

    Of two texts the greater one is kept. Therefore the same events give the same state in any order of arrival, and
    the states of lines that of the whole.
    """

    first_event_at: datetime
    paid_at: datetime | None = None
    carried_at: datetime | None = None
    """The carrier's first sight of it: a scan, or the delivery itself."""
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    promised_by: datetime | None = None
    """Until when it was promised to be with the buyer."""
    units: int = 0
    shipped: int = 0
    """How many events said so; the same holds for what follows."""
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    refunded: int = 0
    complaints: int = 0
    called_fake: int = 0
    """By a complaint, or as the cause of a return or refund."""
    called_not_as_described: int = 0
    """By a complaint, or as the cause of a return or refund."""
    buyer_id: str = ""
    """Empty where no event told."""
    cancelled_by: str = ""
    """A word of `CancelledBy`."""

    def after(self, event: OrderEvent) -> OrderState:
        """The state with one more event; the caller sees to it that no event comes twice."""
        return self.together_with(state_of(event))

    def together_with(self, other: OrderState) -> OrderState:
        """The state of what both know."""
        return OrderState._make(
            (
                min(self.first_event_at, other.first_event_at),
                _earlier(self.paid_at, other.paid_at),
                _earlier(self.carried_at, other.carried_at),
                _earlier(self.delivered_at, other.delivered_at),
                _earlier(self.cancelled_at, other.cancelled_at),
                _earlier(self.promised_by, other.promised_by),
                *map(add, self[_TIMES:-2], other[_TIMES:-2]),
                *map(max, self[-2:], other[-2:]),
            )
        )

    @property
    def day(self) -> date:
        """The UTC day under which the order counts: of its payment, or of its first event where that is not known."""
        return (self.paid_at or self.first_event_at).astimezone(UTC).date()

    @property
    def counts(self) -> OrderCounts:
        """What this one order adds to its day."""
        accused = self.called_fake > 0 or self.called_not_as_described > 0
        return OrderCounts(
            orders=1,
            units=self.units,
            shipped=int(self.shipped > 0),
            shipped_late=int(
                self.paid_at is not None
                and self.carried_at is not None
                and self.carried_at - self.paid_at > TIME_TO_SCAN
            ),
            unscanned=int(self.shipped > 0 and self.paid_at is not None and self.carried_at is None),
            delivered=int(self.delivered > 0),
            cancelled=int(self.cancelled > 0),
            returned=int(self.returned > 0),
            refunded=int(self.refunded > 0),
            complaints=self.complaints,
            fake_complaints=int(self.called_fake > 0),
            not_as_described=int(self.called_not_as_described > 0),
            distinct_complaining_orders=int(accused or self.complaints > 0),
            excused=int(self.cancelled > 0 and self.shipped == 0 and self._is_excused),
            promised=int(self.delivered_at is not None and self.promised_by is not None),
            arrived_late=int(
                self.delivered_at is not None and self.promised_by is not None and self.delivered_at > self.promised_by
            ),
            of_untold_buyers=int(not self.buyer_id),
        )

    @property
    def _is_excused(self) -> bool:
        """Whether its cancellation is no fault of the supplier's; of one that nobody explains time decides."""
        if self.cancelled_by or self.cancelled_at is None:
            return self.cancelled_by != CancelledBy.SUPPLIER
        return self.cancelled_at - (self.paid_at or self.first_event_at) <= TIME_TO_SCAN


def state_of(event: OrderEvent) -> OrderState:
    """What one event alone tells."""
    kind, moment = event.kind, event.happened_at
    return OrderState._make(
        (
            moment,
            moment if kind is _PAID else None,
            moment if kind in SEEN_BY_CARRIER else None,
            moment if kind is OrderEventKind.DELIVERED else None,
            moment if kind is OrderEventKind.CANCELLED else None,
            event.promised_by,
            event.quantity if kind is _PAID else 0,
            *_TOLD[kind, event.cause],
            event.buyer_id,
            event.cancelled_by,
        )
    )


def whole(states: Iterable[OrderState]) -> OrderState:
    """The state of several lines of one order, of which there must be one."""
    return reduce(OrderState.together_with, states)


def _told(kind: OrderEventKind, cause: ComplaintCause) -> tuple[int, ...]:
    """What an event adds to each number of a state from `shipped` on."""
    accuses = kind in ACCUSING
    return tuple(
        map(
            int,
            (
                kind is OrderEventKind.SHIPPED or kind in SEEN_BY_CARRIER,
                kind is OrderEventKind.DELIVERED,
                kind is OrderEventKind.CANCELLED,
                kind is OrderEventKind.RETURNED,
                kind is OrderEventKind.REFUNDED,
                kind is OrderEventKind.COMPLAINT,
                accuses and cause is ComplaintCause.FAKE,
                accuses and cause is ComplaintCause.NOT_AS_DESCRIBED,
            ),
        )
    )


_TIMES = OrderState._fields.index("units")
"""So many times come first."""
_PAID = OrderEventKind.PAID
_TOLD = {(kind, cause): _told(kind, cause) for kind in OrderEventKind for cause in ComplaintCause}


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two times, either of which may not be known."""
    if one is None or other is None:
        return one or other
    return min(one, other)
