"""What one step of an order adds to what is known of it."""

from __future__ import annotations

from typing import Final

from zhengpin.domain.order import WITHDRAWN, ComplaintCause, OrderEventKind

SEEN_BY_CARRIER: Final = frozenset({OrderEventKind.SCANNED, OrderEventKind.DELIVERED})
ACCUSING: Final = frozenset({OrderEventKind.COMPLAINT, OrderEventKind.RETURNED, OrderEventKind.REFUNDED})
"""Steps whose cause says what the buyer found wrong, or that nothing was."""

_CAUSES: Final = tuple(each for each in ComplaintCause if each is not ComplaintCause.NONE)


def _numbers_of(kind: OrderEventKind, cause: ComplaintCause) -> tuple[int, ...]:
    if kind in WITHDRAWN:
        return tuple(-number for number in _numbers_of(WITHDRAWN[kind], cause))
    is_complaint = kind is OrderEventKind.COMPLAINT
    said = (
        kind is OrderEventKind.SHIPPED or kind in SEEN_BY_CARRIER,
        kind is OrderEventKind.DELIVERED,
        kind is OrderEventKind.CANCELLED,
        kind is OrderEventKind.RETURNED,
        kind is OrderEventKind.REFUNDED,
        is_complaint,
        *(kind in ACCUSING and cause is each for each in _CAUSES),
        is_complaint and cause in {ComplaintCause.OTHER, ComplaintCause.NONE},
    )
    return tuple(map(int, said))


NUMBERS_OF: Final = {(kind, cause): _numbers_of(kind, cause) for kind in OrderEventKind for cause in ComplaintCause}
"""By kind and cause, what a step adds to each number of an `OrderState` from `shipped` on; a withdrawal takes away."""
