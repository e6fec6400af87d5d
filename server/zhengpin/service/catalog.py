"""`CatalogService`: what a marketplace tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc

from zhengpin.service.batch import batch_response, ids_of
from zhengpin.service.call import call_of, marketplace_of
from zhengpin.service.convert.listing import stored_listing_to_proto
from zhengpin.service.fact_batches import (
    AUTHORISATIONS,
    BRANDS,
    IMAGES,
    LIST_ENTRIES,
    LISTINGS,
    ORDERS,
    OUTCOMES,
    PRICES,
    SUPPLIER_FACTS,
    SUPPLIERS,
    Batch,
    problems_in,
)
from zhengpin.service.ingestion import Ingestion
from zhengpin.usecases.delete_listing import DeleteListing
from zhengpin.usecases.ingest_stream import IngestStream
from zhengpin.usecases.read_listings import ReadListings
from zhengpin.usecases.record_facts import RecordFacts
from zhengpin.v1 import batch_pb2, catalog_service_pb2_grpc, listing_pb2
from zhengpin.v1 import catalog_service_pb2 as pb


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

    def RegisterImages(
        self, request: pb.RegisterImagesRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store official images and those of confirmed fakes."""
        return self._record("RegisterImages", IMAGES, request, context)

    def RecordSupplierFacts(
        self, request: pb.RecordSupplierFactsRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store what is known of suppliers beside their own records."""
        return self._record("RecordSupplierFacts", SUPPLIER_FACTS, request, context)

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
        return Ingestion(self._ingest_stream, marketplace_of(context)).take(request_iterator)

    def _record(
        self, method: str, batch: Batch, request: Any, context: grpc.ServicerContext
    ) -> batch_pb2.BatchResponse:
        """Store the good items of a batch, and say what is wrong with the others."""
        messages = batch.items_of(request)
        found = self._record_facts(call_of(context, method, request), batch.kind, [*map(batch.read, messages)])
        return batch_response(ids_of(messages), problems_in(found))
