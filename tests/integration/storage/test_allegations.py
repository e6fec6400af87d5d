"""Buyers' words that call goods fake: counted by order, quoted, and the same in whatever order they come."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import NOW, a_listing, an_order_event
from zhengpin.domain.order import Allegation, FakeAllegations, OrderEvent, OrderEventKind
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage import Store

HERE = "here"
DAY = timedelta(days=1)


def a_review(event_id: str, text: str, order: str = "", days_ago: int = 1, listing_id: str = "listing-1") -> OrderEvent:
    return an_order_event(
        event_id,
        OrderEventKind.REVIEW,
        order_id=order or f"order-of-{event_id}",
        listing_id=listing_id,
        happened_at=NOW - days_ago * DAY,
        text=text,
    )


def told(store: Store, *events: OrderEvent, as_of: datetime = NOW) -> FakeAllegations | None:
    """What is read of one listing after these events."""
    with store.begin(HERE) as unit:
        unit.orders.record_many(events)
    with store.read(HERE) as reader:
        return reader.snapshots.read_many([SnapshotQuery(a_listing("listing-1"))], as_of)[0].fake_allegations


def test_words_that_call_goods_fake_are_counted_by_order_and_the_latest_are_quoted_first(store: Store) -> None:
    found = told(
        store,
        a_review("1", "物流快。绝对是假货！", order="order-1", days_ago=5),
        a_review("2", "Again: it is a fake.", order="order-1", days_ago=4),
        a_review("3", "Produto falso", order="order-2", days_ago=3),
        a_review("4", "是正品，满意", order="order-3", days_ago=2),
        a_review("5", "counterfeit!", order="order-4", days_ago=1),
    )
    assert found == FakeAllegations(
        orders=3,
        latest=(
            Allegation("5", "counterfeit!"),
            Allegation("3", "Produto falso"),
            Allegation("2", "Again: it is a fake."),
        ),
    )


def test_praise_questions_cases_and_hearsay_are_no_allegations(store: Store) -> None:
    texts = ("不是假货，放心买", "Is this fake?", "Se for falso eu devolvo", "some people say it is fake", "坏了", "")
    assert told(store, *(a_review(str(nth), text) for nth, text in enumerate(texts))) == FakeAllegations()


def test_only_words_of_the_last_ninety_days_on_this_listing_and_in_this_marketplace_count(store: Store) -> None:
    with store.begin("neighbour") as unit:
        unit.orders.record_many([a_review("1", "假货")])
    elsewhere = a_review("2", "假货", listing_id="listing-2")
    assert told(store, a_review("1", "假货", days_ago=91), elsewhere) == FakeAllegations()
    counted = told(store, a_review("3", "假货", days_ago=90))
    assert counted is not None
    assert counted.orders == 1
    assert told(store, as_of=NOW - 91 * DAY) == FakeAllegations(1, (Allegation("1", "假货"),))


def test_without_any_order_told_it_is_not_known_what_buyers_say(store: Store) -> None:
    assert told(store) is None
    assert told(store, an_order_event(listing_id="listing-2")) == FakeAllegations()


@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_event_that_comes_twice_is_read_once(store: Store, data: st.DataObject) -> None:
    events = [a_review(str(nth), text, days_ago=nth) for nth, text in enumerate(("假货", "fake!", "original"), 1)]
    arriving = data.draw(st.permutations([*events, *events]))
    for event in arriving:
        found = told(store, event)
    assert found == FakeAllegations(2, (Allegation("1", "假货"), Allegation("2", "fake!")))
