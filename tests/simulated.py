"""A simulated marketplace in a store, told in the order in which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message

from markets import NOW
from zhengpin.detectors.matching import query_for
from zhengpin.domain.listing import Listing
from zhengpin.domain.snapshot import Snapshot
from zhengpin.service.convert import facts
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.simulation import Marketplace, Offer
from zhengpin.storage import Store
from zhengpin.usecases.forecast_prices import ForecastPrices
from zhengpin.usecases.record_facts import FactKind, record
from zhengpin.v1 import brand_pb2, image_pb2, listing_pb2, order_pb2, outcome_pb2, price_pb2, supplier_pb2

MARKETPLACE = "simulated"
MESSAGES: dict[str, type[Message]] = {
    "supplier": supplier_pb2.Supplier,
    "brand": brand_pb2.Brand,
    "authorisation": brand_pb2.Authorisation,
    "image": image_pb2.RegisteredImage,
    "listing": listing_pb2.Listing,
    "price": price_pb2.PriceObservation,
    "order_event": order_pb2.OrderEvent,
    "outcome": outcome_pb2.Outcome,
    "list_entry": outcome_pb2.ListEntry,
}
_FACTS: dict[str, tuple[FactKind, Any]] = {
    "supplier": (FactKind.SUPPLIERS, facts.supplier_from_proto),
    "brand": (FactKind.BRANDS, facts.brand_from_proto),
    "authorisation": (FactKind.AUTHORISATIONS, facts.authorisation_from_proto),
    "image": (FactKind.IMAGES, facts.registered_image_from_proto),
    "price": (FactKind.PRICES, facts.price_report_from_proto),
    "order_event": (FactKind.ORDERS, facts.order_event_from_proto),
    "outcome": (FactKind.OUTCOMES, facts.outcome_from_proto),
    "list_entry": (FactKind.LIST_ENTRIES, facts.list_entry_from_proto),
}
_PAGE = 400


def fill(store: Store, market: Marketplace, offers: Sequence[Offer]) -> None:
    """Tell a store of parties, of listings as they were and as they are, and of trade; then forecast prices."""
    history = [each for offer in offers for each in offer.history()]
    before = [each["listing"] for each in history if "listing" in each]
    _tell(store, market.parties())
    _tell_listings(store, before)
    _tell(store, (each for each in history if "listing" not in each))
    edited = {each["listingId"] for each in before}
    _tell_listings(store, [offer.listing for offer in offers], edited)
    _tell(store, market.elsewhere())
    _tell(store, (each for offer in offers for each in offer.trade()))
    ForecastPrices(store, lambda: NOW)(MARKETPLACE, lambda _step, _count: None)


def _tell(store: Store, records: Iterable[dict[str, Any]]) -> None:
    by_kind: defaultdict[str, list[Any]] = defaultdict(list)
    for each in records:
        ((name, fields),) = each.items()
        by_kind[name].append(_FACTS[name][1](json_format.ParseDict(fields, MESSAGES[name]())))
    with store.begin(MARKETPLACE) as unit:
        for name, items in by_kind.items():
            for page in _pages(items):
                problems = [each for each in record(unit, _FACTS[name][0], page, NOW) if each is not None]
                assert not problems, problems[:3]


def _tell_listings(store: Store, listings: Iterable[dict[str, Any]], edited: Iterable[str] = ()) -> None:
    """Tell of listings at about the time of their making, or of their last edit where they are known already."""
    known = frozenset(edited)
    told = sorted(
        ((each["editedAt" if each["listingId"] in known else "createdAt"], a_listing_of(each)) for each in listings),
        key=lambda item: item[0],
    )
    with store.begin(MARKETPLACE) as unit:
        for _, page in groupby(told, key=_told_together):
            moments, page_listings = zip(*page, strict=True)
            record(unit, FactKind.LISTINGS, page_listings, datetime.fromisoformat(moments[0]))


def _told_together(item: tuple[str, Listing]) -> str:
    """The day of what happened lately, which signals look at by the day; the month of what is longer ago."""
    moment = item[0]
    return moment[:10] if moment >= (NOW - timedelta(days=70)).isoformat() else moment[:7]


def a_listing_of(fields: dict[str, Any]) -> Listing:
    """A listing's record as a domain value."""
    return listing_from_proto(json_format.ParseDict(fields, listing_pb2.Listing()))


def snapshots(store: Store, offers: Sequence[Offer]) -> Iterator[Snapshot]:
    """What is known around each listing, in their order."""
    with store.read(MARKETPLACE) as reader:
        for page in _pages(offers):
            yield from reader.snapshots.read_many([query_for(a_listing_of(each.listing)) for each in page], NOW)


def _pages(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + _PAGE] for start in range(0, len(items), _PAGE))
