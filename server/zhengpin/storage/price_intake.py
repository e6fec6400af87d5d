"""Prices on their way in: observations, the baselines they change, and what listings cost before they were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from zhengpin.domain.price import PriceChannel, PriceObservation, Stratum
from zhengpin.storage import tables
from zhengpin.storage.observations import observation_row
from zhengpin.storage.prices import PriceReader, stratum_of
from zhengpin.storage.quotes import Quote, quote_of, text_with
from zhengpin.storage.sets import among

_LISTINGS = tables.listings.c
_TOLD_LATER = select(_LISTINGS.listing_id, _LISTINGS.first_seen_at).where(
    among(tables.listings, "ids", "listing_id"),
    _LISTINGS.first_seen_at > bindparam("captured", type_=_LISTINGS.first_seen_at.type),
)


@dataclass(frozen=True, slots=True)
class Prices(PriceReader):
    """Prices, to be read and added to."""

    def record_many(self, prices: Sequence[PriceObservation]) -> int:
        """Store observations whose ids are new, bring their baselines up to date, and tell how many are new."""
        new = self._record_new(prices)
        self._add_own_history([price for price in new if price.listing_id and price.channel is PriceChannel.SINGLE])
        return len(new)

    def record_offers(self, prices: Sequence[PriceObservation]) -> None:
        """Store what listings ask from now on; they have told it themselves, so that it is no history of theirs."""
        self._record_new(prices)

    def _record_new(self, prices: Sequence[PriceObservation]) -> list[PriceObservation]:
        told = {price.observation_id: price for price in reversed(prices)}
        new = [
            told[row[0]]
            for row in self.scope.insert_new(tables.price_observations, map(observation_row, told.values()))
        ]
        self._merge_into_baselines([price for price in new if price.product_key])
        return new

    def _add_own_history(self, prices: Sequence[PriceObservation]) -> None:
        """Keep what listings cost before they were told; since then they say themselves what they ask."""
        if not prices:
            return
        rows = self.scope.rows(
            _TOLD_LATER,
            ids={price.listing_id for price in prices},
            captured=min(price.captured_at for price in prices),
        )
        told = {row.listing_id: row.first_seen_at for row in rows}
        earlier = (p for p in prices if p.listing_id in told and p.captured_at < told[p.listing_id])
        self.scope.insert(tables.listing_prices, map(own_row, earlier))

    def _merge_into_baselines(self, prices: Iterable[PriceObservation]) -> None:
        added: defaultdict[Stratum, list[Quote]] = defaultdict(list)
        for price in prices:
            added[stratum_of(price)].append(quote_of(price))
        known = self.quote_texts(added.keys())
        self.scope.upsert_distinct(
            tables.baselines, [(*stratum, text_with(known.get(stratum), quotes)) for stratum, quotes in added.items()]
        )


def baseline_row(stratum: Stratum, quotes: str) -> dict[str, Any]:
    """A row of `baselines`."""
    return {
        "product_key": stratum.product_key,
        "territory": stratum.territory,
        "currency": stratum.currency,
        "condition": stratum.condition,
        "sale_kind": stratum.sale_kind,
        "channel": stratum.channel,
        "quotes": quotes,
    }


def own_row(price: PriceObservation) -> dict[str, Any]:
    """A row of `listing_prices`: what a listing asked for one unit before it was told."""
    return {
        "listing_id": price.listing_id,
        "held_from": price.captured_at,
        "observation_id": price.observation_id,
        "currency": price.unit_price.currency,
        "price": float(price.unit_price),
        "units": 1,
    }
