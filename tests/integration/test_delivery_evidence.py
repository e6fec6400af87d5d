"""What the server makes of a seller's orders is what `bench suppliers` judges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench.suppliers import Quarter, delivery_evidence
from builders import a_supplier, an_order_event
from zhengpin.domain.order import CancelledBy, OrderEvent, OrderEventKind
from zhengpin.storage import Store
from zhengpin.suppliers.score.sums import NO_EVIDENCE, sum_evidence
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, read_evidence

PAID = datetime(2017, 2, 15, 8, tzinfo=UTC)
AFTER = PAID + timedelta(days=40)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Kind = OrderEventKind


def order(order_id: str, *, scanned: timedelta | None, delivered: timedelta | None) -> Iterator[OrderEvent]:
    """One that is promised within nine days of payment, and cancelled by the supplier if it never went."""
    yield step(order_id, Kind.PAID, timedelta(0), promised_by=PAID + 9 * DAY)
    if scanned is None:
        yield step(order_id, Kind.CANCELLED, HOUR, cancelled_by=CancelledBy.SUPPLIER)
        return
    yield step(order_id, Kind.SCANNED, scanned)
    if delivered is not None:
        yield step(order_id, Kind.DELIVERED, delivered)


def step(order_id: str, kind: OrderEventKind, after: timedelta, **changes: object) -> OrderEvent:
    return an_order_event(f"{order_id}-{kind}", kind, order_id=order_id, happened_at=PAID + after, **changes)


def test_the_servers_evidence_of_orders_is_what_the_benchmark_makes_of_their_counts(store: Store) -> None:
    told = [
        *order("1", scanned=HOUR, delivered=3 * DAY),
        *order("2", scanned=HOUR, delivered=9 * DAY),
        *order("3", scanned=HOUR, delivered=10 * DAY),
        *order("4", scanned=2 * DAY, delivered=11 * DAY),
        *order("5", scanned=HOUR, delivered=None),
        *order("6", scanned=None, delivered=None),
    ]
    with store.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier()], PAID)
        unit.orders.record_many(told)
    with store.read("here") as reader:
        sums = read_evidence(reader, ["acme-factory"], NEVER_FITTED.table, AFTER)["acme-factory"].sums
    quarter = Quarter(orders=6, handed_over=5, handed_late=1, arrived=4, arrived_late=2, median_review=5.0)
    assert sums == sum_evidence(delivery_evidence(PAID.date(), quarter), AFTER.date())
    assert sums != NO_EVIDENCE
