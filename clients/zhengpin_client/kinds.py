"""The kinds of records that a marketplace tells Zhengpin, and the message that carries each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

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

Record: TypeAlias = (
    supplier_pb2.Supplier
    | supplier_fact_pb2.SupplierFact
    | brand_pb2.Brand
    | brand_pb2.Authorisation
    | image_pb2.RegisteredImage
    | listing_pb2.Listing
    | price_pb2.PriceObservation
    | order_pb2.OrderEvent
    | outcome_pb2.Outcome
    | outcome_pb2.ListEntry
    | vote_pb2.Voter
    | vote_pb2.Vote
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record."""

    name: str
    """As files and mappings call it."""
    message: type[Record]
    key: str
    """The field that identifies a record."""
    method: str
    """The method that stores it, in snake_case."""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("supplier", supplier_pb2.Supplier, "supplier_id", "upsert_suppliers"),
        Kind("supplier_fact", supplier_fact_pb2.SupplierFact, "fact_id", "record_supplier_facts"),
        Kind("brand", brand_pb2.Brand, "brand_id", "register_brands"),
        Kind("authorisation", brand_pb2.Authorisation, "authorisation_id", "record_authorisations"),
        Kind("image", image_pb2.RegisteredImage, "image_id", "register_images"),
        Kind("listing", listing_pb2.Listing, "listing_id", "upsert_listings"),
        Kind("price", price_pb2.PriceObservation, "observation_id", "record_prices"),
        Kind("order_event", order_pb2.OrderEvent, "event_id", "record_orders"),
        Kind("outcome", outcome_pb2.Outcome, "outcome_id", "record_outcomes"),
        Kind("list_entry", outcome_pb2.ListEntry, "entry_id", "upsert_list_entries"),
        Kind("voter", vote_pb2.Voter, "voter_id", "upsert_voters"),
        Kind("vote", vote_pb2.Vote, "vote_id", "import_votes"),
    )
}
"""In the order in which they must be sent: what others refer to comes first."""


def key_of(record: Record) -> str:
    """The record's own id; empty if it has none."""
    for kind in KINDS.values():
        if isinstance(record, kind.message):
            return str(getattr(record, kind.key))
    raise TypeError(f"{type(record).__name__} is no kind of record")
