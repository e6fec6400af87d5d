"""The kinds of facts as they stand in requests: which field holds the items, and how an item is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message

from zhengpin.errors import InvalidInput, ZhengpinError
from zhengpin.service.convert.becomes import FACTS
from zhengpin.service.convert.facts import (
    authorisation_from_proto,
    brand_from_proto,
    list_entry_from_proto,
    order_event_from_proto,
    outcome_from_proto,
    price_report_from_proto,
    registered_image_from_proto,
    supplier_from_proto,
)
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.service.convert.supplier_fact import supplier_fact_from_proto
from zhengpin.service.convert.vote import vote_from_proto, voter_from_proto
from zhengpin.service.reading import reader
from zhengpin.usecases.record_facts import FactKind
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


@dataclass(frozen=True, slots=True)
class Batch:
    """One kind of facts as it stands in a request: which field holds the items, and how an item is read."""

    kind: FactKind
    field: str
    read: Callable[[Any], Any]
    """Gives the refusal of an item that can't be read."""

    def items_of(self, request: Any) -> Sequence[Any]:
        """The items of a request of this kind."""
        return list(getattr(request, self.field))  # a list, for each look at an item of a message makes a new object


def _fact(kind: type[Message], convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give what reads facts; one that can't be read becomes its refusal, so that the stored answer has it too."""
    read = reader(kind, FACTS, convert)

    def read_or_refuse(message: Any) -> Any:
        try:
            return read(message)
        except InvalidInput as refusal:
            return refusal

    return read_or_refuse


_supplier = _fact(supplier_pb2.Supplier, supplier_from_proto)
_listing = _fact(listing_pb2.Listing, listing_from_proto)
_brand = _fact(brand_pb2.Brand, brand_from_proto)
_authorisation = _fact(brand_pb2.Authorisation, authorisation_from_proto)
_price_report = _fact(price_pb2.PriceObservation, price_report_from_proto)
_order_event = _fact(order_pb2.OrderEvent, order_event_from_proto)
_outcome = _fact(outcome_pb2.Outcome, outcome_from_proto)
_list_entry = _fact(outcome_pb2.ListEntry, list_entry_from_proto)
_image = _fact(image_pb2.RegisteredImage, registered_image_from_proto)
_supplier_fact = _fact(supplier_fact_pb2.SupplierFact, supplier_fact_from_proto)

read_voter = _fact(vote_pb2.Voter, voter_from_proto)
read_vote = _fact(vote_pb2.Vote, vote_from_proto)

SUPPLIERS = Batch(FactKind.SUPPLIERS, "suppliers", _supplier)
LISTINGS = Batch(FactKind.LISTINGS, "listings", _listing)
BRANDS = Batch(FactKind.BRANDS, "brands", _brand)
AUTHORISATIONS = Batch(FactKind.AUTHORISATIONS, "authorisations", _authorisation)
PRICES = Batch(FactKind.PRICES, "prices", _price_report)
ORDERS = Batch(FactKind.ORDERS, "events", _order_event)
OUTCOMES = Batch(FactKind.OUTCOMES, "outcomes", _outcome)
LIST_ENTRIES = Batch(FactKind.LIST_ENTRIES, "entries", _list_entry)
IMAGES = Batch(FactKind.IMAGES, "images", _image)
SUPPLIER_FACTS = Batch(FactKind.SUPPLIER_FACTS, "facts", _supplier_fact)

PAGES = {
    "suppliers": SUPPLIERS,
    "listings": LISTINGS,
    "brands": BRANDS,
    "authorisations": AUTHORISATIONS,
    "prices": PRICES,
    "orders": ORDERS,
    "outcomes": OUTCOMES,
    "entries": LIST_ENTRIES,
    "images": IMAGES,
    "supplier_facts": SUPPLIER_FACTS,
}
"""By the field of `IngestEventsRequest` that brings it."""


def problems_in(found: Sequence[ZhengpinError | None]) -> dict[int, ZhengpinError]:
    """What was wrong with items, by place."""
    return {place: problem for place, problem in enumerate(found) if problem is not None}
