"""What is stored: over the public API what it tells, and from the database itself what only it can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import grpc
from sqlalchemy import Connection, Select, Table, create_engine, make_url, select

from callers import Caller
from faults.books import Book
from faults.expected_orders import COUNTERS, LINE_COUNTERS
from zhengpin.domain.price import PriceObservation
from zhengpin.storage import codec, tables
from zhengpin.storage.observations import observation_from_row
from zhengpin.storage.quotes import quotes_from_text
from zhengpin.v1 import catalog_service_pb2, listing_pb2, screening_service_pb2, verdict_pb2

CALLS_AT_ONCE = 4


@contextmanager
def reading(database: str) -> Iterator[Connection]:
    """One state of the database, which can't be changed through this connection."""
    url = make_url(database)
    on_sqlite = url.drivername.startswith("sqlite")
    if on_sqlite:
        url = url.set(database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            options = {} if on_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            yield connection.execution_options(**options)
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of one marketplace."""

    connection: Connection
    marketplace: str

    def ids(self, table: Table, *names: str) -> Book:
        """How often there is a row under each key; of one column the key is its value."""
        rows = self._rows(select(*(table.c[name] for name in names)), table)
        return {tuple(row) if len(names) > 1 else row[0]: 1 for row in rows}

    def offsets(self) -> Book:
        """How far each stream is committed."""
        streams = tables.streams
        return {row[0]: row[1] for row in self._rows(select(streams.c.stream_id, streams.c.committed_offset), streams)}

    def verdict_numbers(self) -> tuple[tuple[int, str, str], ...]:
        """Number, verdict and listing of each verdict, in the order of their numbers."""
        table = tables.verdicts
        asked = select(table.c.sequence, table.c.verdict_id, table.c.listing_id).order_by(table.c.sequence)
        return tuple((row[0], row[1], row[2]) for row in self._rows(asked, table))

    def order_events(self) -> Book:
        """What each event says."""
        events = (codec.ORDER_EVENT.from_text(row.body) for row in self._whole(tables.order_events))
        return {
            e.event_id: (
                e.order_id,
                e.listing_id,
                e.supplier_id,
                str(e.kind),
                int(e.happened_at.timestamp()),
                e.quantity,
            )
            for e in events
        }

    def order_lines(self) -> Book:
        """Every count of a line of an order that is not 0."""
        return {
            (row.order_id, row.listing_id, row.supplier_id, name): count
            for row in self._whole(tables.order_lines)
            for name in ("units", *LINE_COUNTERS)
            if (count := getattr(row, name))
        }

    def order_times(self) -> Book:
        """When each line of an order began, was paid and was first seen by a carrier, in seconds since 1970."""
        return {
            (row.order_id, row.listing_id, row.supplier_id): tuple(
                None if moment is None else int(moment.timestamp())
                for moment in (row.first_event_at, row.paid_at, row.carried_at)
            )
            for row in self._whole(tables.order_lines)
        }

    def order_days(self) -> Book:
        """Every count that is not 0."""
        return {
            (row.subject_kind, row.subject, row.day.isoformat(), name): count
            for row in self._whole(tables.order_days)
            for name in COUNTERS
            if (count := getattr(row, name))
        }

    def units_sold(self) -> Book:
        """By listing."""
        return {row.listing_id: row.units for row in self._whole(tables.listing_sales)}

    def observations(self) -> tuple[PriceObservation, ...]:
        """Every price, reported or asked."""
        return tuple(map(observation_from_row, self._whole(tables.price_observations)))

    def quotes(self) -> Book:
        """What the baselines hold, by stratum and seller."""
        return {
            (*_stratum(row), quote.seller): (quote.observation_id, quote.captured_at, quote.nanos, quote.listing_id)
            for row in self._whole(tables.baselines)
            for quote in quotes_from_text(row.quotes)
        }

    def price_history(self) -> tuple[tuple[str, datetime, str, int], ...]:
        """Listing, moment, observation (empty for the listing's own word) and price in billionths, in order of time."""
        rows = self._rows(select(tables.listing_prices).order_by(tables.listing_prices.c.held_from), _HISTORY)
        return tuple((row.listing_id, row.held_from, row.observation_id, round(row.price * 1e9)) for row in rows)

    def _whole(self, table: Table) -> Sequence[Any]:
        return self._rows(select(table), table)

    def _rows(self, statement: Select[Any], table: Table) -> Sequence[Any]:
        return self.connection.execute(statement.where(table.c.marketplace == self.marketplace)).all()


_HISTORY = tables.listing_prices


def read_listings(caller: Caller, listing_ids: Sequence[str]) -> dict[str, listing_pb2.StoredListing]:
    """Listings over the API, deleted ones with their tombstone; those that it does not know are left out."""
    with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
        answers = pool.map(lambda each: _read_listing(caller, each), listing_ids)
        return {key: stored for key, stored in zip(listing_ids, answers, strict=True) if stored is not None}


def _read_listing(caller: Caller, listing_id: str) -> listing_pb2.StoredListing | None:
    try:
        stored: listing_pb2.StoredListing = caller.call(
            "GetListing", catalog_service_pb2.GetListingRequest(listing_id=listing_id)
        )
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.NOT_FOUND:
            return None
        raise
    return stored


def read_verdicts(caller: Caller) -> dict[str, verdict_pb2.Verdict]:
    """Every verdict over the API."""
    verdicts: dict[str, verdict_pb2.Verdict] = {}
    token = ""
    while True:
        request = screening_service_pb2.ListVerdictsRequest(page_size=1000, page_token=token)
        page = caller.call("ListVerdicts", request)
        verdicts |= {verdict.verdict_id: verdict for verdict in page.verdicts}
        token = page.next_page_token
        if not token:
            return verdicts


def _stratum(row: Any) -> tuple[str, ...]:
    return (row.product_key, row.territory, row.currency, row.condition, row.sale_kind, row.channel)
