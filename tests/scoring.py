"""A marketplace whose suppliers are scored, for tests."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from builders import NOW, a_supplier, an_order_event
from zhengpin.domain.order import ComplaintCause, OrderEvent, OrderEventKind
from zhengpin.domain.scored_supplier import ScoredSupplier
from zhengpin.storage import Store
from zhengpin.usecases.score_all import ScoreAll
from zhengpin.usecases.score_daily import ScoreDaily

HERE = "default"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def store_suppliers(store: Store, *supplier_ids: str, **changes: object) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier(each, **changes) for each in supplier_ids], NOW)


def tell_orders(store: Store, supplier_id: str, count: int, *, bad: bool = False, days_ago: int = 9) -> None:
    with store.begin(HERE) as unit:
        unit.orders.record_many(
            [each for number in range(count) for each in order_events(supplier_id, number, bad, days_ago)]
        )


def order_events(supplier_id: str, number: int, bad: bool, days_ago: int) -> Iterator[OrderEvent]:
    paid, order_id = NOW - timedelta(days=days_ago), f"{supplier_id}-{bad}-{days_ago}-{number}"
    kinds = [OrderEventKind.PAID, OrderEventKind.SHIPPED, OrderEventKind.SCANNED, OrderEventKind.DELIVERED]
    for hours, kind in enumerate(kinds + [OrderEventKind.COMPLAINT] * bad):
        yield an_order_event(
            f"{order_id}-{kind}",
            kind,
            order_id=order_id,
            supplier_id=supplier_id,
            happened_at=paid + timedelta(hours=hours),
            cause=ComplaintCause.FAKE if kind is OrderEventKind.COMPLAINT else ComplaintCause.NONE,
        )


def a_day(store: Store, clock: Clock) -> Iterator[int]:
    return ScoreDaily(store, clock, lambda: ScoreAll(store, clock))()


def stored_score(store: Store, supplier_id: str) -> ScoredSupplier:
    with store.read(HERE) as reader:
        return reader.supplier_scores.find_many([supplier_id])[supplier_id]


def score_marks(store: Store) -> dict[str, int]:
    with store.read(HERE) as reader:
        return reader.stale_suppliers.behind("", 99)
