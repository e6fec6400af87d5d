"""Forecasts of genuine prices, one row for each product, brand and category in a place, currency and condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import ColumnElement, FromClause, bindparam, delete, func, select

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.genuine_price import (
    Basis,
    Forecast,
    GenuinePrice,
    PriceForecast,
    PriceSubject,
    WayOfSelling,
    brand_subject,
    category_subject,
)
from zhengpin.domain.listing import SaleKind
from zhengpin.domain.price import PriceChannel
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage import tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

RECALLED = 2048
"""Forecasts that are kept beside their texts."""
SUBJECTS = ("product", "brand", "category")
"""Whose forecast is looked for, the nearest first."""
ASKED = (*SUBJECTS, "territory", "currency", "condition")
"""The columns of what a statement is asked that `forecast_of` looks at; `asked_of` fills them."""

_FORECASTS = tables.price_forecasts.c
_FORGET = delete(tables.price_forecasts).where(
    _FORECASTS.marketplace == HERE, _FORECASTS.made_at < bindparam("made_at", type_=_FORECASTS.made_at.type)
)


def forecast_of(asked: FromClause) -> ColumnElement[str]:
    """The nearest forecast to each of what is asked, as a text; null without any."""
    return func.coalesce(*(_text_of(asked, name) for name in SUBJECTS)).label("forecast")


def _text_of(asked: FromClause, name: str) -> ColumnElement[str]:
    table = tables.price_forecasts.alias(f"{name}_forecasts")
    place = [table.c[each] == asked.c[each] for each in PriceSubject._fields[1:]]
    found = select(table.c.body).where(table.c.marketplace == HERE, table.c.subject == asked.c[name], *place)
    return found.correlate(asked).scalar_subquery()


def asked_of(query: SnapshotQuery) -> tuple[str, ...]:
    """What a listing asks: the columns `ASKED`."""
    listing = query.listing
    prices = (listing.offer.single_price, *(tier.price for tier in listing.offer.group_tiers))
    currency = next((price.currency for price in prices if price is not None), "")
    brand = brand_subject(normalised_name(listing.brand), listing.category)
    category = category_subject(listing.category)
    return (query.product_key, brand, category, listing.territory, currency, listing.condition)


@dataclass(frozen=True, slots=True)
class PriceForecasts:
    """The forecasts of one marketplace, to be replaced."""

    scope: Scope

    def put(self, forecasts: Iterable[tuple[PriceSubject, PriceForecast]]) -> None:
        """Store forecasts, each in place of what was known of its subject."""
        rows = ((*subject, forecast.made_at, forecast_to_text(forecast)) for subject, forecast in forecasts)
        self.scope.upsert_distinct(tables.price_forecasts, rows)

    def forget_before(self, made_at: datetime) -> int:
        """Take away those that were made before, and tell how many."""
        return self.scope.change(_FORGET, made_at=made_at)


def forecast_to_text(forecast: PriceForecast) -> str:
    """A forecast as JSON, prices to six digits."""
    ways = {
        f"{way.sale_kind}/{way.channel}": (
            _price_to_json(found.price),
            {seller: _price_to_json(price) for seller, price in found.without.items()},
        )
        for way, found in forecast.ways.items()
    }
    return to_json((forecast.made_at, ways)).decode()


@lru_cache(RECALLED)
def forecast_from_text(text: str) -> PriceForecast:
    """The forecast that `forecast_to_text` wrote."""
    made_at, ways = from_json(text)
    return PriceForecast(
        datetime.fromisoformat(made_at), {_way(name): _forecast(*found) for name, found in ways.items()}
    )


@lru_cache
def _way(name: str) -> WayOfSelling:
    sale_kind, channel = name.split("/")
    return WayOfSelling(SaleKind(sale_kind), PriceChannel(channel))


def _forecast(price: Any, without: Mapping[str, Any]) -> Forecast:
    return Forecast(_price_from_json(price), {seller: _price_from_json(each) for seller, each in without.items()})


def _price_to_json(price: GenuinePrice | None) -> tuple[Any, ...] | None:
    if price is None:
        return None
    ends = (float(f"{each:.6g}") for each in (price.expected, price.low, price.high))
    return (*ends, price.basis, price.observations)


def _price_from_json(told: Any) -> GenuinePrice | None:
    if told is None:
        return None
    expected, low, high, basis, observations = told
    return GenuinePrice(expected, low, high, Basis(basis), observations)
