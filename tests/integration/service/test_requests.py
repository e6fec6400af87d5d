"""A request that is sent twice is done once."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import grpc
import pytest

from callers import (
    Caller,
    a_listing_message,
    a_moment,
    an_id,
    an_order_message,
    reason_of,
    screening,
    status_of_error,
)
from zhengpin.v1 import catalog_service_pb2, screening_service_pb2

MOST_AHEAD = timedelta(minutes=10)


def test_the_same_screening_gets_the_stored_verdict(caller: Caller) -> None:
    request_id = an_id()
    first = caller.screen(a_listing_message(), request_id=request_id)
    again = caller.screen(a_listing_message(), request_id=request_id)
    assert again == first
    assert len(caller.list_verdicts().verdicts) == 1


def test_another_listing_under_the_same_request_id_is_refused(caller: Caller) -> None:
    request_id = an_id()
    caller.screen(a_listing_message(), request_id=request_id)
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen(a_listing_message("other"), request_id=request_id)
    assert caught.value.code() is grpc.StatusCode.ALREADY_EXISTS
    assert reason_of(status_of_error(caught.value)) == "REQUEST_ID_REUSED"


def test_the_same_batch_gets_the_stored_answer_errors_included(caller: Caller) -> None:
    items = [
        screening(a_listing_message("one")),
        screening(a_listing_message("bad id")),
        screening_service_pb2.ScreenListingRequest(listing_id="unknown"),
        screening(a_listing_message("dry"), dry_run=True),
    ]
    request_id = an_id()
    first = caller.screen_batch(*items, request_id=request_id)
    again = caller.screen_batch(*items, request_id=request_id)
    assert [each.verdict.verdict_id for each in again.results] == [each.verdict.verdict_id for each in first.results]
    assert [each.error for each in again.results] == [each.error for each in first.results]
    assert len(caller.list_verdicts().verdicts) == 1


def test_another_batch_under_the_same_request_id_is_refused(caller: Caller) -> None:
    request_id = an_id()
    caller.screen_batch(screening(a_listing_message("one")), request_id=request_id)
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen_batch(screening(a_listing_message("two")), request_id=request_id)
    assert caught.value.code() is grpc.StatusCode.ALREADY_EXISTS


def test_a_dry_run_under_a_request_id_that_was_answered_is_refused_too(caller: Caller) -> None:
    alone, whole = an_id(), an_id()
    caller.screen(a_listing_message(), request_id=alone)
    caller.screen_batch(screening(a_listing_message("one")), request_id=whole)
    for ask in (
        lambda: caller.screen(a_listing_message(), request_id=alone, dry_run=True),
        lambda: caller.screen_batch(screening(a_listing_message("one"), dry_run=True), request_id=whole),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            ask()
        assert caught.value.code() is grpc.StatusCode.ALREADY_EXISTS


def test_an_item_keeps_its_request_id_alone_and_in_a_batch(caller: Caller) -> None:
    request_id = an_id()
    alone = caller.screen(a_listing_message(), request_id=request_id)
    answer = caller.screen_batch(
        screening(a_listing_message(), request_id=request_id),
        screening(a_listing_message("other"), request_id=request_id),
        screening(a_listing_message("third"), request_id=an_id()),
    )
    assert answer.results[0].verdict == alone
    assert reason_of(answer.results[1].error) == "REQUEST_ID_REUSED"
    assert answer.results[2].verdict.verdict_id


def test_an_item_that_stands_twice_in_a_batch_is_judged_once(caller: Caller) -> None:
    request_id = an_id()
    twice = screening(a_listing_message("one"), request_id=request_id)
    answer = caller.screen_batch(twice, twice, screening(a_listing_message("other"), request_id=request_id))
    first, second, third = answer.results
    assert first.verdict.verdict_id == second.verdict.verdict_id != ""
    assert reason_of(third.error) == "REQUEST_ID_REUSED"
    assert len(caller.list_verdicts().verdicts) == 1


def test_a_batch_in_which_all_is_refused_is_remembered_too(caller: Caller) -> None:
    unknown = screening_service_pb2.ScreenListingRequest(listing_id="listing-1")
    request_id = an_id()
    first = caller.screen_batch(unknown, request_id=request_id)
    caller.store(a_listing_message())
    assert caller.screen_batch(unknown, request_id=request_id) == first


def test_one_request_sent_many_times_at_once_is_done_once(caller: Caller) -> None:
    request_id = an_id()

    def send(_: int) -> str:
        return str(caller.screen(a_listing_message(), request_id=request_id).verdict_id)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(24)))
    assert len(answers) == 1
    assert len(caller.list_verdicts().verdicts) == 1


def test_many_writers_at_once_lose_nothing(caller: Caller) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: caller.screen(a_listing_message(f"l-{number}")), range(60)))
    stored = {verdict.verdict_id for verdict in caller.list_verdicts(page_size=1000).verdicts}
    assert stored == {answer.verdict_id for answer in answers}
    assert len(stored) == 60


def test_a_repeated_batch_of_facts_is_stored_once(caller: Caller) -> None:
    request = catalog_service_pb2.RecordOrdersRequest(
        request_id=an_id(), events=[an_order_message("a"), an_order_message("bad id"), an_order_message("c")]
    )
    first = caller.call("RecordOrders", request)
    again = caller.call("RecordOrders", request)
    assert again == first
    assert first.accepted == 2


def test_a_repeated_batch_of_facts_is_answered_as_before_though_a_moment_ahead_has_passed(caller: Caller) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=2)
    ahead = an_order_message("ahead", happened_at=a_moment(soon + MOST_AHEAD))
    events = [an_order_message("a"), ahead, an_order_message("bad id"), an_order_message("b")]
    request = catalog_service_pb2.RecordOrdersRequest(request_id=an_id(), events=events)
    first = caller.call("RecordOrders", request)
    assert [result.index for result in first.results if result.HasField("error")] == [1, 2]
    time.sleep(max(0.0, (soon - datetime.now(UTC)).total_seconds()) + 0.1)
    assert caller.call("RecordOrders", request) == first
    anew = catalog_service_pb2.RecordOrdersRequest(request_id=an_id(), events=events)
    assert caller.call("RecordOrders", anew).accepted == 3


def test_a_repeated_deletion_is_answered_as_before_and_leaves_alone_what_was_told_again(caller: Caller) -> None:
    caller.store(a_listing_message(title="Sold until then"))
    caller.store(a_listing_message(title="Deleted like this"))
    deletion = catalog_service_pb2.DeleteListingRequest(request_id=an_id(), listing_id="listing-1")
    first = caller.call("DeleteListing", deletion)
    assert first.HasField("deleted_at")
    assert first.listing.title == "Deleted like this"
    assert len(first.edits) == 1
    caller.store(a_listing_message(title="Told again"))
    assert caller.call("DeleteListing", deletion) == first
    stored = caller.call("GetListing", catalog_service_pb2.GetListingRequest(listing_id="listing-1"))
    assert stored.listing.title == "Told again"
    assert not stored.HasField("deleted_at")
