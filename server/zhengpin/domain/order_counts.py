"""What orders add up to."""

from __future__ import annotations

from operator import add, sub
from typing import Final, NamedTuple

MOST_OF_BUYER: Final = 3
"""Orders of one buyer with one supplier on one day that count in full: a cart may be several."""


class OrderCounts(NamedTuple):
    """What orders add up to. Counts of several orders may be added and taken away."""

    orders: int = 0
    units: int = 0
    shipped: int = 0
    shipped_late: int = 0
    """The carrier first saw it more than 24 hours after payment."""
    unscanned: int = 0
    """Paid and shipped, but no carrier has seen it: late as soon as these 24 hours are over."""
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    refunded: int = 0
    complaints: int = 0
    fake_complaints: int = 0
    """Orders whose buyer said "fake", however often, by a complaint or as the cause of a return or refund.

    So it is with all that buyers say, unless it is about complaints alone.
    """
    not_as_described: int = 0
    distinct_complaining_orders: int = 0
    """With a complaint of whatever cause, or called fake or not as described."""
    excused: int = 0
    """Cancelled before they were shipped, and not because of the supplier."""
    promised: int = 0
    """Delivered orders of which was told by when they were promised."""
    arrived_late: int = 0
    """Of those: delivered after that."""
    of_untold_buyers: int = 0
    called_defective: int = 0
    called_late: int = 0
    changed_mind: int = 0
    other_cause: int = 0
    with_faults: int = 0
    """Called fake, not as described or defective, or with a complaint of another cause or of one that is not told."""
    late_by_word: int = 0
    """Called late, where its times say neither that it came as promised nor that it was late: nothing else tells it."""

    def plus(self, other: OrderCounts) -> OrderCounts:
        """Count both."""
        return OrderCounts._make(map(add, self, other))

    def minus(self, other: OrderCounts) -> OrderCounts:
        """Take the other's counts away."""
        return OrderCounts._make(map(sub, self, other))


COUNTED = OrderCounts._fields
