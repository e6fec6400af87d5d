"""What messages say arrives in the domain as it was said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import example, given
from hypothesis import strategies as st

from callers import a_listing_message, an_id, an_order_message, screening, yuan_message
from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.order import CancelledBy, OrderEvent, OrderEventKind
from zhengpin.errors import InvalidInput
from zhengpin.service.convert.facts import order_event_from_proto
from zhengpin.service.convert.listing import listing_from_proto, listing_to_proto
from zhengpin.service.convert.scalars import moment_from_proto
from zhengpin.service.fact_batches import ORDERS
from zhengpin.service.screening import screening_from_proto
from zhengpin.service.validation import check
from zhengpin.v1 import listing_pb2, order_pb2, supplier_fact_pb2

FIRST, LAST = -62_135_596_800, 253_402_300_799


def _stamped(seconds: int, nanos: int) -> listing_pb2.Listing:
    return listing_pb2.Listing(created_at=Timestamp(seconds=seconds, nanos=nanos))


@given(seconds=st.integers(FIRST, LAST), nanos=st.integers(0, 999_999_999))
@example(seconds=FIRST, nanos=0)
@example(seconds=LAST, nanos=999_999_999)
@example(seconds=-1, nanos=999)
def test_a_time_is_read_as_protobuf_reads_it(seconds: int, nanos: int) -> None:
    message = _stamped(seconds, nanos)
    read = moment_from_proto(message, "created_at")
    assert read == message.created_at.ToDatetime(tzinfo=UTC)
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "stamp", [(FIRST - 1, 0), (LAST + 1, 0), (2**63 - 1, 0), (-(2**63), 0), (0, -1), (0, 1_000_000_000)]
)
def test_a_time_that_can_not_be_names_its_field(stamp: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="created_at: must be a time between the years 1 and 9999"):
        moment_from_proto(_stamped(*stamp), "created_at")


def test_a_listing_comes_back_as_it_was_sent() -> None:
    message = a_listing_message(
        attributes={"b": "2", "a": "1"},
        images=[listing_pb2.Image(uri="u", sha256="0f" * 32, phash=2**64 - 1), listing_pb2.Image(uri="v")],
        offer=listing_pb2.Offer(
            single_price=yuan_message(159, 500_000_000),
            unit_cost=yuan_message(0),
            group_tiers=[listing_pb2.GroupTier(size=size, price=yuan_message(size)) for size in (2, 3)],
            sale_kind=listing_pb2.SALE_KIND_PRE_ORDER,
        ),
        stock=0,
        created_at=Timestamp(seconds=5, nanos=7000),
    )
    assert listing_to_proto(listing_from_proto(message)) == message


def test_what_is_not_said_is_the_ordinary_case() -> None:
    event = order_event_from_proto(an_order_message())
    assert (event.quantity, event.kind, event.paid, event.buyer_id) == (1, OrderEventKind.PAID, None, "")
    listing = listing_from_proto(listing_pb2.Listing())
    assert (listing.condition, listing.offer.sale_kind, listing.stock) == (Condition.UNKNOWN, SaleKind.REGULAR, None)
    assert listing.created_at is None


def test_a_buyer_is_read_and_what_is_no_pseudonym_is_not_repeated() -> None:
    message = an_order_message(buyer_id="voter-1")
    assert ORDERS.read(message) == order_event_from_proto(message)
    assert ORDERS.read(message).buyer_id == "voter-1"
    refused = ORDERS.read(an_order_message(buyer_id="张三 13800138000"))
    assert str(refused) == (
        "buyer_id: must have at most 128 characters, only letters A-Z and a-z, digits, and . _ : / -"
    )


def test_a_promise_and_who_cancelled_are_read() -> None:
    untold = order_event_from_proto(an_order_message())
    assert (untold.promised_by, untold.cancelled_by) == (None, CancelledBy.UNTOLD)
    told = ORDERS.read(an_order_message(promised_by=Timestamp(seconds=5), cancelled_by=order_pb2.CANCELLED_BY_SUPPLIER))
    assert isinstance(told, OrderEvent)
    assert (told.promised_by, told.cancelled_by) == (datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC), CancelledBy.SUPPLIER)
    assert "cancelled_by" in str(ORDERS.read(an_order_message(cancelled_by=9)))


@pytest.mark.parametrize("told", ["13800001111", "0" * 21 + "13800001111", "张三"])
def test_what_is_no_keyed_token_is_refused_and_not_repeated(told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(supplier_fact_pb2.KeyedToken(kind=supplier_fact_pb2.TOKEN_KIND_PHONE, token=told))
    assert str(refused.value) == "token: must have exactly 64 characters, only digits and letters a-f"


MIXED = listing_pb2.Offer(
    single_price=yuan_message(5),
    group_tiers=[
        listing_pb2.GroupTier(size=2, price={"currency_code": "USD", "units": 1}),
        listing_pb2.GroupTier(size=2, price=yuan_message(4)),
    ],
)
MIXED_FIELDS = ("offer.group_tiers[0].price", "offer.group_tiers[1].size")


def test_prices_of_one_offer_that_contradict_one_another_are_named_as_they_are_read() -> None:
    with pytest.raises(InvalidInput) as caught:
        listing_from_proto(a_listing_message(offer=MIXED))
    assert tuple(each.field for each in caught.value.violations) == MIXED_FIELDS


def test_a_listing_inside_a_request_is_named_with_its_path() -> None:
    with pytest.raises(InvalidInput) as caught:
        screening_from_proto(screening(a_listing_message(offer=MIXED)))
    assert tuple(each.field for each in caught.value.violations) == tuple(f"listing.{name}" for name in MIXED_FIELDS)
    with pytest.raises(InvalidInput, match=r"listing\.edited_at"):
        screening_from_proto(screening(a_listing_message(edited_at=Timestamp(seconds=LAST + 1))))


def test_a_message_with_faults_of_both_kinds_hears_of_all_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        check(screening(a_listing_message("bad id", offer=MIXED)))
    found = {each.field for each in caught.value.violations}
    assert found == {"listing.listing_id", *(f"listing.{name}" for name in MIXED_FIELDS)}


def test_only_a_request_with_an_id_is_digested() -> None:
    assert screening_from_proto(screening(a_listing_message())).payload_digest == ""
    one, other = an_id(), a_listing_message("other")
    digest = screening_from_proto(screening(a_listing_message(), request_id=one)).payload_digest
    assert len(digest) == 64
    assert digest == screening_from_proto(screening(a_listing_message(), request_id=one)).payload_digest
    assert digest != screening_from_proto(screening(other, request_id=one)).payload_digest


def test_times_before_1970_keep_their_microseconds() -> None:
    assert moment_from_proto(_stamped(-1, 250_000_000), "created_at") == datetime(
        1969, 12, 31, 23, 59, 59, 250_000, tzinfo=UTC
    )
