"""Products told together: coverage with fakes among the sellers, ways of selling, groups, and nobody beside himself."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bench.price_series import FLASH, GROUP, NOW, Series
from zhengpin.detectors.price_index import FLAT, Cell, index_of
from zhengpin.detectors.price_survey import PriceSurvey
from zhengpin.domain.genuine_price import (
    REGULAR_SINGLE,
    Basis,
    GenuinePrice,
    PriceSubject,
    WayOfSelling,
    brand_subject,
    category_subject,
)
from zhengpin.domain.listing import Condition
from zhengpin.domain.price_history import ProductPrices, ToldPrice


def survey(*products: ProductPrices) -> PriceSurvey:
    made = PriceSurvey(NOW)
    for each in products:
        made.see_weeks(each)
    for each in products:
        made.see_level(each)
    return made


def a_product(name: str = "kettle", *prices: float, **ways: float) -> ProductPrices:
    """Regular prices, one seller each, and reduced ones by the same sellers."""
    kinds = {"flash": FLASH, "group": GROUP}
    told = [told_price(f"seller-{nth}", price) for nth, price in enumerate(prices)]
    told += [told_price("seller-0", price, way=kinds[kind]) for kind, price in ways.items()]
    return ProductPrices(PriceSubject(name, "CN", "CNY", Condition.NEW), "acme", "kettles", tuple(told))


def told_price(seller: str, price: float, *, way: WayOfSelling = REGULAR_SINGLE, days: float = 1) -> ToldPrice:
    return ToldPrice(way, seller, NOW - timedelta(days=days), math.log(price), authorised=False)


def forecast(
    made: PriceSurvey, product: ProductPrices, way: WayOfSelling = REGULAR_SINGLE, seller: str = ""
) -> GenuinePrice:
    found = made.forecast_of(product).ways[way].for_seller(seller)
    assert found is not None
    return found


KETTLES = tuple(a_product(f"kettle-{n}", *[n * 10 * x for x in (9.8, 10, 10.2)], flash=n * 60) for n in range(1, 8))


@pytest.mark.parametrize("fakes", [0.0, 0.3])
def test_nine_genuine_sellers_in_ten_lie_in_the_interval_whether_or_not_there_are_fakes(fakes: float) -> None:
    inside, below = [], []
    for seed in range(2):
        series = Series(seed, fakes=fakes, restless=0.01, products=30)
        made = survey(*series.products)
        ways = [made.forecast_of(product).ways for product in series.products]
        for target in series.targets:
            found = ways[target.product][target.way].price
            assert found is not None
            asked = np.exp(target.log_prices)
            inside += list((asked >= found.low) & (asked <= found.high))
            below += list(asked < found.low)
    assert 0.86 < np.mean(inside) < 0.94
    assert np.mean(below) < 0.07


def test_a_promotion_that_nobody_else_runs_is_expected_at_what_promotions_usually_take_off() -> None:
    product = a_product("new", 200, 200, 200)
    found = forecast(survey(*KETTLES, product), product, FLASH)
    assert found.expected == pytest.approx(200 * 0.6, rel=0.02)
    assert found.basis is Basis.SALE_KIND
    assert GROUP not in survey(*KETTLES, product).forecast_of(product).ways


def test_each_way_of_selling_has_its_own_prices() -> None:
    product = a_product("both", 100, 101, 99, flash=60, group=85)
    made = survey(product)
    assert forecast(made, product, FLASH).expected == pytest.approx(60)
    assert forecast(made, product, GROUP).expected == pytest.approx(85)
    assert forecast(made, product).expected == pytest.approx(100)


def test_nobody_among_few_is_compared_with_himself() -> None:
    product = a_product("new", 40, 100, 100)
    made = survey(*KETTLES, product)
    alone = replace(product, told=product.told[1:])
    assert forecast(made, product, seller="seller-0") == forecast(made, alone)
    assert forecast(made, product, seller="seller-0") != forecast(made, product)
    assert forecast(made, product, FLASH, "seller-0").expected == pytest.approx(60, rel=0.02)


def test_the_only_seller_finds_what_the_brand_costs_or_nothing() -> None:
    product = a_product("new", 40)
    assert forecast(survey(*KETTLES, product), product, seller="seller-0").basis is Basis.BRAND
    only = survey(product).forecast_of(product).ways[REGULAR_SINGLE]
    assert (only.for_seller("seller-0"), only.for_seller("other")) == (None, only.price)


def test_a_brand_and_a_category_are_forecast_for_what_comes_new() -> None:
    groups = dict(survey(*KETTLES).groups())
    assert [each.subject for each in groups] == [brand_subject("acme", "kettles"), category_subject("kettles")]
    for group in groups.values():
        found = group.ways[REGULAR_SINGLE].price
        assert found is not None
        assert found.expected == pytest.approx(400, rel=0.01)
        assert found.high / found.low > 4


def test_fewer_than_five_products_are_no_group() -> None:
    assert not list(survey(*KETTLES[:4]).groups())


def test_places_currencies_and_conditions_do_not_mix() -> None:
    used = [replace(each, subject=each.subject._replace(condition=Condition.USED)) for each in KETTLES[:4]]
    assert not list(survey(*KETTLES[:4], *used).groups())


def test_the_latest_price_of_a_seller_counts() -> None:
    product = a_product("kettle")
    told = (told_price("seller", 100, days=3), told_price("seller", 80, days=2), told_price("seller", 90, days=9))
    found = forecast(survey(), replace(product, told=told))
    assert found.expected == pytest.approx(80)
    assert found.observations == 1


def test_an_old_price_is_brought_to_today_by_the_category() -> None:
    def at(level: float, days: int) -> list[ToldPrice]:
        return [told_price(f"seller-{level}", level, days=days)]

    rising = [
        replace(a_product(f"kettle-{n}"), told=tuple(t for w in range(10) for t in at(n * 100 * 1.03**-w, 7 * w + 1)))
        for n in range(1, 9)
    ]
    old = replace(a_product("old"), told=(told_price("seller", 100, days=64),))
    assert forecast(survey(*rising, old), old).expected == pytest.approx(100 * 1.03**9, rel=0.03)


def test_an_index_needs_weeks_and_products() -> None:
    def cells(products: int, weeks: int) -> list[Cell]:
        return [Cell(product, week, product + 0.1 * week) for product in range(products) for week in range(weeks)]

    assert index_of([]) is FLAT
    assert index_of(cells(5, 5)) is FLAT
    assert index_of(cells(4, 6)) is FLAT
    assert index_of(cells(5, 6)).change(0, 5) == pytest.approx(0.5, abs=0.01)
    assert index_of(cells(5, 6)).change(3, 99) == pytest.approx(0.2, abs=0.01)


def test_prices_that_stay_make_an_index_that_stays_whatever_comes_and_goes() -> None:
    chance = np.random.default_rng(1)
    cells = [
        Cell(product, week, product + chance.normal(0, 0.05))
        for week in range(12)
        for product in chance.choice(40, 8, replace=False)
    ]
    assert abs(index_of(cells).change(0, 11)) < 0.05
