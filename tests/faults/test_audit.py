"""The audit finds what it is there to find, in ledgers that are made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from builders import a_price
from callers import a_listing_message, a_moment, an_order_message
from faults.applied import DELETE, PAGE, SCREEN, applied_by
from faults.audit import expected_decisions, expected_ids, stored_decisions
from faults.books import compare, losses
from faults.expected_orders import order_books
from faults.expected_prices import quotes_of
from faults.ledger import Acknowledged, Breach, Ledger, Promise
from faults.told_apart import told_apart
from zhengpin.v1 import catalog_service_pb2, listing_pb2, order_pb2, screening_service_pb2, verdict_pb2

MARKETPLACE = "market-a"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def promises(breaches: tuple[Breach, ...]) -> list[Promise]:
    return [breach.promise for breach in breaches]


def a_screening(ledger: Ledger, verdict_id: str = "verdict-1") -> Acknowledged:
    request = screening_service_pb2.ScreenListingRequest(request_id="id-1", listing=a_listing_message())
    sent = ledger.send(MARKETPLACE, SCREEN, request)
    answer = verdict_pb2.Verdict(verdict_id=verdict_id, listing_id="listing-1")
    ledger.acknowledge(sent, answer)
    return Acknowledged(sent, answer)


def test_a_request_is_in_doubt_until_it_is_answered_or_refused() -> None:
    ledger = Ledger()
    first, second, third = (ledger.send(MARKETPLACE, SCREEN, verdict_pb2.Verdict()) for _ in range(3))
    ledger.acknowledge(second, verdict_pb2.Verdict())
    ledger.refuse(third, "INTERNAL")
    assert ledger.in_doubt == (first,)
    assert promises(ledger.breaches) == [Promise.REFUSED]


def test_two_different_answers_to_one_request_are_a_breach_and_two_equal_ones_are_none() -> None:
    ledger = Ledger()
    sent, answer = (screened := a_screening(ledger)).sent, screened.answer
    ledger.acknowledge(sent, answer)
    assert not ledger.breaches
    ledger.acknowledge(sent, verdict_pb2.Verdict(verdict_id="verdict-2"))
    assert promises(ledger.breaches) == [Promise.CHANGED]
    assert ledger.acknowledged() == (screened,)


def test_what_is_stored_as_acknowledged_is_no_breach() -> None:
    expected = expected_ids(applied_by([a_screening(Ledger())], MARKETPLACE))
    assert not compare(MARKETPLACE, expected, expected)


@pytest.mark.parametrize("name", ["request id", "listing id", "verdict id"])
def test_an_acknowledged_write_that_is_gone_is_lost(name: str) -> None:
    expected = expected_ids(applied_by([a_screening(Ledger())], MARKETPLACE))
    (breach,) = losses(MARKETPLACE, expected, {**expected, name: {}})
    assert breach.promise is Promise.LOST
    assert breach.what.startswith(f"market-a, {name} ")


def test_a_second_verdict_of_one_request_is_one_too_many() -> None:
    expected = expected_ids(applied_by([a_screening(Ledger())], MARKETPLACE))
    found = {**expected, "verdict id": {"verdict-1": 1, "verdict-2": 1}}
    assert promises(compare(MARKETPLACE, expected, found)) == [Promise.TWICE]
    assert not losses(MARKETPLACE, expected, found)


def test_a_stream_behind_its_acknowledged_offset_has_lost_pages() -> None:
    ledger = Ledger()
    page = catalog_service_pb2.IngestEventsRequest(stream_id="stream-1", offset=3)
    page.listings.listings.append(a_listing_message())
    sent = ledger.send(MARKETPLACE, PAGE, page)
    ledger.acknowledge(sent, catalog_service_pb2.IngestEventsResponse(committed_offset=3))
    expected = expected_ids(applied_by(ledger.acknowledged(), MARKETPLACE))
    assert promises(compare(MARKETPLACE, expected, {**expected, "stream": {"stream-1": 2}})) == [Promise.LOST]
    assert promises(compare(MARKETPLACE, expected, {**expected, "stream": {"stream-1": 4}})) == [Promise.TWICE]


def test_a_listing_or_verdict_with_another_content_is_lost() -> None:
    screened = a_screening(Ledger())
    numbers = ((1, "verdict-1", "listing-1"),)
    expected = expected_decisions(applied_by([screened], MARKETPLACE), numbers)
    listings = {"listing-1": listing_pb2.StoredListing(listing=a_listing_message(title="Another title"))}
    verdicts = {"verdict-1": verdict_pb2.Verdict(verdict_id="verdict-1", listing_id="another")}
    breaches = compare(MARKETPLACE, expected, stored_decisions(listings, verdicts, numbers))
    assert promises(breaches) == [Promise.LOST, Promise.LOST]


def test_a_deleted_listing_is_back_once_it_is_told_again() -> None:
    ledger = Ledger()
    screened = a_screening(ledger)
    request = catalog_service_pb2.DeleteListingRequest(request_id="id-2", listing_id="listing-1")
    tombstone = listing_pb2.StoredListing(listing=a_listing_message(), deleted_at=a_moment(NOON))
    deleted = Acknowledged(ledger.send(MARKETPLACE, DELETE, request), tombstone)
    for acknowledged, moment in (([screened, deleted], NOON), ([screened, deleted, screened], None)):
        expected = expected_decisions(applied_by(acknowledged, MARKETPLACE), ())
        assert expected["listing"] == {"listing-1": (a_listing_message(), moment)}


def test_numbers_of_verdicts_have_no_gap_and_each_names_the_one_before() -> None:
    numbers = ((1, "first", "listing-1"), (3, "second", "listing-1"))
    verdicts = {each: verdict_pb2.Verdict(verdict_id=each, listing_id="listing-1") for each in ("first", "second")}
    expected = {**expected_decisions(applied_by([], MARKETPLACE), numbers), "verdict": verdicts}
    breaches = compare(MARKETPLACE, expected, stored_decisions({}, verdicts, numbers))
    assert [breach.what.partition(":")[0] for breach in breaches] == [
        "market-a, replaced by verdict second",
        "market-a, verdict number 2",
        "market-a, verdict number 3",
    ]


def test_long_texts_are_shown_from_where_they_differ() -> None:
    first, second = told_apart(f"{'same ' * 100}one {'more ' * 100}", f"{'same ' * 100}two")
    assert first.startswith("…same")
    assert "same one more" in first
    assert first.endswith("…")
    assert second.endswith("same two")
    assert told_apart(3, None) == ("3", "nothing")


def test_orders_add_up_under_the_day_of_their_payment_however_often_they_are_told() -> None:
    late = an_order_message(
        "scan", kind=order_pb2.ORDER_EVENT_KIND_SCANNED, happened_at=a_moment(NOON + timedelta(hours=25))
    )
    paid = an_order_message("pay", quantity=3, happened_at=a_moment(NOON))
    complaint = an_order_message(
        "call",
        kind=order_pb2.ORDER_EVENT_KIND_COMPLAINT,
        cause=order_pb2.COMPLAINT_CAUSE_FAKE,
        happened_at=a_moment(NOON + timedelta(days=3)),
    )
    books = order_books([late, paid, complaint, paid])
    ones = (
        "orders",
        "shipped",
        "shipped_late",
        "complaints",
        "fake_complaints",
        "distinct_complaining_orders",
        "with_faults",
    )
    assert books["units sold"] == {"listing-1": 3}
    assert books["orders of a day"] == {
        (kind, subject, "2026-03-01", name): 3 if name == "units" else 1
        for kind, subject in (("listing", "listing-1"), ("supplier", "supplier-1"))
        for name in (*ones, "units")
    }


def test_a_baseline_has_the_latest_price_of_each_seller() -> None:
    older = a_price("older", price=80, seller="one", captured_at=NOON)
    newer = a_price("newer", price=70, seller="one", captured_at=NOON + timedelta(hours=1))
    other = a_price("other", price=90, seller="two", captured_at=NOON)
    quotes = {key[-1]: value[0] for key, value in quotes_of([newer, other, older]).items()}
    assert quotes == {"one": "newer", "two": "other"}
