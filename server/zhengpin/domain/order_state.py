"""One order as its events tell it, in whatever order they arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add
from typing import NamedTuple

from zhengpin.domain.order import CancelledBy, OrderEvent, OrderEventKind
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.order_steps import NUMBERS_OF, SEEN_BY_CARRIER

TIME_TO_SCAN = timedelta(hours=24)
"""From payment to the carrier's first scan (慢就赔). A buyer who thinks better of it by then is nobody's fault."""


class OrderState(NamedTuple):
    """What is known of an order, or of one line of it. Times are the earliest seen, numbers are added up.

    Of two texts the greater one is kept. A withdrawal counts as one less, and may come before what it takes back: until
    then a number may be below 0, which is as good as 0. Therefore the same events give the same state in any order of
    arrival, and the states of lines that of the whole.
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
    """How many events said so; the same holds for what follows, which `NUMBERS_OF` adds to."""
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    refunded: int = 0
    complaints: int = 0
    called_fake: int = 0
    """By a complaint, or as the cause of a return or refund; so the next five."""
    called_not_as_described: int = 0
    called_defective: int = 0
    called_late: int = 0
    changed_mind: int = 0
    other_cause: int = 0
    other_complaints: int = 0
    """Complaints of another cause, or of one that is not told."""
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
            shipped_late=int(self._is_shipped_late),
            unscanned=int(self._is_unscanned),
            delivered=int(self.delivered > 0),
            cancelled=int(self.cancelled > 0),
            returned=int(self.returned > 0),
            refunded=int(self.refunded > 0),
            complaints=max(0, self.complaints),
            fake_complaints=int(self.called_fake > 0),
            not_as_described=int(self.called_not_as_described > 0),
            distinct_complaining_orders=int(accused or self.complaints > 0),
            excused=int(self.cancelled > 0 and self.shipped == 0 and self._is_excused),
            promised=int(self._has_kept is not None),
            arrived_late=int(self._has_kept is False),
            of_untold_buyers=int(not self.buyer_id),
            called_defective=int(self.called_defective > 0),
            called_late=int(self.called_late > 0),
            changed_mind=int(self.changed_mind > 0),
            other_cause=int(self.other_cause > 0),
            with_faults=int(accused or self.called_defective > 0 or self.other_complaints > 0),
            late_by_word=int(self.called_late > 0 and self._only_word_is_known),
        )

    @property
    def _is_shipped_late(self) -> bool:
        if self.paid_at is None or self.carried_at is None:
            return False
        return self.carried_at - self.paid_at > TIME_TO_SCAN

    @property
    def _is_unscanned(self) -> bool:
        return self.shipped > 0 and self.paid_at is not None and self.carried_at is None

    @property
    def _has_kept(self) -> bool | None:
        """Whether it came by when it was promised; `None` where one of these times is not known."""
        if self.delivered_at is None or self.promised_by is None:
            return None
        return self.delivered_at <= self.promised_by

    @property
    def _only_word_is_known(self) -> bool:
        """Whether its times leave open if it came late: it went in time, and was promised by no known day."""
        return self.shipped > 0 and self._has_kept is None and not (self._is_shipped_late or self._is_unscanned)

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
            *NUMBERS_OF[kind, event.cause],
            event.buyer_id,
            event.cancelled_by,
        )
    )


def whole(states: Iterable[OrderState]) -> OrderState:
    """The state of several lines of one order, of which there must be one."""
    return reduce(OrderState.together_with, states)


_TIMES = OrderState._fields.index("units")
"""So many times come first."""
_PAID = OrderEventKind.PAID


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two times, either of which may not be known."""
    if one is None or other is None:
        return one or other
    return min(one, other)
