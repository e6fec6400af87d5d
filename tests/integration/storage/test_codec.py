"""Values go into the database whole: what comes out is equal, whatever was put in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengpin.domain import brand, edition, image, listing, order, outcome, supplier
from zhengpin.storage import codec

# A database can't hold halves of surrogate pairs, and neither can the messages that texts come from.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(str, texts)
st.register_type_strategy(float, numbers)
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))

KINDS: dict[Any, codec.Codec[Any]] = {
    supplier.Supplier: codec.SUPPLIER,
    supplier.Shop: codec.SHOP,
    brand.Brand: codec.BRAND,
    brand.Authorisation: codec.AUTHORISATION,
    listing.Listing: codec.LISTING,
    tuple[listing.Edit, ...]: codec.EDITS,
    listing.StoredListing: codec.STORED_LISTING,
    order.OrderEvent: codec.ORDER_EVENT,
    outcome.Outcome: codec.OUTCOME,
    outcome.ListEntry: codec.LIST_ENTRY,
    image.RegisteredImage: codec.REGISTERED_IMAGE,
    edition.Edition: codec.EDITION,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: getattr(kind, "__name__", str(kind)))
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_every_value_comes_back_equal(kind: Any, data: st.DataObject) -> None:
    value, way = data.draw(st.from_type(kind)), KINDS[kind]
    assert way.from_text(way.to_text(value)) == value
    assert way.unpack(way.pack(value)) == value


def test_what_was_kept_is_recalled_without_reading_it() -> None:
    way: codec.Codec[brand.Brand] = codec.Codec(brand.Brand)
    value = brand.Brand("brand-1", "Acme")
    assert way.recall(way.keep(value)) is value
