from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import pytest
from google.rpc import code_pb2

from fake_zhengpin import FakeZhengpin, a_status, an_allowing_verdict, busy, serving, violations
from zhengpin.v1 import (
    brand_pb2,
    catalog_service_pb2,
    image_pb2,
    listing_pb2,
    order_pb2,
    outcome_pb2,
    price_pb2,
    screening_service_pb2,
    supplier_fact_pb2,
    supplier_pb2,
    verdict_pb2,
    vote_pb2,
)
from zhengpin_client import (
    KINDS,
    Busy,
    DeadlinePassed,
    NotFound,
    Rejected,
    RequestIdReused,
    Unreachable,
    Zhengpin,
    ZhengpinError,
)

UNAVAILABLE = a_status(code_pb2.UNAVAILABLE, "restarting")


def listings(count: int) -> list[listing_pb2.Listing]:
    return [listing_pb2.Listing(listing_id=f"l-{number}", supplier_id="s-1", title="Kettle") for number in range(count)]


def test_each_kind_of_record_reaches_its_own_method(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    zhengpin.upsert_suppliers([supplier_pb2.Supplier(supplier_id="s-1")])
    zhengpin.upsert_listings(listings(2))
    zhengpin.register_brands([brand_pb2.Brand(brand_id="b-1")])
    zhengpin.record_authorisations([brand_pb2.Authorisation(authorisation_id="a-1")])
    zhengpin.record_prices([price_pb2.PriceObservation(observation_id="p-1")])
    zhengpin.record_orders([order_pb2.OrderEvent(event_id="e-1")])
    zhengpin.record_outcomes([outcome_pb2.Outcome(outcome_id="o-1")])
    zhengpin.register_images([image_pb2.RegisteredImage(image_id="i-1")])
    zhengpin.record_supplier_facts([supplier_fact_pb2.SupplierFact(fact_id="f-1")])
    zhengpin.upsert_list_entries([outcome_pb2.ListEntry(entry_id="n-1")])
    zhengpin.upsert_voters([vote_pb2.Voter(voter_id="w-1")])
    zhengpin.cast_votes([vote_pb2.Vote(vote_id="v-1")])

    assert {key: sorted(records) for key, records in fake.stored.items()} == {
        "supplier_id": ["s-1"],
        "listing_id": ["l-0", "l-1"],
        "brand_id": ["b-1"],
        "authorisation_id": ["a-1"],
        "observation_id": ["p-1"],
        "event_id": ["e-1"],
        "outcome_id": ["o-1"],
        "entry_id": ["n-1"],
        "image_id": ["i-1"],
        "fact_id": ["f-1"],
        "voter_id": ["w-1"],
        "vote_id": ["v-1"],
    }
    assert {kind.key for kind in KINDS.values()} == set(fake.stored)


def test_every_call_names_its_marketplace_and_every_write_a_request_id(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    zhengpin.upsert_listings(listings(1))
    zhengpin.get_listing("l-0")
    zhengpin.delete_listing("l-0")

    assert [marketplace for _, marketplace, _ in fake.calls] == ["m-1"] * 3
    (_, _, first), (_, _, none), (_, _, second) = fake.calls
    assert UUID(first) != UUID(second)
    assert none == ""


def test_a_call_that_never_reached_the_server_is_made_again_with_the_same_request_id(
    fake: FakeZhengpin, zhengpin: Zhengpin
) -> None:
    fake.failures["ScreenListing"].extend([UNAVAILABLE, UNAVAILABLE])

    verdict = zhengpin.screen_listing(listings(1)[0])

    assert verdict.decision == verdict_pb2.DECISION_ALLOW
    assert len(fake.calls) == 3
    assert len({request_id for _, _, request_id in fake.calls}) == 1


def test_a_busy_server_is_asked_again_when_it_said(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.failures["UpsertListings"].append(busy(0.2))
    started = time.monotonic()

    zhengpin.upsert_listings(listings(1))

    assert time.monotonic() - started >= 0.2
    assert len({request_id for _, _, request_id in fake.calls}) == 1


def test_a_server_that_stays_busy_beyond_the_deadline_is_not_waited_for(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.failures["ScreenListing"].append(busy(30))
    started = time.monotonic()

    with pytest.raises(Busy, match=r"the queue is full \(asked to come back in 30 s\)") as caught:
        zhengpin.screen_listing("l-0")

    assert caught.value.retry_after_seconds == 30
    assert time.monotonic() - started < 5


def test_a_passed_deadline_says_what_to_do(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.before = lambda _: time.sleep(0.5)

    with pytest.raises(DeadlinePassed, match=r"ScreenListing was not answered within 0\.1 s: ask again with the same"):
        zhengpin.screen_listing(listings(1)[0], timeout=0.1)


def test_nobody_at_the_address_is_said_with_the_address() -> None:
    with (
        Zhengpin("127.0.0.1:1") as zhengpin,
        pytest.raises(Unreachable, match=r"No Zhengpin server answers at 127\.0\.0\.1:1 "),
    ):
        zhengpin.get_verdict("v-1")


@pytest.mark.parametrize(
    ("status", "error", "text"),
    [
        (
            violations({"title": "must not be empty", "stock": "must be 0 or more"}),
            Rejected,
            "title: must not be empty; stock: must be 0 or more",
        ),
        (a_status(code_pb2.ALREADY_EXISTS, "used before"), RequestIdReused, "used before"),
        (a_status(code_pb2.RESOURCE_EXHAUSTED, "message larger than max"), Rejected, "message larger than max"),
        (a_status(code_pb2.INTERNAL, "reference 1234"), ZhengpinError, "INTERNAL: reference 1234"),
    ],
)
def test_a_refusal_keeps_the_servers_words(
    fake: FakeZhengpin, zhengpin: Zhengpin, status: object, error: type[ZhengpinError], text: str
) -> None:
    fake.failures["ScreenListing"].append(status)

    with pytest.raises(ZhengpinError) as caught:
        zhengpin.screen_listing("l-0")

    assert type(caught.value) is error
    assert str(caught.value) == text


def test_what_is_not_there_is_named(zhengpin: Zhengpin) -> None:
    with pytest.raises(NotFound) as caught:
        zhengpin.get_listing("l-9")

    assert (caught.value.kind, caught.value.name) == ("listing", "l-9")


def test_a_violation_can_be_told_by_its_field(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.refuse["l-0"] = violations({"title": "must not be empty"})

    with pytest.raises(Rejected) as caught:
        zhengpin.screen_listing(listings(1)[0])

    assert [(each.field, each.description) for each in caught.value.violations] == [("title", "must not be empty")]


def test_many_listings_are_screened_in_their_order_and_a_bad_one_harms_no_neighbour(
    fake: FakeZhengpin, zhengpin: Zhengpin
) -> None:
    fake.refuse["l-7"] = violations({"title": "must not be empty"})
    # The first pages are the slowest: their answers come last.
    slow = iter([0.3, 0.2, 0.1])
    fake.before = lambda _: time.sleep(next(slow, 0))

    results = list(zhengpin.screen_many(listings(25), page_size=5))

    assert [each.listing_id for each in results] == [f"l-{number}" for number in range(25)]
    assert [each.listing_id for each in results if each.verdict is None] == ["l-7"]
    assert str(results[7].error) == "title: must not be empty"


def test_screening_takes_no_more_listings_than_are_in_flight(zhengpin: Zhengpin) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"l-{taken}"

    results = zhengpin.screen_many(endless(), page_size=10, in_flight=2)
    assert isinstance(next(results).error, NotFound)

    assert taken <= 31


def test_many_records_are_stored_and_each_refusal_is_told(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.refuse["l-3"] = violations({"title": "must not be empty"})

    results = list(zhengpin.upsert_many("listing", listings(10), page_size=4))

    assert [str(each.error) for each in results if each.error] == ["title: must not be empty"]
    assert len(fake.stored["listing_id"]) == 9


def test_verdicts_are_listed_over_all_pages_up_to_a_limit(zhengpin: Zhengpin) -> None:
    list(zhengpin.screen_many(listings(25)))

    every = [each.listing_id for each in zhengpin.verdicts(page_size=10)]
    some = list(zhengpin.verdicts(limit=12, page_size=10))

    assert len(every) == len(set(every)) == 25
    assert [each.listing_id for each in some] == every[:12]
    assert len(zhengpin.list_verdicts(page_size=7).verdicts) == 7


def test_batches_and_streams_of_listings_are_screened_page_by_page(zhengpin: Zhengpin) -> None:
    batch = zhengpin.batch_screen_listings(listings(3), dry_run=True)
    stream = list(zhengpin.stream_screen_listings([listings(2), listings(1)]))

    assert [each.index for each in batch.results] == [0, 1, 2]
    assert [(each.sequence, len(each.page.results)) for each in stream] == [(1, 2), (2, 1)]
    assert zhengpin.get_verdict("verdict-l-0").listing_id == "l-0"


def test_connections_take_turns(address: str, fake: FakeZhengpin) -> None:
    with Zhengpin(address, "m-1", connections=3) as zhengpin:
        for _ in range(6):
            zhengpin.upsert_listings(listings(1))
    assert sorted(Counter(fake.callers).values()) == [2, 2, 2]


def test_several_connections_carry_calls_of_every_form(address: str) -> None:
    with Zhengpin(address, "m-1", connections=3) as zhengpin:
        for _ in range(3):
            pages = [catalog_service_pb2.UpsertListingsRequest(listings=listings(2))]
            assert zhengpin.ingest("stream-1", pages).committed_offset == 1
            (answered,) = zhengpin.stream_screen_listings([listings(2)])
            assert len(answered.page.results) == 2
            assert next(zhengpin.watch_verdicts("0")).verdicts


def test_no_connection_at_all_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="connections must be at least 1, and not 0"):
        Zhengpin(address, connections=0)


def test_watching_goes_on_from_its_cursor_after_a_break(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.verdicts = [an_allowing_verdict(each) for each in listings(3)]
    watched = zhengpin.watch_verdicts("0")
    seen = [next(watched).verdicts[0].listing_id for _ in range(3)]
    fake.failures["WatchVerdicts"].append(UNAVAILABLE)
    fake.verdicts.append(an_allowing_verdict(listings(4)[3]))

    seen.append(next(watched).verdicts[0].listing_id)

    assert seen == ["l-0", "l-1", "l-2", "l-3"]


def test_a_watch_that_the_server_refuses_ends(fake: FakeZhengpin, zhengpin: Zhengpin) -> None:
    fake.failures["WatchVerdicts"].append(violations({"cursor": "must be digits"}))

    with pytest.raises(Rejected, match="cursor: must be digits"):
        next(zhengpin.watch_verdicts("x"))


def test_ingestion_goes_on_after_a_break_with_the_pages_that_are_not_committed(
    fake: FakeZhengpin, zhengpin: Zhengpin
) -> None:
    pages = [catalog_service_pb2.UpsertListingsRequest(listings=[each]) for each in listings(5)]
    broken = iter([False, False, False, True])

    def break_once(_: str) -> None:
        if next(broken, False):
            fake.failures["IngestEvents"].append(UNAVAILABLE)

    fake.before = break_once
    answer = zhengpin.ingest("stream-1", pages)

    assert answer.committed_offset == 5
    assert sorted(fake.stored["listing_id"]) == [f"l-{number}" for number in range(5)]


def test_pages_that_can_be_gone_through_only_once_are_refused_at_once(zhengpin: Zhengpin) -> None:
    with pytest.raises(TypeError, match="pages can be gone through only once"):
        zhengpin.ingest("stream-1", iter([catalog_service_pb2.UpsertListingsRequest()]))


def test_a_restarted_server_is_found_again() -> None:
    fake = FakeZhengpin()
    with serving(fake) as address, Zhengpin(address) as zhengpin:
        zhengpin.upsert_listings(listings(1))
        request = screening_service_pb2.VerdictFilter(listing_id="l-0")
        assert list(zhengpin.verdicts(request)) == []
    with serving(fake, address) as again, Zhengpin(again) as zhengpin:
        assert zhengpin.screen_listing("l-0").listing_id == "l-0"
