"""Bad input gets every violation at once, by field, and stores nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.type import money_pb2

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
    reason_of,
    screening,
    status_of_error,
    yuan_message,
)
from zhengpin.v1 import (
    brand_pb2,
    catalog_service_pb2,
    listing_pb2,
    outcome_pb2,
    screening_service_pb2,
    supplier_pb2,
)


def test_every_violation_of_a_listing_comes_at_once_by_its_field(caller: Caller) -> None:
    listing = a_listing_message(
        "two words",
        title="",
        description="x" * 20_001,
        territory="China",
        units_per_pack=0,
        attributes={"k": "v" * 1001},
        images=[listing_pb2.Image(uri="https://images.example/1", sha256="ABC")],
        offer=listing_pb2.Offer(
            single_price=yuan_message(-1),
            was_price=money_pb2.Money(currency_code="EUR", units=5),
            group_tiers=[listing_pb2.GroupTier(size=1, price=yuan_message(3))],
        ),
    )
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen(listing)
    status = status_of_error(caught.value)
    assert reason_of(status) == "INVALID_INPUT"
    assert set(fields_of(status)) == {
        "listing.listing_id",
        "listing.title",
        "listing.description",
        "listing.territory",
        "listing.units_per_pack",
        'listing.attributes["k"]',
        "listing.images[0].sha256",
        "listing.offer.single_price",
        "listing.offer.was_price",
        "listing.offer.group_tiers[0].size",
    }
    assert not caller.list_verdicts().verdicts


def test_mixed_currencies_name_both_and_what_to_do(caller: Caller) -> None:
    offer = listing_pb2.Offer(
        single_price=yuan_message(5), platform_subsidy=money_pb2.Money(currency_code="USD", units=1)
    )
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen(a_listing_message(offer=offer))
    assert fields_of(status_of_error(caught.value)) == {
        "listing.offer.platform_subsidy": (
            "is in 'USD', but single_price is in 'CNY': give all prices of an offer in one currency"
        )
    }


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 1.1])
def test_a_reputation_outside_of_zero_to_one_is_refused(caller: Caller, value: float) -> None:
    supplier = a_supplier_message(shops=[supplier_pb2.Shop(shop_id="shop-1", reputation=value)])
    assert _item_fields(caller, "UpsertSuppliers", "suppliers", supplier) == {"shops[0].reputation"}


REFUSED: list[tuple[str, str, Callable[[], Any], set[str]]] = [
    ("UpsertListings", "listings", lambda: a_listing_message(images=[listing_pb2.Image(uri="u")] * 51), {"images"}),
    (
        "UpsertListings",
        "listings",
        lambda: a_listing_message(attributes={str(number): "" for number in range(101)}),
        {"attributes"},
    ),
    ("UpsertListings", "listings", lambda: a_listing_message(condition=99), {"condition"}),
    (
        "UpsertListings",
        "listings",
        lambda: a_listing_message(offer=listing_pb2.Offer(single_price=yuan_message(0, -1))),
        {"offer.single_price"},
    ),
    ("RecordPrices", "prices", lambda: a_price_message(paid=None), {"paid"}),
    ("RecordPrices", "prices", lambda: a_price_message(units=0), {"units"}),
    ("RecordPrices", "prices", lambda: a_price_message(listing_id="never-heard-of"), set()),
    ("RecordOrders", "events", lambda: an_order_message(kind=0), {"kind"}),
    ("RecordOrders", "events", lambda: an_order_message(text="x" * 5001), {"text"}),
    ("RecordOrders", "events", lambda: an_order_message(stars=6), {"stars"}),
    (
        "RegisterBrands",
        "brands",
        lambda: brand_pb2.Brand(brand_id="b", gtin_prefixes=["12"]),
        {"name", "gtin_prefixes[0]"},
    ),
    (
        "RecordAuthorisations",
        "authorisations",
        lambda: an_authorisation_message(valid_to={"year": 2025, "month": 12, "day": 31}),
        {"valid_to"},
    ),
    (
        "RecordAuthorisations",
        "authorisations",
        lambda: an_authorisation_message(valid_from={"year": 2026, "month": 2, "day": 30}),
        {"valid_from"},
    ),
    (
        "RecordOutcomes",
        "outcomes",
        lambda: outcome_pb2.Outcome(outcome_id="o", listing_id="l"),
        {"kind", "source", "found_at"},
    ),
    ("RegisterImages", "images", lambda: an_image_message(phash=None, sha256=""), {"phash"}),
    ("RegisterImages", "images", lambda: an_image_message(phash=0), {"phash"}),
    ("RegisterImages", "images", lambda: an_image_message(sha256="ABC"), {"sha256"}),
    ("RegisterImages", "images", lambda: an_image_message(brand_id=""), {"brand_id"}),
    ("RegisterImages", "images", lambda: an_image_message(phash=None, sha256="", brand_id=""), {"phash", "brand_id"}),
    ("RegisterImages", "images", lambda: an_image_message("two words", role=0), {"image_id", "role"}),
    (
        "UpsertListEntries",
        "entries",
        lambda: outcome_pb2.ListEntry(
            entry_id="e", kind=outcome_pb2.LIST_KIND_DENY, subject_kind=outcome_pb2.LIST_SUBJECT_LISTING
        ),
        {"subject"},
    ),
]


@pytest.mark.parametrize(("method", "field", "message", "violated"), REFUSED)
def test_a_refused_item_names_its_fields_and_its_neighbour_is_stored(
    caller: Caller, method: str, field: str, message: Callable[[], Any], violated: set[str]
) -> None:
    assert _item_fields(caller, method, field, message()) == violated


def test_a_time_ahead_of_now_is_refused(caller: Caller) -> None:
    ahead = a_moment(datetime.now(UTC) + timedelta(hours=1))
    assert _item_fields(caller, "RecordOrders", "events", an_order_message(happened_at=ahead)) == {"happened_at"}


@pytest.mark.parametrize("request_id", ["", "not-a-uuid"])
def test_a_write_without_a_proper_request_id_is_refused(caller: Caller, request_id: str) -> None:
    request = catalog_service_pb2.UpsertListingsRequest(request_id=request_id, listings=[a_listing_message()])
    with pytest.raises(grpc.RpcError) as caught:
        caller.call("UpsertListings", request)
    assert set(fields_of(status_of_error(caught.value))) == {"request_id"}


def test_a_batch_of_a_thousand_and_one_is_refused_as_a_whole(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen_batch(*[screening(a_listing_message())] * 1001)
    assert set(fields_of(status_of_error(caught.value))) == {"requests"}


def test_more_explanations_than_one_answer_can_carry_are_refused_up_front(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen_batch(*[screening(a_listing_message(f"l-{number}"), explain=True) for number in range(201)])
    assert set(fields_of(status_of_error(caught.value))) == {"requests"}
    assert not caller.list_verdicts().verdicts


@pytest.mark.parametrize("code", ["nul\0", "Upper", "x" * 129])
def test_a_reason_code_that_can_not_be_one_is_refused(caller: Caller, code: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.list_verdicts(filter=screening_service_pb2.VerdictFilter(reason_code=code))
    assert set(fields_of(status_of_error(caught.value))) == {"filter.reason_code"}


@pytest.mark.parametrize("name", ["Upper", "with space", "-dash-first", "x" * 64])
def test_a_marketplace_that_can_not_be_one_is_refused(caller: Caller, name: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.screening.ListVerdicts(
            screening_service_pb2.ListVerdictsRequest(), metadata=(("zhengpin-marketplace", name),), timeout=20
        )
    assert set(fields_of(status_of_error(caught.value))) == {"metadata zhengpin-marketplace"}


@pytest.mark.parametrize("token", ["garbage", "AAAA", "🐈"])
def test_a_garbled_page_token_is_refused(caller: Caller, token: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.list_verdicts(page_token=token)
    assert set(fields_of(status_of_error(caught.value))) == {"page_token"}


def test_a_message_over_sixteen_mebibytes_is_refused_by_grpc_itself(caller: Caller) -> None:
    listing = a_listing_message(description="x" * (17 << 20))
    with pytest.raises(grpc.RpcError) as caught:
        caller.screen(listing)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


def test_an_unknown_verdict_names_itself(caller: Caller) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        caller.call("GetVerdict", screening_service_pb2.GetVerdictRequest(verdict_id="verdict-x"))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    assert "verdict-x" in str(caught.value.details())


_GOOD: dict[str, Callable[[], Any]] = {
    "UpsertSuppliers": a_supplier_message,
    "UpsertListings": lambda: a_listing_message("good"),
    "RegisterBrands": lambda: brand_pb2.Brand(brand_id="good", name="Good"),
    "RecordAuthorisations": lambda: an_authorisation_message("good"),
    "RecordPrices": a_price_message,
    "RecordOrders": an_order_message,
    "RecordOutcomes": lambda: outcome_pb2.Outcome(
        outcome_id="good",
        listing_id="listing-1",
        kind=outcome_pb2.OUTCOME_KIND_FAKE,
        source=outcome_pb2.OUTCOME_SOURCE_BRAND,
        found_at=a_moment(),
    ),
    "RegisterImages": an_image_message,
    "UpsertListEntries": lambda: outcome_pb2.ListEntry(
        entry_id="good",
        kind=outcome_pb2.LIST_KIND_WATCH,
        subject_kind=outcome_pb2.LIST_SUBJECT_LISTING,
        subject="listing-1",
    ),
}
"""A good item for each method that takes a batch."""


def _item_fields(caller: Caller, method: str, field: str, message: Any) -> set[str]:
    """Send a bad item beside a good one: the good one is stored, and the bad one's violated fields are answered."""
    caller.store(a_listing_message())
    request_type = getattr(catalog_service_pb2, f"{method}Request")
    answer = caller.call(method, request_type(request_id=an_id(), **{field: [message, _GOOD[method]()]}))
    assert answer.accepted == 1, answer
    assert [result.HasField("error") for result in answer.results] == [True, False]
    return set(fields_of(answer.results[0].error))
