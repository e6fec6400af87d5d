"""What prices add up to, computed anew and without the server's code: observations, histories, baselines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from google.type import money_pb2

from faults.applied import Applied
from faults.books import Book, Books
from zhengpin.domain.price import BASELINE_SELLERS, PriceObservation
from zhengpin.v1 import listing_pb2, price_pb2

NANOS = 1_000_000_000


def price_books(applied: Applied, first_seen: Mapping[str, datetime]) -> Books:
    """Reported prices, asked prices, and what each listing cost over time; a price that was told twice counts once.

    The workload sells single units, so that the price of a listing is the price of one unit.
    """
    reported = {price.observation_id: price for price in applied.prices}
    listings = {listing.listing_id: listing for listing in applied.listings}
    return {
        "price": {key: _reported_facts(price, listings) for key, price in reported.items()},
        "offer": {offer: 1 for listing in applied.listings for offer in _offers(listing)},
        "own price": dict(_own_prices(applied.listings)),
        "earlier price": {
            (price.listing_id, key): (price.captured_at.seconds, _unit_nanos(price))
            for key, price in reported.items()
            if _is_earlier(price, first_seen)
        },
    }


def quotes_of(observations: Iterable[PriceObservation]) -> Book:
    """Baselines computed anew from all stored observations: the latest quote of each seller in each stratum."""
    latest: defaultdict[tuple[Any, ...], dict[str, PriceObservation]] = defaultdict(dict)
    for each in sorted(observations, key=lambda each: (each.captured_at, each.observation_id)):
        price = each.unit_price
        stratum = (each.product_key, each.territory, price.currency, each.condition, each.sale_kind, each.channel)
        latest[tuple(map(str, stratum))][each.seller] = each
    for stratum, sellers in latest.items():
        assert len(sellers) <= BASELINE_SELLERS, f"the workload has too many sellers in {stratum}"
    return {
        (*stratum, seller): (each.observation_id, each.captured_at, each.unit_price.nanos, each.listing_id)
        for stratum, sellers in latest.items()
        for seller, each in sellers.items()
    }


def _reported_facts(price: price_pb2.PriceObservation, listings: Mapping[str, listing_pb2.Listing]) -> tuple[Any, ...]:
    if price.listing_id:
        listing = listings[price.listing_id]
        gtin, seller = listing.gtin, listing.supplier_id
    else:
        gtin, seller = price.product.gtin, f"{price.product.platform}:{price.product.seller}"
    channel = "group" if price.group_size > 1 else "single"
    return (f"gtin:{gtin:0>14}", seller, price.listing_id, channel, _unit_nanos(price), price.captured_at.seconds)


def _offers(listing: listing_pb2.Listing) -> Iterator[tuple[str, str, int]]:
    """What a listing asks: alone, and in groups."""
    yield (listing.listing_id, "single", _nanos(listing.offer.single_price))
    for tier in listing.offer.group_tiers:
        yield (listing.listing_id, "group", _nanos(tier.price))


def _own_prices(listings: Iterable[listing_pb2.Listing]) -> Iterator[tuple[tuple[str, int], tuple[int]]]:
    """The prices that each listing asked one after the other, numbered from 0."""
    asked: defaultdict[str, list[int]] = defaultdict(list)
    for listing in listings:
        price = _nanos(listing.offer.single_price)
        if asked[listing.listing_id][-1:] != [price]:
            asked[listing.listing_id].append(price)
    for listing_id, prices in asked.items():
        # A tuple, because a price is no count: half of it is not a part of what was acknowledged.
        yield from (((listing_id, place), (price,)) for place, price in enumerate(prices))


def _is_earlier(price: price_pb2.PriceObservation, first_seen: Mapping[str, datetime]) -> bool:
    """Whether it tells what a listing cost, bought alone, before the listing was told."""
    seen = first_seen.get(price.listing_id)
    return seen is not None and price.group_size <= 1 and price.captured_at.seconds < seen.timestamp()


def _unit_nanos(price: price_pb2.PriceObservation) -> int:
    return (_nanos(price.paid) + _nanos(price.platform_subsidy)) // price.units


def _nanos(money: money_pb2.Money) -> int:
    return int(money.units * NANOS + money.nanos)
