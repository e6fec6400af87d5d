"""The catalogue's methods: what the marketplace tells."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import grpc

from zhengpin.v1 import (
    batch_pb2,
    brand_pb2,
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    image_pb2,
    listing_pb2,
    order_pb2,
    outcome_pb2,
    price_pb2,
    supplier_fact_pb2,
    supplier_pb2,
)
from zhengpin_client import streams
from zhengpin_client.connection import Connection
from zhengpin_client.errors import ZhengpinError, from_status
from zhengpin_client.kinds import KINDS, Record
from zhengpin_client.pipeline import MOST_ITEMS, in_order, pages


@dataclass(frozen=True, slots=True)
class Stored:
    """How one of many records fared; without an error it was stored."""

    record: Record
    error: ZhengpinError | None = None


class Catalog:
    """Suppliers, listings, brands, images, prices, orders and outcomes."""

    def __init__(self, connection: Connection) -> None:
        """Call over this connection."""
        self._connection = connection
        self._catalog = catalog_service_pb2_grpc.CatalogServiceStub(connection.channel)

    def upsert_suppliers(
        self, suppliers: Iterable[supplier_pb2.Supplier], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 suppliers with their shops; a stored one is replaced."""
        request = catalog_service_pb2.UpsertSuppliersRequest(request_id=_id(request_id), suppliers=suppliers)
        return self._connection.call("UpsertSuppliers", self._catalog.UpsertSuppliers, request)

    def upsert_listings(
        self, listings: Iterable[listing_pb2.Listing], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 listings without judging them."""
        request = catalog_service_pb2.UpsertListingsRequest(request_id=_id(request_id), listings=listings)
        return self._connection.call("UpsertListings", self._catalog.UpsertListings, request)

    def register_brands(
        self, brands: Iterable[brand_pb2.Brand], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 brands; a stored one is replaced."""
        request = catalog_service_pb2.RegisterBrandsRequest(request_id=_id(request_id), brands=brands)
        return self._connection.call("RegisterBrands", self._catalog.RegisterBrands, request)

    def record_authorisations(
        self, authorisations: Iterable[brand_pb2.Authorisation], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 edges of the authorisation graph."""
        request = catalog_service_pb2.RecordAuthorisationsRequest(
            request_id=_id(request_id), authorisations=authorisations
        )
        return self._connection.call("RecordAuthorisations", self._catalog.RecordAuthorisations, request)

    def record_prices(
        self, prices: Iterable[price_pb2.PriceObservation], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 prices; the same observation_id is stored once."""
        request = catalog_service_pb2.RecordPricesRequest(request_id=_id(request_id), prices=prices)
        return self._connection.call("RecordPrices", self._catalog.RecordPrices, request)

    def record_orders(
        self, events: Iterable[order_pb2.OrderEvent], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 order events; the same event_id is stored once."""
        request = catalog_service_pb2.RecordOrdersRequest(request_id=_id(request_id), events=events)
        return self._connection.call("RecordOrders", self._catalog.RecordOrders, request)

    def record_outcomes(
        self, outcomes: Iterable[outcome_pb2.Outcome], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store what up to 1,000 listings turned out to be; the same outcome_id is stored once."""
        request = catalog_service_pb2.RecordOutcomesRequest(request_id=_id(request_id), outcomes=outcomes)
        return self._connection.call("RecordOutcomes", self._catalog.RecordOutcomes, request)

    def upsert_list_entries(
        self, entries: Iterable[outcome_pb2.ListEntry], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 allow, deny and watch entries."""
        request = catalog_service_pb2.UpsertListEntriesRequest(request_id=_id(request_id), entries=entries)
        return self._connection.call("UpsertListEntries", self._catalog.UpsertListEntries, request)

    def register_images(
        self, images: Iterable[image_pb2.RegisteredImage], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 official pictures or pictures of confirmed fakes; a stored one is replaced."""
        request = catalog_service_pb2.RegisterImagesRequest(request_id=_id(request_id), images=images)
        return self._connection.call("RegisterImages", self._catalog.RegisterImages, request)

    def record_supplier_facts(
        self, facts: Iterable[supplier_fact_pb2.SupplierFact], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 facts about suppliers; of one fact_id the highest revision counts."""
        request = catalog_service_pb2.RecordSupplierFactsRequest(request_id=_id(request_id), facts=facts)
        return self._connection.call("RecordSupplierFacts", self._catalog.RecordSupplierFacts, request)

    def get_listing(self, listing_id: str) -> listing_pb2.StoredListing:
        """A stored listing with its latest edits; a deleted one comes with its tombstone."""
        request = catalog_service_pb2.GetListingRequest(listing_id=listing_id)
        return self._connection.call("GetListing", self._catalog.GetListing, request)

    def delete_listing(self, listing_id: str, *, request_id: str | None = None) -> listing_pb2.StoredListing:
        """Take a listing out of the catalogue; its tombstone, edits and verdicts stay."""
        request = catalog_service_pb2.DeleteListingRequest(request_id=_id(request_id), listing_id=listing_id)
        return self._connection.call("DeleteListing", self._catalog.DeleteListing, request)

    def ingest_events(
        self, requests: Iterable[catalog_service_pb2.IngestEventsRequest]
    ) -> catalog_service_pb2.IngestEventsResponse:
        """Send one stream of numbered pages as they are; `ingest` numbers them and goes on after a break."""
        try:
            return self._ingest(requests)
        except grpc.RpcError as error:
            raise self._connection.failure(error, "IngestEvents") from error

    def ingest(self, stream_id: str, pages: Iterable[streams.Page]) -> catalog_service_pb2.IngestEventsResponse:
        """Send pages in one stream, and after a break go on where the server stands.

        `pages` is gone through anew after a break, so it must give the same pages each time: a list or an object with
        `__iter__`, not a generator. The same `stream_id` after a crash goes on too. The answer adds up all calls, but
        what the server refused in a call that broke it can no longer tell: where every refusal matters, use
        `upsert_many`.
        """
        return streams.ingest(self._ingest, stream_id, pages, self._connection.failure)

    def upsert_many(
        self, kind: str, records: Iterable[Record], *, page_size: int = MOST_ITEMS, in_flight: int = 4
    ) -> Iterator[Stored]:
        """Store any number of records of one kind (a name of `KINDS`), and yield how each fared, in their order."""
        for page, response in in_order(
            lambda page: self.upsert_page(kind, page), pages(records, _size_of, page_size), in_flight
        ):
            refused = refusals(response)
            yield from (Stored(record, refused.get(place)) for place, record in enumerate(page))

    def upsert_page(
        self, kind: str, records: Iterable[Record], *, request_id: str | None = None
    ) -> batch_pb2.BatchResponse:
        """Store up to 1,000 records of one kind (a name of `KINDS`) with the kind's own method."""
        return cast("batch_pb2.BatchResponse", getattr(self, KINDS[kind].method)(records, request_id=request_id))

    def _ingest(
        self, requests: Iterable[catalog_service_pb2.IngestEventsRequest]
    ) -> catalog_service_pb2.IngestEventsResponse:
        return self._catalog.IngestEvents(iter(requests), metadata=self._connection.metadata)


def refusals(response: batch_pb2.BatchResponse) -> dict[int, ZhengpinError]:
    """The refused items of a batch, by their place in the request."""
    return {each.index: from_status(each.error) for each in response.results if each.HasField("error")}


def _id(request_id: str | None) -> str:
    return request_id or str(uuid.uuid4())


def _size_of(record: Record) -> int:
    return record.ByteSize()
