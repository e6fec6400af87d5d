"""A quick reader gives only what the plain way gives, of messages that keep the contract."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import protovalidate
import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from hypothesis import given, settings
from hypothesis import strategies as st

from callers import (
    a_listing_message,
    a_moment,
    an_authorisation_message,
    an_id,
    an_order_message,
    screening,
    yuan_message,
)
from contract_messages import a_message, messages
from zhengpin.domain.listing import Image
from zhengpin.errors import InvalidInput
from zhengpin.service.convert import facts
from zhengpin.service.convert import vote as votes
from zhengpin.service.convert.becomes import FACTS
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.service.convert.supplier_fact import supplier_fact_from_proto
from zhengpin.service.made import Made, maker
from zhengpin.service.quick_reader import quick_reader
from zhengpin.service.reading import reader
from zhengpin.service.screening import SCREENING, screening_from_proto
from zhengpin.v1 import (
    brand_pb2,
    image_pb2,
    listing_pb2,
    order_pb2,
    outcome_pb2,
    price_pb2,
    supplier_fact_pb2,
    supplier_pb2,
    vote_pb2,
)
from zhengpin.v1 import screening_service_pb2 as pb

PLAIN: dict[type[Message], Callable[[Any], Any]] = {
    listing_pb2.Listing: listing_from_proto,
    pb.ScreenListingRequest: screening_from_proto,
    supplier_pb2.Supplier: facts.supplier_from_proto,
    supplier_fact_pb2.SupplierFact: supplier_fact_from_proto,
    brand_pb2.Brand: facts.brand_from_proto,
    brand_pb2.Authorisation: facts.authorisation_from_proto,
    price_pb2.PriceObservation: facts.price_report_from_proto,
    order_pb2.OrderEvent: facts.order_event_from_proto,
    outcome_pb2.Outcome: facts.outcome_from_proto,
    outcome_pb2.ListEntry: facts.list_entry_from_proto,
    image_pb2.RegisteredImage: facts.registered_image_from_proto,
    vote_pb2.Voter: votes.voter_from_proto,
    vote_pb2.Vote: votes.vote_from_proto,
}
QUICK = {kind: quick_reader(kind, SCREENING) for kind in PLAIN}
_validator = protovalidate.Validator()


def _named(kind: type[Message]) -> str:
    return str(kind.DESCRIPTOR.name)


def _plainly(message: Message) -> Any:
    """What the plain way makes of a message; `None` where it refuses it."""
    if _validator.collect_violations(message):
        return None
    try:
        return PLAIN[type(message)](message)
    except InvalidInput:
        return None


def _quickly(message: Message) -> Any:
    try:
        return QUICK[type(message)](message)
    except ValueError:
        return None


@pytest.mark.parametrize("kind", PLAIN, ids=_named)
@settings(max_examples=50)
@given(data=st.data())
def test_both_ways_come_to_the_same_value_and_refuse_the_same_messages(
    kind: type[Message], data: st.DataObject
) -> None:
    message = data.draw(messages(kind.DESCRIPTOR))
    assert _quickly(message) == _plainly(message)


@pytest.mark.parametrize("kind", PLAIN, ids=_named)
def test_values_are_compared_and_not_only_refusals(kind: type[Message]) -> None:
    chance = Random(7)  # noqa: S311  nothing secret is drawn
    drawn = [a_message(kind.DESCRIPTOR, chance, 0) for _ in range(30)]  # type: ignore[arg-type]
    assert any(_quickly(message) for message in drawn)


TOLD_IN_PART = [
    listing_pb2.Listing(listing_id="a", supplier_id="b", title="c"),
    a_listing_message(offer=listing_pb2.Offer(), stock=0, units_per_pack=None, created_at=Timestamp()),
    a_listing_message(images=[listing_pb2.Image(uri="u", phash=0), listing_pb2.Image(uri="v", sha256="0a" * 32)]),
    a_listing_message(attributes={"b": "2", "a": "1"}, authorisation_ids=["y", "x"]),
    a_listing_message(edited_at=Timestamp(seconds=-1, nanos=999_999_999)),
    screening(a_listing_message(), request_id=an_id()),
    pb.ScreenListingRequest(listing_id="a", explain=True),
    an_order_message(quantity=0, stars=1, paid=yuan_message(0)),
]


@pytest.mark.parametrize("message", TOLD_IN_PART, ids=_named)
def test_what_is_not_said_and_what_is_said_to_be_nothing_are_told_apart(message: Message) -> None:
    assert _quickly(message) == _plainly(message) is not None


def _a_fact(**said: Any) -> supplier_fact_pb2.SupplierFact:
    return supplier_fact_pb2.SupplierFact(fact_id="f", supplier_id="acme", observed_at=a_moment(), **said)


REFUSED = [
    (_a_fact(sample=supplier_fact_pb2.SampleInspection(lot_size=50, sample_size=80)), "sample.sample_size"),
    (_a_fact(sample=supplier_fact_pb2.SampleInspection(lot_size=50, sample_size=8, major=9)), "sample.minor"),
    (
        _a_fact(service=supplier_fact_pb2.DayOfService(day=Date(year=2026, month=1, day=1), contacts=1, answered=2)),
        "service.answered",
    ),
    (_a_fact(service=supplier_fact_pb2.DayOfService(day=Date(year=2099, month=1, day=1))), "service.day"),
    (
        _a_fact(sales=supplier_fact_pb2.DayOfSales(day=Date(year=2099, month=1, day=1), sales=yuan_message(1))),
        "sales.day",
    ),
    (
        _a_fact(
            incident=supplier_fact_pb2.SupplierIncident(
                kind=supplier_fact_pb2.INCIDENT_KIND_TERMS,
                gravity=supplier_fact_pb2.INCIDENT_GRAVITY_HIGH,
                settled_at=Timestamp(seconds=1),
            )
        ),
        "incident.settled_at",
    ),
    (
        _a_fact(
            incident=supplier_fact_pb2.SupplierIncident(
                kind=supplier_fact_pb2.INCIDENT_KIND_TERMS,
                gravity=supplier_fact_pb2.INCIDENT_GRAVITY_HIGH,
                settled_at=Timestamp(seconds=253_402_300_799),
            )
        ),
        "incident.settled_at",
    ),
    (
        _a_fact(audit=supplier_fact_pb2.Audit(scheme="SA8000", audited_on=Date(year=9999, month=12, day=31))),
        "audit.audited_on",
    ),
    (
        _a_fact(
            audit=supplier_fact_pb2.Audit(
                scheme="SA8000",
                audited_on=Date(year=2026, month=1, day=2),
                valid_to=Date(year=2026, month=1, day=1),
            )
        ),
        "audit.valid_to",
    ),
    (
        _a_fact(
            document=supplier_fact_pb2.SupplierDocument(
                kind=supplier_fact_pb2.DOCUMENT_KIND_LICENCE, verified=True, edited=True
            )
        ),
        "document.edited",
    ),
    (_a_fact(referral=supplier_fact_pb2.Referral(referrer_id="acme")), "referral.referrer_id"),
    (_a_fact(succession=supplier_fact_pb2.Succession(successor_id="acme")), "succession.successor_id"),
    (a_listing_message(created_at=Timestamp(seconds=253_402_300_800)), "created_at"),
    (a_listing_message(images=[listing_pb2.Image(uri="u", sha256="zz" * 32)]), "images[0].sha256"),
    (a_listing_message(images=[listing_pb2.Image(uri="u", sha256=" 0" * 32)]), "images[0].sha256"),
    (
        a_listing_message(
            offer=listing_pb2.Offer(single_price=yuan_message(1), unit_cost={"currency_code": "USD", "units": 1})
        ),
        "offer.unit_cost",
    ),
    (supplier_pb2.Supplier(supplier_id="a", name="b", licence_valid_until=Date(year=2026)), "licence_valid_until"),
    (
        an_authorisation_message(valid_to=Date(year=2025, month=12, day=31)),
        "valid_to",
    ),
]


@pytest.mark.parametrize(("message", "field"), REFUSED)
def test_what_is_refused_is_explained_by_the_plain_way(message: Message, field: str) -> None:
    kind = type(message)
    with pytest.raises(InvalidInput) as caught:
        reader(kind, FACTS, PLAIN[kind])(message)
    assert [each.field for each in caught.value.violations] == [field]


def test_a_value_with_a_part_that_the_message_has_not_is_refused_before_any_message_comes() -> None:
    def picture(uri: str, author: str) -> Image:
        return Image(uri + author)

    with pytest.raises(TypeError, match=r"zhengpin\.v1\.Image has no field for author"):
        quick_reader(listing_pb2.Image, Made({"zhengpin.v1.Image": maker(picture)}))


def test_a_part_that_may_be_left_out_needs_to_be_something_then() -> None:
    def picture(uri: str, phash: int) -> Image:
        return Image(uri, phash=phash)

    with pytest.raises(TypeError, match="phash may be left out"):
        quick_reader(listing_pb2.Image, Made({"zhengpin.v1.Image": maker(picture)}))
