"""What a genuine one would cost: one product's own prices, and what stands in for them where they are few."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.genuine_price import PriceQuote, Prior, genuine_price
from zhengpin.domain.genuine_price import Basis, GenuinePrice


def quotes(*prices: float, authorised: Sequence[float] = ()) -> list[PriceQuote]:
    strangers = [PriceQuote(f"seller-{n}", math.log(price), authorised=False) for n, price in enumerate(prices)]
    agents = [PriceQuote(f"agent-{n}", math.log(price), authorised=True) for n, price in enumerate(authorised)]
    return strangers + agents


def expected(told: Sequence[PriceQuote], prior: Prior | None = None) -> GenuinePrice:
    found = genuine_price(told, prior or Prior())
    assert found is not None
    return found


def test_cheap_fakes_up_to_three_in_ten_move_nothing() -> None:
    genuine = (94.0, 96, 98, 100, 102, 104, 106)
    clean, flooded = expected(quotes(*genuine)), expected(quotes(*genuine, 25, 30, 35))
    assert clean.expected == pytest.approx(100, rel=0.01)
    assert flooded.expected == pytest.approx(clean.expected, rel=0.01)
    assert flooded.low > 70


def test_where_fakes_outnumber_them_two_authorised_sellers_say_what_is_genuine() -> None:
    fakes = (30.0, 31, 32, 33, 34)
    assert expected(quotes(*fakes, authorised=(99, 101))).expected == pytest.approx(100, rel=0.02)
    assert expected(quotes(*fakes, 99, 101)).expected < 40


def test_dear_resellers_widen_the_upper_side_alone() -> None:
    found = expected(quotes(95, 97, 99, 100, 101, 150, 160))
    assert found.expected == pytest.approx(100, rel=0.02)
    assert math.log(found.high / found.expected) > 1.5 * math.log(found.expected / found.low)


def test_without_prices_the_group_is_expected_and_without_a_group_nothing() -> None:
    group = Prior(spread=0.1, centre=math.log(50), error=0.5, basis=Basis.BRAND, products=12)
    found = expected((), group)
    assert found.expected == pytest.approx(50)
    assert (found.basis, found.observations) == (Basis.BRAND, 12)
    assert genuine_price((), Prior()) is None


def test_the_fewer_the_prices_the_wider_the_interval() -> None:
    group = Prior(spread=0.1, centre=math.log(50), error=0.5, basis=Basis.BRAND, products=12)
    widths = []
    for count in (0, 1, 3, 9, 30):
        found = expected(quotes(*[100.0] * count), group)
        widths.append(math.log(found.high / found.low))
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 3 * widths[-1]


def test_one_price_of_its_own_counts_for_more_than_a_wide_group() -> None:
    group = Prior(spread=0.1, centre=math.log(50), error=0.8, basis=Basis.BRAND, products=12)
    assert expected(quotes(100), group).expected > 95


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_the_prices_does_not_matter_and_the_ends_are_in_order(prices: list[float], order: Random) -> None:
    told = quotes(*prices)
    shuffled = told.copy()
    order.shuffle(shuffled)
    found, again = expected(told), expected(shuffled)
    assert found.low < found.expected < found.high
    assert again.expected == pytest.approx(found.expected)
    assert again.low == pytest.approx(found.low)
    assert again.high == pytest.approx(found.high)


@given(st.lists(st.floats(1, 1000), min_size=1, max_size=12), st.sampled_from([0.01, 7.0, 100.0]))
def test_in_another_currency_everything_is_multiplied(prices: list[float], rate: float) -> None:
    here, there = expected(quotes(*prices)), expected(quotes(*[price * rate for price in prices]))
    assert there.expected == pytest.approx(here.expected * rate, rel=1e-6)
    assert there.low == pytest.approx(here.low * rate, rel=1e-6)
