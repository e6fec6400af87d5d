"""All prices of a marketplace seen together: what products tell one another, and a forecast for each of them.

It is made in three walks over the same products, so that memory holds a few numbers of each: `see_weeks` learns how
categories move, `see_level` what brands and categories cost, and `forecast_of` then tells what is expected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TypeAlias

import numpy as np

from zhengpin.detectors.genuine_price import (
    SELLERS_THAT_WEIGH,
    PriceQuote,
    Prior,
    genuine_price,
    locate,
    located_by,
)
from zhengpin.detectors.price_groups import Member, Reduction, group_prior, member_of, reduction_of
from zhengpin.detectors.price_index import Cell, PriceIndex, index_of
from zhengpin.domain.genuine_price import (
    REGULAR_SINGLE,
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
from zhengpin.domain.price_history import ProductPrices, ToldPrice

_WEEK = timedelta(days=7)
WAYS = tuple(WayOfSelling(kind, channel) for kind in SaleKind for channel in PriceChannel)
"""The regular price of a single buyer comes first: the others lean on it."""
Quotes: TypeAlias = Mapping[WayOfSelling, Sequence[PriceQuote]]
"""The latest price of each seller, as of today, by how they sell."""


class PriceSurvey:
    """What is learned of one marketplace as of one time. Each walk must see the same products in the same order."""

    def __init__(self, as_of: datetime) -> None:
        """Know nothing yet."""
        self._as_of = as_of
        self._cells: defaultdict[PriceSubject, list[Cell]] = defaultdict(list)
        self._members: defaultdict[PriceSubject, list[Member]] = defaultdict(list)
        self._reductions: defaultdict[tuple[PriceSubject, WayOfSelling], list[float]] = defaultdict(list)
        self._categories: dict[PriceSubject, PriceSubject] = {}
        self._products = 0
        self._index = cache(self._index_of)
        self._prior = cache(self._prior_of)
        self._reduction = cache(self._reduction_of)

    def see_weeks(self, product: ProductPrices) -> None:
        """Note what the product regularly cost in each week."""
        weeks: defaultdict[int, list[float]] = defaultdict(list)
        for told in product.told:
            if told.way == REGULAR_SINGLE:
                weeks[self._week(told.captured_at)].append(told.log_price)
        self._products += 1
        cells = (Cell(self._products, week, float(np.median(logs))) for week, logs in weeks.items())
        self._cells[_category_of(product)].extend(cells)

    def see_level(self, product: ProductPrices) -> None:
        """Note what the product costs, and what is taken off it where it is sold in another way as well."""
        quotes = self._quotes(product)
        found = {way: locate(some, Prior()) for way, some in quotes.items()}
        regular = found.pop(REGULAR_SINGLE, None)
        if regular is None:
            return
        category = _category_of(product)
        for group in {category, _brand_of(product)}:
            self._categories[group] = category
            self._members[group].append(member_of(regular, len(quotes[REGULAR_SINGLE])))
        for way, reduced in found.items():
            self._reductions[category, way].append(reduced.centre - regular.centre)

    def forecast_of(self, product: ProductPrices) -> PriceForecast:
        """Forecast the product in every way of selling that something is known of."""
        return self._forecast(_brand_of(product), _category_of(product), self._quotes(product))

    def groups(self) -> Iterator[tuple[PriceSubject, PriceForecast]]:
        """Forecast, for every brand and category, a product that has no prices yet."""
        for group, category in sorted(self._categories.items()):
            forecast = self._forecast(group, category, {})
            if group.subject and forecast.ways:
                yield group, forecast

    def _forecast(self, brand: PriceSubject, category: PriceSubject, quotes: Quotes) -> PriceForecast:
        found = self._prices(brand, category, quotes)
        weighing = {each.seller for some in quotes.values() if len(some) <= SELLERS_THAT_WEIGH for each in some}
        alone = {seller: self._prices(brand, category, _without(quotes, seller)) for seller in sorted(weighing)}
        ways = {way: _differing(way, found, alone) for way in WAYS if way in found}
        return PriceForecast(self._as_of, ways)

    def _prices(
        self, brand: PriceSubject, category: PriceSubject, quotes: Quotes
    ) -> Mapping[WayOfSelling, GenuinePrice]:
        """Forecast each way by its own prices, leaning on the regular ones, which lean on brand and category."""
        prior = self._prior(brand, category)
        told = quotes.get(REGULAR_SINGLE, ())
        regular = locate(told, prior) if told else located_by(prior)
        basis = Basis.SALE_KIND if told else prior.basis
        found = {REGULAR_SINGLE: genuine_price(told, prior)}
        for way in WAYS[1:]:
            usual = self._reduction(category, way)
            reduced = usual.prior(regular, prior.spread, basis) if usual and regular else Prior(prior.spread)
            found[way] = genuine_price(quotes.get(way, ()), reduced)
        return {way: price for way, price in found.items() if price is not None}

    def _reduction_of(self, category: PriceSubject, way: WayOfSelling) -> Reduction | None:
        return reduction_of(self._reductions.get((category, way), ()))

    def _prior_of(self, brand: PriceSubject, category: PriceSubject) -> Prior:
        wider = group_prior(self._members.get(category, ()), Basis.CATEGORY, Prior()) if category.subject else Prior()
        return group_prior(self._members.get(brand, ()), Basis.BRAND, wider) if brand.subject else wider

    def _quotes(self, product: ProductPrices) -> Quotes:
        """Keep the latest price of each seller, brought to today."""
        latest: defaultdict[WayOfSelling, dict[str, ToldPrice]] = defaultdict(dict)
        for told in sorted(product.told):
            latest[told.way][told.seller] = told
        index = self._index(_category_of(product))
        return {way: [self._quote(told, index) for told in sellers.values()] for way, sellers in latest.items()}

    def _quote(self, told: ToldPrice, index: PriceIndex) -> PriceQuote:
        moved = index.change(self._week(told.captured_at), 0)
        return PriceQuote(told.seller, told.log_price + moved, told.authorised)

    def _index_of(self, category: PriceSubject) -> PriceIndex:
        return index_of(self._cells.get(category, ()))

    def _week(self, moment: datetime) -> int:
        """The week of a moment, 0 the one that ends now, those before it below."""
        return -((self._as_of - moment) // _WEEK)


def _differing(
    way: WayOfSelling,
    found: Mapping[WayOfSelling, GenuinePrice],
    alone: Mapping[str, Mapping[WayOfSelling, GenuinePrice]],
) -> Forecast:
    without = {seller: prices.get(way) for seller, prices in alone.items()}
    return Forecast(found[way], {seller: price for seller, price in without.items() if price != found[way]})


def _without(quotes: Quotes, seller: str) -> Quotes:
    return {way: [each for each in some if each.seller != seller] for way, some in quotes.items()}


def _category_of(product: ProductPrices) -> PriceSubject:
    return product.subject._replace(subject=category_subject(product.category))


def _brand_of(product: ProductPrices) -> PriceSubject:
    return product.subject._replace(subject=brand_subject(product.brand, product.category))
