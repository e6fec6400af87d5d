"""Streams that outlive their connection: watching from a cursor, ingesting by offset."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

import grpc

from zhengpin.v1 import catalog_service_pb2, screening_service_pb2, supplier_service_pb2
from zhengpin_client.errors import Busy, Unreachable, ZhengpinError

Page: TypeAlias = (
    catalog_service_pb2.UpsertSuppliersRequest
    | catalog_service_pb2.UpsertListingsRequest
    | catalog_service_pb2.RegisterBrandsRequest
    | catalog_service_pb2.RecordAuthorisationsRequest
    | catalog_service_pb2.RecordPricesRequest
    | catalog_service_pb2.RecordOrdersRequest
    | catalog_service_pb2.RecordOutcomesRequest
    | catalog_service_pb2.UpsertListEntriesRequest
    | catalog_service_pb2.RegisterImagesRequest
    | catalog_service_pb2.RecordSupplierFactsRequest
)

Failure: TypeAlias = Callable[[grpc.RpcError, str], ZhengpinError]
Watched = TypeVar(
    "Watched", screening_service_pb2.WatchVerdictsResponse, supplier_service_pb2.WatchSupplierScoresResponse
)
Ingest: TypeAlias = Callable[
    [Iterable[catalog_service_pb2.IngestEventsRequest]], catalog_service_pb2.IngestEventsResponse
]

_PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each new attempt; the last one repeats."""
_MOST_BREAKS = 10
"""Breaks in a row, without one page getting through, after which `ingest` gives up."""

_FIELD_OF: dict[type[Page], str] = {
    catalog_service_pb2.UpsertSuppliersRequest: "suppliers",
    catalog_service_pb2.UpsertListingsRequest: "listings",
    catalog_service_pb2.RegisterBrandsRequest: "brands",
    catalog_service_pb2.RecordAuthorisationsRequest: "authorisations",
    catalog_service_pb2.RecordPricesRequest: "prices",
    catalog_service_pb2.RecordOrdersRequest: "orders",
    catalog_service_pb2.RecordOutcomesRequest: "outcomes",
    catalog_service_pb2.UpsertListEntriesRequest: "entries",
    catalog_service_pb2.RegisterImagesRequest: "images",
    catalog_service_pb2.RecordSupplierFactsRequest: "supplier_facts",
}


def watch(
    method: str, open_stream: Callable[[str], Iterator[Watched]], cursor: str, failure: Failure
) -> Iterator[Watched]:
    """Yield pages for ever; a connection that broke, or that the server ended, is opened again at the last cursor."""
    breaks = 0
    while True:
        try:
            for page in open_stream(cursor):
                cursor, breaks = page.cursor or cursor, 0
                yield page
        except grpc.RpcError as error:
            cause = failure(error, method)
            if not isinstance(cause, Busy | Unreachable):
                raise cause from error
        time.sleep(_pause(breaks))
        breaks += 1


def ingest(
    send: Ingest, stream_id: str, pages: Iterable[Page], failure: Failure
) -> catalog_service_pb2.IngestEventsResponse:
    """Send every page that is not committed yet, asking after a break how far the server is."""
    if iter(pages) is pages:
        raise TypeError("pages can be gone through only once: give a list, or an object whose __iter__ starts anew")
    total = catalog_service_pb2.IngestEventsResponse()
    breaks = 0
    while True:
        try:
            done = send([catalog_service_pb2.IngestEventsRequest(stream_id=stream_id, offset=1)])
            if done.committed_offset > total.committed_offset:
                breaks = 0
            total.committed_offset = done.committed_offset
            _add(total, send(_numbered(stream_id, pages, after=done.committed_offset)))
        except grpc.RpcError as error:
            cause = failure(error, "IngestEvents")
            if not isinstance(cause, Busy | Unreachable) or breaks >= _MOST_BREAKS:
                raise cause from error
            time.sleep(_pause(breaks))
            breaks += 1
        else:
            return total


def _numbered(stream_id: str, pages: Iterable[Page], after: int) -> Iterator[catalog_service_pb2.IngestEventsRequest]:
    """Pages with their places in the stream, from the first that is not committed."""
    for offset, page in enumerate(pages, start=1):
        if offset > after:
            request = catalog_service_pb2.IngestEventsRequest(stream_id=stream_id, offset=offset)
            getattr(request, _FIELD_OF[type(page)]).CopyFrom(page)
            yield request


def _add(total: catalog_service_pb2.IngestEventsResponse, answer: catalog_service_pb2.IngestEventsResponse) -> None:
    """Add one call's answer to the sum."""
    total.committed_offset = max(total.committed_offset, answer.committed_offset)
    total.accepted += answer.accepted
    total.refused_items += answer.refused_items
    total.refused.extend(answer.refused)


def _pause(breaks: int) -> float:
    return _PAUSES[min(breaks, len(_PAUSES) - 1)]
