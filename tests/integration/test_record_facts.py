"""The use case itself: a batch of facts is answered once, place by place."""

from __future__ import annotations

from builders import NOW, an_order_event, an_outcome
from zhengpin.errors import FieldViolation, InvalidInput, NotFound
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.record_facts import FactKind, RecordFacts

AHEAD = InvalidInput(FieldViolation("happened_at", "must not lie more than ten minutes ahead of now"))


def test_a_retry_repeats_each_place_though_other_items_can_be_read_by_now(store: Store) -> None:
    record = RecordFacts(store, lambda: NOW)
    call = Call("m", "RecordOrders", request_id="r", payload_digest="d")
    one, two, three = (an_order_event(each, order_id=each) for each in ("one", "two", "three"))
    first = record(call, FactKind.ORDERS, [one, AHEAD, three])
    again = record(call, FactKind.ORDERS, [AHEAD, two, three])
    assert first == [None, AHEAD, None]
    assert [_told(each) for each in again] == [_told(each) for each in first]


def test_what_is_refused_by_its_form_and_by_what_it_says_keep_their_places(store: Store) -> None:
    record = RecordFacts(store, lambda: NOW)
    call = Call("m", "RecordOutcomes", request_id="r", payload_digest="d")
    first = record(call, FactKind.OUTCOMES, [AHEAD, an_outcome(listing_id="unknown")])
    again = record(call, FactKind.OUTCOMES, [an_outcome("other", listing_id="unknown"), AHEAD])
    assert [type(each) for each in first] == [InvalidInput, NotFound]
    assert [_told(each) for each in again] == [_told(each) for each in first]


def _told(problem: Exception | None) -> tuple[type, str]:
    return type(problem), str(problem)
