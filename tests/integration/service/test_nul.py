"""A text with NUL, which PostgreSQL can't store, is refused by its field; what comes with it is kept."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest

from callers import (
    Caller,
    a_listing_message,
    a_moment,
    a_price_message,
    a_supplier_message,
    an_authorisation_message,
    an_id,
    an_image_message,
    an_order_message,
    fields_of,
    screening,
    status_of_error,
)
from zhengpin.v1 import brand_pb2, listing_pb2, outcome_pb2, price_pb2, supplier_pb2
from zhengpin.v1 import catalog_service_pb2 as catalog

WHAT_TO_DO = "contains the character NUL (U+0000), which no text may have: take it out"


def _an_outcome(outcome_id: str = "outcome-1", **changes: Any) -> outcome_pb2.Outcome:
    return outcome_pb2.Outcome(
        outcome_id=outcome_id,
        listing_id="listing-1",
        kind=outcome_pb2.OUTCOME_KIND_FAKE,
        source=outcome_pb2.OUTCOME_SOURCE_BRAND,
        found_at=a_moment(),
        **changes,
    )


def _an_entry(entry_id: str = "entry-1", **changes: Any) -> outcome_pb2.ListEntry:
    return outcome_pb2.ListEntry(
        entry_id=entry_id,
        kind=outcome_pb2.LIST_KIND_WATCH,
        subject_kind=outcome_pb2.LIST_SUBJECT_LISTING,
        subject="listing-1",
        **changes,
    )


def _a_price_elsewhere() -> price_pb2.PriceObservation:
    product = price_pb2.PricedProduct(brand="Acme", model="X-1", seller="a\0", platform="b")
    return a_price_message("bad", listing_id=None, product=product)


Item = Callable[[], Any]

EVERYWHERE: list[tuple[str, Item, Item, str]] = [
    (
        "UpsertSuppliers",
        lambda: a_supplier_message("bad", shops=[supplier_pb2.Shop(shop_id="s", name="a\0")]),
        a_supplier_message,
        "shops[0].name",
    ),
    (
        "UpsertListings",
        lambda: a_listing_message("bad", images=[listing_pb2.Image(uri="u"), listing_pb2.Image(uri="u\0")]),
        a_listing_message,
        "images[1].uri",
    ),
    (
        "UpsertListings",
        lambda: a_listing_message("bad", attributes={"colour": "\0red"}),
        a_listing_message,
        'attributes["colour"]',
    ),
    (
        "UpsertListings",
        lambda: a_listing_message("bad", attributes={"a\0b": "red"}),
        a_listing_message,
        r'attributes["a\0b"]',
    ),
    (
        "RegisterBrands",
        lambda: brand_pb2.Brand(brand_id="bad", name="Bad", aliases=["good", "b\0d"]),
        lambda: brand_pb2.Brand(brand_id="good", name="Good"),
        "aliases[1]",
    ),
    (
        "RecordAuthorisations",
        lambda: an_authorisation_message("bad", mark="\0"),
        an_authorisation_message,
        "mark",
    ),
    ("RecordPrices", _a_price_elsewhere, a_price_message, "product.seller"),
    ("RecordOrders", lambda: an_order_message("bad", text="fake\0!"), an_order_message, "text"),
    ("RecordOutcomes", lambda: _an_outcome("bad", note="\0"), _an_outcome, "note"),
    ("RegisterImages", lambda: an_image_message("bad", source="\0"), an_image_message, "source"),
    ("UpsertListEntries", lambda: _an_entry("bad", reason="\0"), _an_entry, "reason"),
]


@pytest.mark.parametrize(("method", "bad", "good", "violated"), EVERYWHERE)
def test_an_item_with_nul_names_the_field_and_its_neighbour_is_stored(
    caller: Caller, method: str, bad: Item, good: Item, violated: str
) -> None:
    caller.store(a_listing_message())
    kind = getattr(catalog, f"{method}Request")
    items = {kind.DESCRIPTOR.fields[1].name: [bad(), good()]}
    answer = caller.call(method, kind(request_id=an_id(), **items))
    assert [result.HasField("error") for result in answer.results] == [True, False], answer
    assert fields_of(answer.results[0].error) == {violated: WHAT_TO_DO}


def test_a_screening_with_nul_is_refused_and_stores_nothing(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen(a_listing_message(title="Haolin pan\0"))
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert fields_of(status_of_error(caught.value)) == {"listing.title": WHAT_TO_DO}
    assert not caller.list_verdicts().verdicts


def test_a_batch_judges_the_listings_beside_one_with_nul(caller: Caller) -> None:
    bad = a_listing_message("bad", description="\0")
    answer = caller.screen_batch(*map(screening, [a_listing_message("a"), bad, a_listing_message("b")]))
    assert [result.WhichOneof("outcome") for result in answer.results] == ["verdict", "error", "verdict"]
    assert fields_of(answer.results[1].error) == {"listing.description": WHAT_TO_DO}


def test_a_stream_keeps_what_comes_with_and_after_an_item_with_nul(caller: Caller) -> None:
    listings = [a_listing_message("bad", title="a\0"), a_listing_message()]

    def pages() -> Iterator[catalog.IngestEventsRequest]:
        yield catalog.IngestEventsRequest(
            stream_id="stream", offset=1, listings=catalog.UpsertListingsRequest(listings=listings)
        )
        yield catalog.IngestEventsRequest(
            stream_id="stream", offset=2, prices=catalog.RecordPricesRequest(prices=[a_price_message()])
        )

    answer = caller.catalog.IngestEvents(pages(), metadata=caller.metadata, timeout=20)
    assert (answer.committed_offset, answer.accepted, answer.refused_items) == (2, 2, 1)
    assert fields_of(answer.refused[0].results[0].error) == {"title": WHAT_TO_DO}
