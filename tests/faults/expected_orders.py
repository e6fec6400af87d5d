"""What orders add up to, computed from all their events at once and without the server's code.

An order counts under the UTC day of its earliest payment, or of its earliest event while it is not paid: once for its
listing and once for its supplier.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from faults.books import Books
from zhengpin.v1 import order_pb2 as pb

COUNTERS = (
    "orders",
    "units",
    "shipped",
    "shipped_late",
    "unscanned",
    "delivered",
    "cancelled",
    "returned",
    "refunded",
    "complaints",
    "fake_complaints",
    "not_as_described",
    "distinct_complaining_orders",
    "excused",
    "promised",
    "arrived_late",
    "called_defective",
    "called_late",
    "changed_mind",
    "other_cause",
    "with_faults",
    "late_by_word",
)
LINE_COUNTERS = {
    "delivered": pb.ORDER_EVENT_KIND_DELIVERED,
    "cancelled": pb.ORDER_EVENT_KIND_CANCELLED,
    "returned": pb.ORDER_EVENT_KIND_RETURNED,
    "refunded": pb.ORDER_EVENT_KIND_REFUNDED,
    "complaints": pb.ORDER_EVENT_KIND_COMPLAINT,
}
"""What is counted of one line of an order beside its units, event by event."""
DAY_SECONDS = 24 * 3600
PAID = (pb.ORDER_EVENT_KIND_PAID,)
CARRIED = (pb.ORDER_EVENT_KIND_SCANNED, pb.ORDER_EVENT_KIND_DELIVERED)
WITHDRAWAL: dict[int, int] = {
    pb.ORDER_EVENT_KIND_COMPLAINT: pb.ORDER_EVENT_KIND_COMPLAINT_WITHDRAWN,
    pb.ORDER_EVENT_KIND_RETURNED: pb.ORDER_EVENT_KIND_RETURN_WITHDRAWN,
    pb.ORDER_EVENT_KIND_REFUNDED: pb.ORDER_EVENT_KIND_REFUND_WITHDRAWN,
}
"""What takes back each step that has a cause."""
FAULTS = {pb.COMPLAINT_CAUSE_FAKE, pb.COMPLAINT_CAUSE_NOT_AS_DESCRIBED, pb.COMPLAINT_CAUSE_DEFECTIVE}
UNSPECIFIC = {pb.COMPLAINT_CAUSE_OTHER, pb.COMPLAINT_CAUSE_UNSPECIFIED}


def order_books(told: Iterable[pb.OrderEvent]) -> Books:
    """Events, lines of orders, counts a day, and units sold; an event that was told twice counts once."""
    events = {event.event_id: event for event in told}
    lines: defaultdict[tuple[str, str, str], list[pb.OrderEvent]] = defaultdict(list)
    orders: defaultdict[tuple[str, str, str], list[pb.OrderEvent]] = defaultdict(list)
    for event in events.values():
        lines[event.order_id, event.listing_id, event.supplier_id].append(event)
        orders["listing", event.listing_id, event.order_id].append(event)
        orders["supplier", event.supplier_id, event.order_id].append(event)
    days: Counter[tuple[str, ...]] = Counter()
    sold: Counter[str] = Counter()
    for (kind, subject, _), steps in orders.items():
        counts = _counts(steps)
        days.update({(kind, subject, _day(steps), name): count for name, count in counts.items() if count})
        if kind == "listing" and counts["units"]:
            sold[subject] += counts["units"]
    return {
        "order event": {key: event_facts(event) for key, event in events.items()},
        "order line": Counter({(*line, name): n for line, steps in lines.items() for name, n in _line_counts(steps)}),
        "times of an order line": {
            line: (min(step.happened_at.seconds for step in steps), _earliest(steps, *PAID), _earliest(steps, *CARRIED))
            for line, steps in lines.items()
        },
        "orders of a day": days,
        "units sold": sold,
    }


def event_facts(event: pb.OrderEvent) -> tuple[Any, ...]:
    """What tells one event from another."""
    kind = pb.OrderEventKind.Name(event.kind).removeprefix("ORDER_EVENT_KIND_").lower()
    return (event.order_id, event.listing_id, event.supplier_id, kind, event.happened_at.seconds, event.quantity)


def _line_counts(steps: Sequence[pb.OrderEvent]) -> Iterator[tuple[str, int]]:
    kinds = Counter(int(step.kind) for step in steps)
    yield "units", sum(step.quantity for step in steps if step.kind in PAID)
    yield from ((name, kinds[kind] - kinds[WITHDRAWAL.get(kind, 0)]) for name, kind in LINE_COUNTERS.items())


def _counts(steps: Sequence[pb.OrderEvent]) -> dict[str, int]:
    kinds = Counter(step.kind for step in steps)
    left = _left(steps)
    causes = {cause for cause in pb.ComplaintCause.values() if sum(left[kind, cause] for kind in WITHDRAWAL) > 0}
    complaints, returned, refunded = (
        sum(left[kind, cause] for cause in pb.ComplaintCause.values()) for kind in WITHDRAWAL
    )
    unspecific = sum(left[pb.ORDER_EVENT_KIND_COMPLAINT, cause] for cause in UNSPECIFIC)
    paid, carried = _earliest(steps, *PAID), _earliest(steps, *CARRIED)
    shipped = any(kinds[kind] for kind in (pb.ORDER_EVENT_KIND_SHIPPED, *CARRIED))
    delivered, promised = _earliest(steps, pb.ORDER_EVENT_KIND_DELIVERED), _promised(steps)
    fake, other = pb.COMPLAINT_CAUSE_FAKE in causes, pb.COMPLAINT_CAUSE_NOT_AS_DESCRIBED in causes
    went_late = paid is not None and carried is not None and carried - paid > DAY_SECONDS
    unseen = shipped and paid is not None and carried is None
    is_judged = delivered is not None and promised is not None
    late = pb.COMPLAINT_CAUSE_LATE in causes
    values = (
        1,
        sum(step.quantity for step in steps if step.kind in PAID),
        shipped,
        went_late,
        unseen,
        bool(kinds[pb.ORDER_EVENT_KIND_DELIVERED]),
        bool(kinds[pb.ORDER_EVENT_KIND_CANCELLED]),
        returned > 0,
        refunded > 0,
        max(0, complaints),
        fake,
        other,
        complaints > 0 or fake or other,
        bool(kinds[pb.ORDER_EVENT_KIND_CANCELLED]) and not shipped and _is_excused(steps),
        is_judged,
        delivered is not None and promised is not None and delivered > promised,
        pb.COMPLAINT_CAUSE_DEFECTIVE in causes,
        late,
        pb.COMPLAINT_CAUSE_CHANGED_MIND in causes,
        pb.COMPLAINT_CAUSE_OTHER in causes,
        bool(causes & FAULTS) or unspecific > 0,
        late and shipped and not (is_judged or went_late or unseen),
    )
    return {name: int(value) for name, value in zip(COUNTERS, values, strict=True)}


def _left(steps: Iterable[pb.OrderEvent]) -> Counter[tuple[int, int]]:
    """By kind and cause how many complaints, returns and refunds are left of those that were told."""
    told = Counter((int(step.kind), int(step.cause)) for step in steps)
    causes = pb.ComplaintCause.values()
    return Counter(
        {(kind, cause): told[kind, cause] - told[back, cause] for kind, back in WITHDRAWAL.items() for cause in causes}
    )


def _is_excused(steps: Sequence[pb.OrderEvent]) -> bool:
    """Whether nobody is to blame for an order that was cancelled unshipped: others did, or it was at once."""
    who = {step.cancelled_by for step in steps} - {pb.CANCELLED_BY_UNSPECIFIED}
    if who:
        return pb.CANCELLED_BY_SUPPLIER not in who
    paid, cancelled = _earliest(steps, *PAID), _earliest(steps, pb.ORDER_EVENT_KIND_CANCELLED)
    since = paid if paid is not None else min(step.happened_at.seconds for step in steps)
    return cancelled is not None and cancelled - since <= DAY_SECONDS


def _promised(steps: Sequence[pb.OrderEvent]) -> int | None:
    """In seconds since 1970."""
    return min((step.promised_by.seconds for step in steps if step.HasField("promised_by")), default=None)


def _earliest(steps: Iterable[pb.OrderEvent], *kinds: int) -> int | None:
    """In seconds since 1970; the workload's moments are whole seconds."""
    return min((step.happened_at.seconds for step in steps if step.kind in kinds), default=None)


def _day(steps: Sequence[pb.OrderEvent]) -> str:
    paid = _earliest(steps, *PAID)
    first = paid if paid is not None else min(step.happened_at.seconds for step in steps)
    return datetime.fromtimestamp(first, UTC).date().isoformat()
