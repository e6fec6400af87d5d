"""Streams: screening in pages, ingestion that resumes, watching from a cursor."""

import threading
import time
from collections.abc import Callable, Iterator

import grpc
import pytest

from callers import Caller, a_listing_message, a_supplier_message, an_id, fields_of, screening, status_of_error
from zhengpin.v1 import catalog_service_pb2, screening_service_pb2, verdict_pb2


def a_page(stream_id: str, offset: int, *listing_ids: str) -> catalog_service_pb2.IngestEventsRequest:
    listings = [a_listing_message(each) for each in listing_ids]
    return catalog_service_pb2.IngestEventsRequest(
        stream_id=stream_id, offset=offset, listings=catalog_service_pb2.UpsertListingsRequest(listings=listings)
    )


def ingest(caller: Caller, *pages: catalog_service_pb2.IngestEventsRequest) -> catalog_service_pb2.IngestEventsResponse:
    answer: catalog_service_pb2.IngestEventsResponse = caller.catalog.IngestEvents(
        iter(pages), metadata=caller.metadata, timeout=20
    )
    return answer


def test_pages_are_screened_in_order_and_a_bad_page_leaves_the_stream_going(caller: Caller) -> None:
    def pages() -> Iterator[screening_service_pb2.StreamScreenListingsRequest]:
        for number in (1, 2, 3):
            batch = screening_service_pb2.BatchScreenListingsRequest(
                request_id=an_id() if number != 2 else "no-uuid", requests=[screening(a_listing_message(f"l-{number}"))]
            )
            yield screening_service_pb2.StreamScreenListingsRequest(sequence=number, page=batch)

    answers = list(caller.screening.StreamScreenListings(pages(), metadata=caller.metadata, timeout=20))
    assert [(each.sequence, each.WhichOneof("outcome")) for each in answers] == [(1, "page"), (2, "error"), (3, "page")]
    assert set(fields_of(answers[1].error)) == {"page.request_id"}


def test_a_stream_is_committed_page_by_page_and_passes_over_what_it_has(caller: Caller) -> None:
    first = ingest(caller, a_page("import", 1, "a", "b"), a_page("import", 2, "c"))
    assert (first.committed_offset, first.accepted) == (2, 3)
    resumed = ingest(caller, a_page("import", 2, "c"), a_page("import", 3, "d"))
    assert (resumed.committed_offset, resumed.accepted) == (3, 1)


def test_a_page_without_content_asks_how_far_the_stream_is(caller: Caller) -> None:
    ingest(caller, a_page("import", 1, "a"))
    asked = ingest(caller, catalog_service_pb2.IngestEventsRequest(stream_id="import", offset=1))
    assert (asked.committed_offset, asked.accepted) == (1, 0)


def test_a_gap_in_a_stream_is_refused_and_what_came_before_stays(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        ingest(caller, a_page("import", 1, "a"), a_page("import", 3, "b"))
    assert set(fields_of(status_of_error(caught.value))) == {"offset"}
    assert ingest(caller, catalog_service_pb2.IngestEventsRequest(stream_id="import", offset=1)).committed_offset == 1


def test_refused_items_of_a_stream_are_named_by_page_and_place(caller: Caller) -> None:
    answer = ingest(caller, a_page("import", 1, "good", "bad id"))
    assert (answer.accepted, answer.refused_items) == (1, 1)
    (page,) = answer.refused
    assert (page.offset, [result.index for result in page.results]) == (1, [1])


def test_pages_of_several_kinds_go_in_one_stream(caller: Caller) -> None:
    suppliers = catalog_service_pb2.UpsertSuppliersRequest(suppliers=[a_supplier_message()])
    page = catalog_service_pb2.IngestEventsRequest(stream_id="import", offset=1, suppliers=suppliers)
    assert ingest(caller, page, a_page("import", 2, "a")).accepted == 2


def test_a_client_that_vanishes_in_mid_stream_leaves_whole_pages(caller: Caller) -> None:
    let_go = threading.Event()

    def pages() -> Iterator[catalog_service_pb2.IngestEventsRequest]:
        yield a_page("import", 1, *(f"l-{number}" for number in range(50)))
        yield a_page("import", 2, *(f"m-{number}" for number in range(50)))
        let_go.wait(20)

    call = caller.catalog.IngestEvents.future(pages(), metadata=caller.metadata, timeout=20)
    _until(lambda: _committed(caller) == 2)
    call.cancel()
    let_go.set()
    again = ingest(caller, a_page("import", 2, "ignored"), a_page("import", 3, "next"))
    assert (again.committed_offset, again.accepted) == (3, 1)


def test_a_watcher_sees_new_verdicts_and_goes_on_from_its_cursor(caller: Caller) -> None:
    caller.screen(a_listing_message("old"))
    watch = caller.screening.WatchVerdicts(
        screening_service_pb2.WatchVerdictsRequest(), metadata=caller.metadata, timeout=20
    )
    start = next(watch)
    assert not start.verdicts
    caller.screen(a_listing_message("new"))
    seen = next(watch)
    assert [verdict.listing_id for verdict in seen.verdicts] == ["new"]
    watch.cancel()
    caller.screen(a_listing_message("newer"))
    resumed = caller.screening.WatchVerdicts(
        screening_service_pb2.WatchVerdictsRequest(cursor=seen.cursor), metadata=caller.metadata, timeout=20
    )
    assert [verdict.listing_id for verdict in next(resumed).verdicts] == ["newer"]
    resumed.cancel()


def test_a_watcher_from_zero_sees_everything_that_its_filter_lets_through(caller: Caller) -> None:
    for number in range(3):
        caller.screen(a_listing_message(f"fine-{number}"))
    caller.screen(a_listing_message("blocked", gtin="6904235001014"))
    wanted = screening_service_pb2.VerdictFilter(decisions=[verdict_pb2.DECISION_BLOCK])
    watch = caller.screening.WatchVerdicts(
        screening_service_pb2.WatchVerdictsRequest(cursor="0", filter=wanted), metadata=caller.metadata, timeout=20
    )
    assert [verdict.listing_id for verdict in next(watch).verdicts] == ["blocked"]
    watch.cancel()


@pytest.mark.parametrize("cursor", ["9" * 19, "1" + "0" * 18, "-1", "x", "1\0"])
def test_a_cursor_that_no_answer_gave_is_refused(caller: Caller, cursor: str) -> None:
    request = screening_service_pb2.WatchVerdictsRequest(cursor=cursor)
    with pytest.raises(grpc.RpcError) as caught:
        next(caller.screening.WatchVerdicts(request, metadata=caller.metadata, timeout=20))
    assert set(fields_of(status_of_error(caught.value))) == {"cursor"}


def test_the_largest_cursor_waits_for_verdicts_that_may_never_come(caller: Caller) -> None:
    caller.screen(a_listing_message())
    request = screening_service_pb2.WatchVerdictsRequest(cursor="9" * 18)
    with pytest.raises(grpc.RpcError) as caught:
        next(caller.screening.WatchVerdicts(request, metadata=caller.metadata, timeout=1))
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


def test_verdicts_are_listed_newest_first_page_by_page(caller: Caller) -> None:
    caller.screen_batch(*(screening(a_listing_message(f"l-{number}")) for number in range(25)))
    seen: list[str] = []
    token = ""
    while True:
        page = caller.list_verdicts(page_size=10, page_token=token)
        seen += [verdict.listing_id for verdict in page.verdicts]
        token = page.next_page_token
        if not token:
            break
    assert seen == [f"l-{number}" for number in reversed(range(25))]


def _committed(caller: Caller) -> int:
    asked = ingest(caller, catalog_service_pb2.IngestEventsRequest(stream_id="import", offset=1))
    return int(asked.committed_offset)


def _until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
