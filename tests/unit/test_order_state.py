"""What one order adds to its day, whatever its events tell."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from builders import NOW, an_order_event
from zhengpin.domain.order import CancelledBy, OrderEvent, OrderEventKind
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.order_state import state_of, whole

HOUR = timedelta(hours=1)
Kind = OrderEventKind


def counts_of(*told: OrderEvent) -> OrderCounts:
    return whole(map(state_of, told)).counts


def step(kind: OrderEventKind, hours: float = 0, **changes: object) -> OrderEvent:
    return an_order_event(kind, kind, happened_at=NOW + hours * HOUR, **changes)


@pytest.mark.parametrize(
    ("by", "hours", "excused"),
    [
        (CancelledBy.BUYER, 1, 1),
        (CancelledBy.BUYER, 500, 1),
        (CancelledBy.MARKETPLACE, 500, 1),
        (CancelledBy.SUPPLIER, 1, 0),
        (CancelledBy.UNTOLD, 24, 1),
        (CancelledBy.UNTOLD, 24.01, 0),
    ],
)
def test_a_cancellation_is_excused_unless_the_supplier_did_or_nobody_says_who_after_a_day(
    by: CancelledBy, hours: float, excused: int
) -> None:
    told = step(Kind.PAID), step(Kind.CANCELLED, hours, cancelled_by=by)
    assert counts_of(*told).excused == excused
    assert counts_of(*told, step(Kind.SHIPPED, 2)).excused == 0  # it was fulfilled, and counts as such


def test_an_order_that_nobody_cancelled_needs_no_excuse() -> None:
    assert counts_of(step(Kind.PAID, cancelled_by=CancelledBy.BUYER)).excused == 0


def test_where_two_are_said_to_have_cancelled_the_supplier_did() -> None:
    both = [step(Kind.CANCELLED, cancelled_by=each) for each in (CancelledBy.SUPPLIER, CancelledBy.MARKETPLACE)]
    assert counts_of(*both).excused == 0
    assert counts_of(*reversed(both)).excused == 0


@pytest.mark.parametrize(("promised_by", "late"), [(NOW + 48 * HOUR, 0), (NOW + 47 * HOUR, 1)])
def test_an_order_is_late_that_came_after_it_was_promised(promised_by: datetime, late: int) -> None:
    told = counts_of(step(Kind.PAID, promised_by=promised_by), step(Kind.DELIVERED, 48))
    assert (told.promised, told.arrived_late) == (1, late)


def test_a_promise_that_is_put_off_stays_the_first_one() -> None:
    put_off = step(Kind.SHIPPED, 40, promised_by=NOW + 100 * HOUR)
    told = counts_of(step(Kind.PAID, promised_by=NOW + 47 * HOUR), put_off, step(Kind.DELIVERED, 48))
    assert (told.promised, told.arrived_late) == (1, 1)


def test_without_a_promise_or_a_delivery_nothing_is_on_time_or_late() -> None:
    assert counts_of(step(Kind.PAID), step(Kind.DELIVERED, 48)).promised == 0
    assert counts_of(step(Kind.PAID, promised_by=NOW - HOUR), step(Kind.SCANNED, 2)).promised == 0
