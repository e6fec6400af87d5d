"""What the acknowledged requests of one marketplace told, item by item, in the order of sending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from faults.ledger import Acknowledged
from zhengpin.v1 import (
    batch_pb2,
    catalog_service_pb2,
    listing_pb2,
    order_pb2,
    price_pb2,
    screening_service_pb2,
    verdict_pb2,
)

PAGE = "IngestEvents"
"""The method of pages; the others answer once and have a request id."""
SCREEN, SCREEN_BATCH, DELETE = "ScreenListing", "BatchScreenListings", "DeleteListing"
TELLING = {"UpsertListings": "listings", "RecordPrices": "prices", "RecordOrders": "events"}
"""Methods that tell facts, and the field of their items."""


@dataclass(slots=True)
class Applied:
    """Everything that must be stored."""

    listings: list[listing_pb2.Listing] = field(default_factory=list)
    deleted: dict[str, listing_pb2.StoredListing] = field(default_factory=dict)
    """What is left of those that were not told again."""
    prices: list[price_pb2.PriceObservation] = field(default_factory=list)
    orders: list[order_pb2.OrderEvent] = field(default_factory=list)
    verdicts: list[verdict_pb2.Verdict] = field(default_factory=list)
    request_ids: set[tuple[str, str]] = field(default_factory=set)
    """With the methods whose they are."""
    offsets: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How far each stream is committed."""


def applied_by(acknowledged: Iterable[Acknowledged], marketplace: str) -> Applied:
    """Add up what one marketplace's requests told."""
    applied = Applied()
    for each in acknowledged:
        if each.sent.marketplace == marketplace:
            _apply(applied, each.sent.method, each.sent.request, each.answer)
    return applied


def _apply(applied: Applied, method: str, request: Any, answer: Any) -> None:
    if method == PAGE:
        applied.offsets[request.stream_id] = max(applied.offsets[request.stream_id], request.offset)
        _tell(applied, getattr(request, request.WhichOneof("page")))
        return
    applied.request_ids.add((method, request.request_id))
    if method == SCREEN:
        _screened(applied, request, answer)
    elif method == SCREEN_BATCH:
        _batch_screened(applied, request, answer)
    elif method == DELETE:
        applied.deleted[request.listing_id] = answer
    else:
        _tell(applied, request, answer)


def _screened(applied: Applied, request: screening_service_pb2.ScreenListingRequest, answer: Any) -> None:
    applied.verdicts.append(answer)
    if request.HasField("listing"):
        _list(applied, [request.listing])


def _batch_screened(applied: Applied, request: Any, answer: screening_service_pb2.BatchScreenListingsResponse) -> None:
    for item, result in zip(request.requests, answer.results, strict=True):
        if not result.HasField("verdict"):
            continue
        _screened(applied, item, result.verdict)
        if item.request_id:
            applied.request_ids.add((SCREEN, item.request_id))


def _tell(applied: Applied, request: Any, answer: batch_pb2.BatchResponse | None = None) -> None:
    """Take in the items of a batch that were accepted; a page's were all, or its backend has reported it."""
    match request:
        case catalog_service_pb2.UpsertListingsRequest():
            _list(applied, _accepted(request.listings, answer))
        case catalog_service_pb2.RecordPricesRequest():
            applied.prices.extend(_accepted(request.prices, answer))
        case catalog_service_pb2.RecordOrdersRequest():
            applied.orders.extend(_accepted(request.events, answer))


def _list(applied: Applied, listings: Iterable[listing_pb2.Listing]) -> None:
    """Take in listings; deleted ones are back."""
    for listing in listings:
        applied.listings.append(listing)
        applied.deleted.pop(listing.listing_id, None)


def _accepted(items: Iterable[Any], answer: batch_pb2.BatchResponse | None) -> Iterator[Any]:
    refused = {result.index for result in answer.results if result.HasField("error")} if answer else set()
    return (item for place, item in enumerate(items) if place not in refused)
