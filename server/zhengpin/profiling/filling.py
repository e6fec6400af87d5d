"""A store that holds a simulated marketplace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain

from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message

from zhengpin.service.fact_batches import PAGES
from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.records import Fields
from zhengpin.storage.store import Store
from zhengpin.usecases.record_facts import record
from zhengpin.v1 import catalog_service_pb2

MARKETPLACE = "profile"
PAGE = 500
"""Records stored at once."""
_FIELDS = {
    "supplier": "suppliers",
    "brand": "brands",
    "authorisation": "authorisations",
    "image": "images",
    "listing": "listings",
    "price": "prices",
    "order_event": "orders",
    "outcome": "outcomes",
    "list_entry": "entries",
}
"""The field of `IngestEventsRequest` that brings the records of each kind."""


def fill(store: Store, market: Marketplace, told: Callable[[int], object]) -> None:
    """Store the marketplace; `told` hears how many more of its records are stored. Raises for one that is refused."""
    for field, records in _records(market).items():
        for page in _pages(records):
            items = [*map(PAGES[field].read, _messages(field, page))]
            with store.begin(MARKETPLACE, len(page)) as unit:
                problems = record(unit, PAGES[field].kind, items, datetime.now(UTC))
            refused = next(filter(None, problems), None)
            if refused is not None:
                raise refused
            told(len(page))


def _records(market: Marketplace) -> dict[str, list[Fields]]:
    """The marketplace's records by the field of `IngestEventsRequest` that brings them, in the order of telling."""
    found: dict[str, list[Fields]] = {field: [] for field in _FIELDS.values()}
    offers = list(market.offers())
    trade = (each for offer in offers for each in offer.trade())
    listings = ({"listing": offer.listing} for offer in offers)
    for told in chain(market.parties(), listings, market.elsewhere(), trade):
        ((kind, fields),) = told.items()
        found[_FIELDS[kind]].append(fields)
    return found


def _messages(field: str, records: Sequence[Fields]) -> Sequence[Message]:
    batch = PAGES[field]
    page = catalog_service_pb2.IngestEventsRequest()
    ParseDict({field: {batch.field: records}}, page)
    return batch.items_of(getattr(page, field))


def _pages(records: Sequence[Fields]) -> Iterable[Sequence[Fields]]:
    return (records[first : first + PAGE] for first in range(0, len(records), PAGE))
