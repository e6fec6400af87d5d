"""A market ranked once for all its listings gives what each listing alone would find."""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_baseline
from zhengpin.detectors.market import SELLERS_FOR_A_RATIO, market_of
from zhengpin.detectors.statistics import spread_of
from zhengpin.domain.price import BASELINE_DAYS, Baseline, SellerPrice

STRATUM = a_baseline().stratum
SUPPLIER = "seller-0"
moments = st.integers(-40, 3).map(lambda days: NOW + timedelta(days=days))
sellers = st.integers(0, 12).map("seller-{}".format)
amounts = st.floats(0.01, 10_000) | st.sampled_from([0.0, 5.0, 5.0, 7.0])
baselines = st.lists(st.builds(SellerPrice, sellers, amounts, moments, st.booleans()), max_size=25).map(
    lambda prices: Baseline.of(STRATUM, prices)
)


def others_in(known: list[Baseline]) -> list[SellerPrice]:
    """The plain definition: the newest price of each other seller in the window; of two at one time the first."""
    since = NOW - timedelta(days=BASELINE_DAYS)
    latest: dict[str, SellerPrice] = {}
    for price in (each for baseline in known for each in baseline.prices):
        if price.seller == SUPPLIER or price.unit_price <= 0 or not since <= price.captured_at <= NOW:
            continue
        if price.seller not in latest or latest[price.seller].captured_at < price.captured_at:
            latest[price.seller] = price
    return list(latest.values())


@given(st.lists(baselines, max_size=2))
def test_a_market_holds_the_newest_price_of_each_other_seller(known: list[Baseline]) -> None:
    others = others_in(known)
    for _ in range(2):  # ranked, and remembered
        market = market_of(known, STRATUM, SUPPLIER, NOW)
        assert market.sellers == len(others)
        assert market.newest == max((each.captured_at for each in others), default=None)
        assert market.authorised == tuple(sorted(each.unit_price for each in others if each.authorised))
        assert (market.spread is None) == (len(others) < SELLERS_FOR_A_RATIO)
        if market.spread is not None:
            assert market.spread.median == median(each.unit_price for each in others)


@given(st.lists(st.floats(0.01, 10_000) | st.sampled_from([5.0, 7.0]), min_size=1, max_size=40))
def test_the_spread_is_the_median_of_the_distances_from_the_median(prices: list[float]) -> None:
    ordered = sorted(prices)
    logs = [math.log(each) for each in ordered]
    spread = spread_of(ordered)
    assert spread.median == median(prices)
    assert spread.log_median == median(logs)
    assert spread.log_mad == median(abs(each - spread.log_median) for each in logs)


def test_two_equal_baselines_are_two_and_one_is_read_once() -> None:
    one, other = a_baseline(10, 20, 30, 40), a_baseline(10, 20, 30, 40)
    assert market_of([one], STRATUM, "", NOW) == market_of([other], STRATUM, "", NOW)
