"""The audit: does a marketplace hold exactly what was acknowledged, each request once?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection

from callers import Caller
from faults.applied import Applied, applied_by
from faults.books import Book, Books, compare, losses
from faults.expected_orders import order_books
from faults.expected_prices import price_books, quotes_of
from faults.ledger import Acknowledged, Breach
from faults.stored import Records, read_listings, read_verdicts
from zhengpin.domain.price import PriceObservation
from zhengpin.storage import tables
from zhengpin.v1 import listing_pb2, verdict_pb2

OFFER = "offer"
"""Observations that the server makes of what listings ask have ids that begin so."""


def audit_ids(connection: Connection, acknowledged: Sequence[Acknowledged], marketplace: str) -> tuple[Breach, ...]:
    """Look, without sending anything, whether each id that was acknowledged is stored."""
    return losses(
        marketplace, expected_ids(applied_by(acknowledged, marketplace)), _stored_ids(connection, marketplace)
    )


def audit_whole(
    connection: Connection, caller: Caller, acknowledged: Sequence[Acknowledged], marketplace: str
) -> tuple[Breach, ...]:
    """Compare everything, contents and sums included; nothing may be in doubt any more."""
    applied = applied_by(acknowledged, marketplace)
    records = Records(connection, marketplace)
    listings = read_listings(caller, sorted({listing.listing_id for listing in applied.listings}))
    verdicts = read_verdicts(caller)
    observations, numbers = records.observations(), records.verdict_numbers()
    first_seen = {key: stored.first_seen_at.ToDatetime(UTC) for key, stored in listings.items()}
    expected = {
        **expected_ids(applied),
        **expected_decisions(applied, numbers),
        **order_books(applied.orders),
        **price_books(applied, first_seen),
        "quote": quotes_of(observations),
    }
    found = {
        **_stored_ids(connection, marketplace),
        **stored_decisions(listings, verdicts, numbers),
        **_stored_orders(records),
        **_stored_prices(records, observations),
    }
    return compare(marketplace, expected, found)


def expected_ids(applied: Applied) -> Books:
    """Whatever has an id, and how far streams are."""
    return {
        "request id": dict.fromkeys(applied.request_ids, 1),
        "listing id": {listing.listing_id: 1 for listing in applied.listings},
        "verdict id": {verdict.verdict_id: 1 for verdict in applied.verdicts},
        "event id": {event.event_id: 1 for event in applied.orders},
        "observation id": {price.observation_id: 1 for price in applied.prices},
        "stream": dict(applied.offsets),
    }


def _stored_ids(connection: Connection, marketplace: str) -> Books:
    records = Records(connection, marketplace)
    observations = records.ids(tables.price_observations, "observation_id")
    return {
        "request id": records.ids(tables.requests, "method", "request_id"),
        "listing id": records.ids(tables.listings, "listing_id"),
        "verdict id": records.ids(tables.verdicts, "verdict_id"),
        "event id": records.ids(tables.order_events, "event_id"),
        "observation id": {key: 1 for key in observations if not key.startswith(OFFER)},
        "stream": records.offsets(),
    }


def expected_decisions(applied: Applied, numbers: Sequence[tuple[int, str, str]]) -> Books:
    """Listings and verdicts as they were acknowledged; numbers without a gap; each verdict names the one before."""
    latest: dict[str, str] = {}
    replaces: dict[str, str] = {}
    for _, verdict_id, listing_id in numbers:
        replaces[verdict_id] = latest.get(listing_id, "")
        latest[listing_id] = verdict_id
    told = {listing.listing_id: listing for listing in applied.listings}
    return {
        "listing": {key: (listing, _deleted_at(applied.deleted.get(key))) for key, listing in told.items()},
        "verdict": {verdict.verdict_id: without_explanation(verdict) for verdict in applied.verdicts},
        "replaced by verdict": replaces,
        "verdict number": dict.fromkeys(range(1, len(numbers) + 1), 1),
    }


def stored_decisions(
    listings: Mapping[str, listing_pb2.StoredListing],
    verdicts: Mapping[str, verdict_pb2.Verdict],
    numbers: Sequence[tuple[int, str, str]],
) -> Books:
    """Listings and verdicts as the API tells them, numbers as the database has them."""
    return {
        "listing": {key: (stored.listing, _deleted_at(stored)) for key, stored in listings.items()},
        "verdict": verdicts,
        "replaced by verdict": {key: verdict.supersedes for key, verdict in verdicts.items()},
        "verdict number": {number: 1 for number, _, _ in numbers},
    }


def without_explanation(verdict: verdict_pb2.Verdict) -> verdict_pb2.Verdict:
    """A verdict as lists tell it."""
    bare = verdict_pb2.Verdict()
    bare.CopyFrom(verdict)
    bare.ClearField("explanation")
    return bare


def _stored_orders(records: Records) -> Books:
    return {
        "order event": records.order_events(),
        "order line": records.order_lines(),
        "times of an order line": records.order_times(),
        "orders of a day": records.order_days(),
        "units sold": records.units_sold(),
    }


def _stored_prices(records: Records, observations: Sequence[PriceObservation]) -> Books:
    history = records.price_history()
    reported = [each for each in observations if not each.observation_id.startswith(OFFER)]
    asked = [each for each in observations if each.observation_id.startswith(OFFER)]
    return {
        "price": {
            each.observation_id: (
                each.product_key,
                each.seller,
                each.listing_id,
                str(each.channel),
                each.unit_price.nanos,
                int(each.captured_at.timestamp()),
            )
            for each in reported
        },
        "offer": {(each.listing_id, str(each.channel), each.unit_price.nanos): 1 for each in asked},
        "own price": _numbered((listing_id, price) for listing_id, _, told_by, price in history if not told_by),
        "earlier price": {
            (listing_id, told_by): (int(moment.timestamp()), price)
            for listing_id, moment, told_by, price in history
            if told_by
        },
        "quote": records.quotes(),
    }


def _numbered(prices: Iterable[tuple[str, int]]) -> Book:
    """Each listing's prices under its id and their place, from 0."""
    places: dict[str, Any] = {}
    return {(key, next(places.setdefault(key, count()))): (price,) for key, price in prices}


def _deleted_at(stored: listing_pb2.StoredListing | None) -> datetime | None:
    return stored.deleted_at.ToDatetime(UTC) if stored and stored.HasField("deleted_at") else None
