"""Record what a marketplace tells: suppliers, listings, brands, prices, orders and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from zhengpin.detectors.matching import product_key
from zhengpin.detectors.prices import newly_offered_prices
from zhengpin.domain.listing import Listing
from zhengpin.domain.outcome import Outcome
from zhengpin.errors import NotFound, ZhengpinError
from zhengpin.storage.store import Store
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.call import Call, replayed, sealed
from zhengpin.usecases.problem import problem_from_json, problem_to_json
from zhengpin.usecases.record_prices import record_prices
from zhengpin.usecases.supplier_profiling import SUPPLIER_PROFILING, SupplierProfiling

Problems: TypeAlias = list[ZhengpinError | None]
"""What was wrong with each item; `None` where it was stored."""

Recorder: TypeAlias = Callable[[UnitOfWork, Sequence[Any], datetime], Problems]


class FactKind(StrEnum):
    """What kind of facts a call brings."""

    SUPPLIERS = "suppliers"
    LISTINGS = "listings"
    BRANDS = "brands"
    AUTHORISATIONS = "authorisations"
    PRICES = "prices"
    ORDERS = "orders"
    OUTCOMES = "outcomes"
    LIST_ENTRIES = "list_entries"
    IMAGES = "images"
    SUPPLIER_FACTS = "supplier_facts"


class RecordFacts:
    """Store a batch of facts of one kind: all good items together, or none if the call fails."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], profiles: SupplierProfiling = SUPPLIER_PROFILING
    ) -> None:
        """Take what keeps the profiles of suppliers."""
        self._store = store
        self._clock = clock
        self._profiles = profiles

    def __call__(self, call: Call, kind: FactKind, items: Sequence[Any]) -> Problems:
        """Store the items; a request that was answered before is answered the same way and stores nothing.

        An item that can't be read comes as its refusal, which is kept with the answer: what can be read may be more the
        next time, when a moment that lay ahead has passed.
        """
        with self._store.begin(call.marketplace, len(items)) as unit:
            before = replayed(unit.requests, call)
            if before is not None:
                return [problem_from_json(problem) for problem in before]
            problems = record(unit, kind, items, self._clock(), self._profiles)
            answer = sealed([problem_to_json(problem) for problem in problems])
            unit.requests.add(call.method, call.request_id, call.payload_digest, answer, self._clock())
            call.check_deadline()
        return problems


def record(
    unit: UnitOfWork,
    kind: FactKind,
    items: Sequence[Any],
    now: datetime,
    profiles: SupplierProfiling = SUPPLIER_PROFILING,
) -> Problems:
    """Store items of one kind within a unit of work; those that come as refusals are answered with them."""
    readable = [item for item in items if not isinstance(item, ZhengpinError)]
    with profiles.following(unit, readable, now):
        found = iter(_RECORDERS[kind](unit, readable, now))
    return [item if isinstance(item, ZhengpinError) else next(found) for item in items]


def store_listings(unit: UnitOfWork, listings: Sequence[Listing], now: datetime) -> frozenset[str]:
    """Store listings, and what they ask as observations of the market; give the ids of those stored before."""
    keyed = [(listing, product_key(listing)) for listing in listings]
    before = unit.listings.upsert_many(keyed, now)
    last = {listing.listing_id: (listing, key) for listing, key in keyed}  # of one that came twice the last one asks
    asked = (newly_offered_prices(*told, before.get(listing_id), now) for listing_id, told in last.items())
    unit.prices.record_offers([price for prices in asked for price in prices])
    return frozenset(before)


def _outcomes(unit: UnitOfWork, items: Sequence[Outcome], _now: datetime) -> Problems:
    known = unit.listings.first_seen({item.listing_id for item in items})
    problems: Problems = [None if item.listing_id in known else NotFound("listing", item.listing_id) for item in items]
    unit.outcomes.record_many([item for item, problem in zip(items, problems, strict=True) if problem is None])
    return problems


def _storing(write: Callable[[UnitOfWork, Sequence[Any], datetime], object]) -> Recorder:
    """A recorder that has nothing to ask of an item beyond its form."""

    def recorder(unit: UnitOfWork, items: Sequence[Any], now: datetime) -> Problems:
        write(unit, items, now)
        return [None] * len(items)

    return recorder


_RECORDERS: Mapping[FactKind, Recorder] = {
    FactKind.SUPPLIERS: _storing(lambda unit, items, now: unit.suppliers.upsert_many(items, now)),
    FactKind.LISTINGS: _storing(store_listings),
    FactKind.BRANDS: _storing(lambda unit, items, now: unit.brands.upsert_many(items, now)),
    FactKind.AUTHORISATIONS: _storing(lambda unit, items, _now: unit.authorisations.upsert_many(items)),
    FactKind.PRICES: lambda unit, items, _now: record_prices(unit, items),
    FactKind.ORDERS: _storing(lambda unit, items, _now: unit.orders.record_many(items)),
    FactKind.OUTCOMES: _outcomes,
    FactKind.LIST_ENTRIES: _storing(lambda unit, items, _now: unit.list_entries.upsert_many(items)),
    FactKind.IMAGES: _storing(lambda unit, items, _now: unit.registered_images.upsert_many(items)),
    FactKind.SUPPLIER_FACTS: _storing(lambda unit, items, now: unit.supplier_facts.record_many(items, now)),
}
