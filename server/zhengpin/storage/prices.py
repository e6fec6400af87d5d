"""Prices as observed, the baselines they make, and what each listing cost before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isclose
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from zhengpin.detectors.prices import units_for_price
from zhengpin.domain.listing import Condition, Listing, SaleKind
from zhengpin.domain.price import PriceChannel, PriceObservation, Stratum
from zhengpin.domain.snapshot import OwnPrice
from zhengpin.storage import tables
from zhengpin.storage.lookups import is_one_of, starting_from, with_each
from zhengpin.storage.quotes import quotes_from_text, text_with
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each

OWN_PRICE_DAYS = 30
HELD_BEFORE_DAYS = 7

_BASELINES = tables.baselines.c
_OWN = tables.listing_prices.c
_EARLIER = tables.listing_prices.alias("earlier")
_SINCE = bindparam("since", type_=_OWN.held_from.type)

_STRATA = each("strata", *Stratum._fields)
OF_STRATA = select(tables.baselines).select_from(
    starting_from(
        _STRATA,
        tables.baselines,
        and_(_BASELINES.marketplace == HERE, *(_BASELINES[name] == _STRATA.c[name] for name in Stratum._fields)),
    )
)
_JOINED = tables.joined_products.c
_OF_MARKETS = select(*_STRATA.c, _BASELINES.quotes).select_from(
    starting_from(
        with_each(
            _STRATA,
            (
                tables.joined_products,
                and_(_JOINED.marketplace == HERE, _JOINED.product_key == _STRATA.c.product_key),
            ),
        ),
        tables.baselines,
        and_(
            _BASELINES.marketplace == HERE,
            is_one_of(_BASELINES.product_key, _STRATA.c.product_key, _JOINED.joined_key),
            *(_BASELINES[name] == _STRATA.c[name] for name in Stratum._fields[1:]),
        ),
    )
)
_HELD_AT_START = (
    select(func.max(_EARLIER.c.held_from))
    .where(
        _EARLIER.c.marketplace == HERE,
        _EARLIER.c.listing_id == _OWN.listing_id,
        _EARLIER.c.currency == _OWN.currency,
        _EARLIER.c.held_from <= _SINCE,
    )
    .scalar_subquery()
)
_OWN_PRICES = (
    select(_OWN.listing_id, _OWN.held_from, _OWN.observation_id, _OWN.currency, _OWN.price, _OWN.units)
    .where(
        among(tables.listing_prices, "ids", "listing_id"),
        _OWN.held_from < bindparam("as_of", type_=_OWN.held_from.type),
        _OWN.held_from >= func.coalesce(_HELD_AT_START, _SINCE, type_=_OWN.held_from.type),
    )
    .order_by(_OWN.listing_id, _OWN.held_from, _OWN.observation_id)
)


@dataclass(frozen=True, slots=True)
class PriceReader:
    """Prices as they are stored."""

    scope: Scope

    def quote_texts(self, strata: Collection[Stratum]) -> dict[Stratum, str]:
        """What is kept of each stratum, in the form that `quotes.quotes_from_text` reads; of most there is nothing.

        It changes with every new price: equal texts are equal quotes.
        """
        rows = self.scope.rows(OF_STRATA, strata=list(strata)) if strata else ()
        texts = {row[1:-1]: row.quotes for row in rows}
        return {stratum: texts[stratum] for stratum in strata if stratum in texts}

    def market_texts(self, strata: Collection[Stratum]) -> dict[Stratum, str]:
        """What is kept of each stratum and of the same one of the product that it is joined with, as one text.

        Of a seller with prices of both the latest one counts.
        """
        texts: dict[Stratum, str] = {}
        for row in self.scope.rows(_OF_MARKETS, strata=list(strata)) if strata else ():
            stratum = _stratum_from_row(row)
            known = texts.get(stratum)
            texts[stratum] = row.quotes if known is None else text_with(known, quotes_from_text(row.quotes))
        return texts

    def own_prices(self, listings: Collection[Listing], as_of: datetime) -> dict[str, OwnPrice]:
        """What each listing cost before, in the currency that it asks now, by id; without any price it is left out.

        A price holds from when it was asked until the next one. What was recorded of the time before the listing was
        told stands in for what it asked then. A price of another number of units counts for as many as are sold
        together now; where either number can't be told, it counts as it was asked.
        """
        asking = {each.listing_id: each for each in listings if each.offer.single_price is not None}
        if not asking:
            return {}
        units = {key: units_for_price(listing) for key, listing in asking.items()}
        since = as_of - timedelta(days=OWN_PRICE_DAYS)
        history: defaultdict[str, list[tuple[datetime, float]]] = defaultdict(list)
        for row in self.scope.rows(_OWN_PRICES, ids=asking.keys(), since=since, as_of=as_of):
            listing = asking[row.listing_id]
            price = listing.offer.single_price
            if price is not None and price.currency == row.currency:
                history[row.listing_id].append((row.held_from, row.price * _times(units[row.listing_id], row.units)))
        asked = {each.listing_id: float(each.offer.single_price) for each in asking.values() if each.offer.single_price}
        return {listing_id: _own_price(held, asked[listing_id], as_of) for listing_id, held in history.items()}


def stratum_of(price: PriceObservation) -> Stratum:
    """The prices that this one may be compared with."""
    return Stratum(
        price.product_key,
        price.territory,
        price.unit_price.currency,
        price.condition,
        price.sale_kind,
        price.channel,
    )


def _times(units_now: int | None, units_then: int | None) -> float:
    """How many times what was sold together then is sold together now."""
    return units_now / units_then if units_now and units_then else 1


def _own_price(held: Sequence[tuple[datetime, float]], asked_now: float, as_of: datetime) -> OwnPrice:
    """Sum up a price history, the oldest first, whose first entry may have begun before the window."""
    week_ago = as_of - timedelta(days=HELD_BEFORE_DAYS)
    before = [price for held_from, price in held if held_from <= week_ago]
    prices = [price for _, price in held]
    while prices and isclose(prices[-1], asked_now):  # what is asked now is no price that came before it
        prices.pop()
    if not prices and held[0][0] <= as_of - timedelta(days=OWN_PRICE_DAYS):  # asked all the while, it is its own prior
        prices.append(asked_now)
    return OwnPrice(lowest_30d=min(prices, default=None), single_7d_ago=before[-1] if before else None)


def _stratum_from_row(row: Any) -> Stratum:
    return Stratum(
        row.product_key,
        row.territory,
        row.currency,
        Condition(row.condition),
        SaleKind(row.sale_kind),
        PriceChannel(row.channel),
    )
