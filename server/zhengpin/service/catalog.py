"""`CatalogService`: what a marketplace tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import grpc

from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.batch import Sorted, batch_response, first_field, sort_items
from zhengpin.service.call import call_of, marketplace_of
from zhengpin.service.convert.facts import (
    authorisation_from_proto,
    brand_from_proto,
    list_entry_from_proto,
    order_event_from_proto,
    outcome_from_proto,
    price_report_from_proto,
    supplier_from_proto,
)
from zhengpin.service.convert.listing import listing_from_proto, stored_listing_to_proto
from zhengpin.service.validation import check
from zhengpin.usecases.delete_listing import DeleteListing
from zhengpin.usecases.ingest_stream import IngestStream
from zhengpin.usecases.read_listings import ReadListings
from zhengpin.usecases.record_facts import FactKind, RecordFacts
from zhengpin.v1 import batch_pb2, catalog_service_pb2_grpc, listing_pb2
from zhengpin.v1 import catalog_service_pb2 as pb

MOST_REFUSED_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Batch:
    """One kind of facts as it stands in a request: which field holds the items, and how an item is read."""

    kind: FactKind
    field: str
    convert: Callable[[Any], Any]

    def items_of(self, request: Any) -> Sequence[Any]:
        """The items of a request of this kind."""
        items: Sequence[Any] = getattr(request, self.field)
        return items


SUPPLIERS = Batch(FactKind.SUPPLIERS, "suppliers", supplier_from_proto)
LISTINGS = Batch(FactKind.LISTINGS, "listings", listing_from_proto)
BRANDS = Batch(FactKind.BRANDS, "brands", brand_from_proto)
AUTHORISATIONS = Batch(FactKind.AUTHORISATIONS, "authorisations", authorisation_from_proto)
PRICES = Batch(FactKind.PRICES, "prices", price_report_from_proto)
ORDERS = Batch(FactKind.ORDERS, "events", order_event_from_proto)
OUTCOMES = Batch(FactKind.OUTCOMES, "outcomes", outcome_from_proto)
LIST_ENTRIES = Batch(FactKind.LIST_ENTRIES, "entries", list_entry_from_proto)

PAGES = {
    "suppliers": SUPPLIERS,
    "listings": LISTINGS,
    "brands": BRANDS,
    "authorisations": AUTHORISATIONS,
    "prices": PRICES,
    "orders": ORDERS,
    "outcomes": OUTCOMES,
    "entries": LIST_ENTRIES,
}
"""By the field of `IngestEventsRequest` that brings it."""


class CatalogServicer(catalog_service_pb2_grpc.CatalogServiceServicer):
    """The catalogue over gRPC."""

    def __init__(
        self,
        record_facts: RecordFacts,
        ingest_stream: IngestStream,
        read_listings: ReadListings,
        delete_listing: DeleteListing,
    ) -> None:
        self._record_facts = record_facts
        self._ingest_stream = ingest_stream
        self._read_listings = read_listings
        self._delete_listing = delete_listing

    def UpsertSuppliers(
        self, request: pb.UpsertSuppliersRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store suppliers."""
        return self._record("UpsertSuppliers", SUPPLIERS, request, context)

    def UpsertListings(
        self, request: pb.UpsertListingsRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store listings without screening them."""
        return self._record("UpsertListings", LISTINGS, request, context)

    def RegisterBrands(
        self, request: pb.RegisterBrandsRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store brands."""
        return self._record("RegisterBrands", BRANDS, request, context)

    def RecordAuthorisations(
        self, request: pb.RecordAuthorisationsRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store edges of the authorisation graph."""
        return self._record("RecordAuthorisations", AUTHORISATIONS, request, context)

    def RecordPrices(self, request: pb.RecordPricesRequest, context: grpc.ServicerContext) -> batch_pb2.BatchResponse:
        """Store prices."""
        return self._record("RecordPrices", PRICES, request, context)

    def RecordOrders(self, request: pb.RecordOrdersRequest, context: grpc.ServicerContext) -> batch_pb2.BatchResponse:
        """Store order events."""
        return self._record("RecordOrders", ORDERS, request, context)

    def RecordOutcomes(
        self, request: pb.RecordOutcomesRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store what listings turned out to be."""
        return self._record("RecordOutcomes", OUTCOMES, request, context)

    def UpsertListEntries(
        self, request: pb.UpsertListEntriesRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store allow, deny and watch entries."""
        return self._record("UpsertListEntries", LIST_ENTRIES, request, context)

    def GetListing(self, request: pb.GetListingRequest, context: grpc.ServicerContext) -> listing_pb2.StoredListing:
        """A stored listing."""
        return stored_listing_to_proto(self._read_listings.get(marketplace_of(context), request.listing_id))

    def DeleteListing(
        self, request: pb.DeleteListingRequest, context: grpc.ServicerContext
    ) -> listing_pb2.StoredListing:
        """Take a listing out of the catalogue."""
        return stored_listing_to_proto(
            self._delete_listing(call_of(context, "DeleteListing", request), request.listing_id)
        )

    def IngestEvents(
        self, request_iterator: Iterator[pb.IngestEventsRequest], context: grpc.ServicerContext
    ) -> pb.IngestEventsResponse:
        """Take a stream of pages."""
        return _Ingestion(self._ingest_stream, marketplace_of(context)).take(request_iterator)

    def _record(
        self, method: str, batch: Batch, request: Any, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store the good items of a batch, and say what is wrong with the others."""
        messages = batch.items_of(request)
        items = sort_items(messages, batch.convert)
        found = self._record_facts(call_of(context, method, request), batch.kind, [item for _, item in items.good])
        return batch_response([first_field(message) for message in messages], _merged(items, found))


def _merged(items: Sorted[Any], found: Sequence[Any]) -> dict[int, Any]:
    """What was wrong with an item's form, or with what it says, by place."""
    return items.problems | {
        place: problem for (place, _), problem in zip(items.good, found, strict=True) if problem is not None
    }


class _Ingestion:
    """One `IngestEvents` call."""

    def __init__(self, ingest_stream: IngestStream, marketplace: str) -> None:
        self._ingest_stream = ingest_stream
        self._marketplace = marketplace
        self._response = pb.IngestEventsResponse()
        self._named = 0

    def take(self, pages: Iterator[pb.IngestEventsRequest]) -> pb.IngestEventsResponse:
        """Commit page by page; answer how far the stream is committed."""
        stream_id = ""
        for page in pages:
            check(page)
            if stream_id and page.stream_id != stream_id:
                raise InvalidInput(FieldViolation("stream_id", f"changed from {stream_id!r} within one stream"))
            stream_id = page.stream_id
            self._take_page(page)
        if stream_id:
            self._response.committed_offset = self._ingest_stream.committed_offset(self._marketplace, stream_id)
        return self._response

    def _take_page(self, page: pb.IngestEventsRequest) -> None:
        field = page.WhichOneof("page")
        if field is None:
            return
        batch = PAGES[field]
        messages = batch.items_of(getattr(page, field))
        items = sort_items(messages, batch.convert)
        good = [item for _, item in items.good]
        found = self._ingest_stream(self._marketplace, page.stream_id, page.offset, batch.kind, good)
        if found is None:
            return
        problems = _merged(items, found)
        self._response.accepted += len(messages) - len(problems)
        self._response.refused_items += len(problems)
        self._name_refused(page.offset, messages, problems)

    def _name_refused(self, offset: int, messages: Sequence[Any], problems: dict[int, Any]) -> None:
        room = MOST_REFUSED_NAMED - self._named
        named = dict(sorted(problems.items())[:room])
        if not named:
            return
        self._named += len(named)
        results = batch_response([first_field(message) for message in messages], named).results
        self._response.refused.add(offset=offset, results=[result for result in results if result.index in named])
