"""Forecast what a genuine article of each product, brand and category would cost, from the prices of the last weeks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from zhengpin.detectors.price_survey import PriceSurvey
from zhengpin.domain.genuine_price import PriceForecast, PriceSubject
from zhengpin.storage.commits import LARGE
from zhengpin.storage.store import Store

FORECASTS_A_COMMIT = 500

Advance: TypeAlias = Callable[[str, int], None]
"""Told of each step by name how many products it has seen."""


@dataclass(frozen=True, slots=True)
class Forecasted:
    """What a run did."""

    products: int
    """Products in one place, currency and condition."""
    groups: int
    """Brands and categories, likewise."""
    forgotten: int
    """Forecasts that nothing supports any more."""


class ForecastPrices:
    """Make a marketplace's forecasts anew, as of now. It runs beside a server, which waits for short commits only."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, marketplace: str, advance: Advance) -> Forecasted:
        """Walk the recorded prices three times (`PriceSurvey`), and replace all forecasts; memory holds a page."""
        as_of = self._clock()
        survey = PriceSurvey(as_of)
        with self._store.read(marketplace) as reader:
            history = reader.price_history(as_of)
            for product in history.products(lambda count: advance("weeks", count)):
                survey.see_weeks(product)
            for product in history.products(lambda count: advance("levels", count)):
                survey.see_level(product)
            products = history.products(lambda count: advance("forecasts", count))
            made = self._put(marketplace, ((each.subject, survey.forecast_of(each)) for each in products))
            groups = self._put(marketplace, survey.groups())
        return Forecasted(made, groups, self._forget_before(marketplace, as_of))

    def _put(self, marketplace: str, forecasts: Iterable[tuple[PriceSubject, PriceForecast]]) -> int:
        stored = 0
        for page in _pages(forecasts):
            with self._store.begin(marketplace, LARGE) as unit:
                unit.price_forecasts.put(page)
            stored += len(page)
        return stored

    def _forget_before(self, marketplace: str, as_of: datetime) -> int:
        with self._store.begin(marketplace) as unit:
            return unit.price_forecasts.forget_before(as_of)


def _pages(
    forecasts: Iterable[tuple[PriceSubject, PriceForecast]],
) -> Iterator[list[tuple[PriceSubject, PriceForecast]]]:
    rest = iter(forecasts)
    while page := list(islice(rest, FORECASTS_A_COMMIT)):
        yield page
