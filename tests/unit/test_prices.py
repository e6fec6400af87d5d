from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import KETTLE, NOW, a_baseline, a_listing, a_snapshot, yuan
from zhengpin.detectors.matching import product_key
from zhengpin.detectors.prices import newly_offered_prices, offered_prices
from zhengpin.detectors.statistics import Spread, share_at_least, spread_of
from zhengpin.domain.hit import Value
from zhengpin.domain.listing import Condition, GroupTier, Listing, Offer, SaleKind, StoredListing
from zhengpin.domain.money import Money
from zhengpin.domain.price import Baseline, PriceChannel, SellerPrice
from zhengpin.signals.observe import observe

TIERS = (GroupTier(2, yuan(50)), GroupTier(5, yuan(45)))
prices = st.floats(1, 10_000)
markets = st.lists(prices, min_size=8, max_size=30)


def observed(name: str, listing: Listing, *baselines: Baseline) -> Value | None:
    return observe(a_snapshot(listing, baselines=baselines)).values.get(name)


def spread_among(prices: Iterable[float]) -> Spread:
    ordered = sorted(prices)
    return spread_of(ordered)


def a_pack(units: int, price: Money) -> Listing:
    return a_listing(title=f"Acme 1.5 l kettle K15, {units} pcs", units_per_pack=units, offer=Offer(single_price=price))


@given(units=st.integers(1, 999), cents=st.integers(100, 10_000_000))
def test_a_pack_of_n_at_n_times_the_price_costs_the_same_per_unit(units: int, cents: int) -> None:
    single = Money("CNY", cents * 10_000_000)
    pack = Money("CNY", single.nanos * units)
    assert observed("price.paid", a_pack(units, pack)) == observed("price.paid", a_pack(1, single))


@given(market=markets, price=prices, factor=st.floats(0.01, 100))
def test_a_price_in_another_unit_of_money_stands_where_it_stood(
    market: list[float], price: float, factor: float
) -> None:
    spread, scaled = spread_among(market), spread_among([each * factor for each in market])
    assert price * factor / scaled.median == pytest.approx(price / spread.median)
    assert scaled.robust_z(price * factor) == pytest.approx(spread.robust_z(price), abs=1e-6)


@given(market=markets, own=prices)
def test_the_suppliers_own_price_changes_nothing(market: list[float], own: float) -> None:
    others = a_baseline(*market)
    own_price = SellerPrice("acme-factory", own, NOW, authorised=True)
    with_own = Baseline.of(others.stratum, (*others.prices, own_price))
    for name in ("price.vs_market", "price.market_z", "price.market_sellers", "price.reference_sellers"):
        assert observed(name, a_listing(), with_own) == observed(name, a_listing(), others)


@given(market=markets, price=prices)
def test_a_lower_price_never_stands_higher(market: list[float], price: float) -> None:
    spread = spread_among(market)
    assert spread.robust_z(price * 0.9) < spread.robust_z(price)


def test_the_score_is_that_of_iglewicz_and_hoaglin() -> None:
    spread = spread_among([math.exp(each) for each in (1.0, 2.0, 3.0, 4.0, 100.0)])
    assert spread.robust_z(math.exp(1.0)) == pytest.approx(0.6745 * (1 - 3) / 1)


def test_sellers_who_agree_to_the_cent_do_not_make_a_cent_an_outlier() -> None:
    assert spread_among([100.0] * 20).robust_z(99.0) == pytest.approx(0.6745 * math.log(0.99) / 0.03)


@pytest.mark.parametrize(
    ("part", "whole", "bound"),
    [(0, 10, 0.0), (1, 1, 0.26984), (5, 100, 0.02455), (3, 4, 0.35614), (300, 400, 0.71281), (7, 5, 0.64888)],
)
def test_a_share_of_few_is_not_a_share_of_many(part: int, whole: int, bound: float) -> None:
    assert share_at_least(part, whole) == pytest.approx(bound, abs=5e-5)


def test_a_share_of_nothing_is_unknown() -> None:
    assert share_at_least(0, 0) is None


def test_every_channel_and_tier_is_one_observation() -> None:
    offer = Offer(single_price=yuan(60), group_tiers=TIERS, merchant_discount=yuan(6), platform_subsidy=yuan(30))
    listing = a_listing(title="Acme 1.5 l kettle K15, 2 pcs", units_per_pack=2, offer=offer)
    seen = offered_prices(listing, product_key(listing), NOW)
    assert [(each.channel, each.group_size, each.unit_price) for each in seen] == [
        (PriceChannel.SINGLE, 1, yuan(27)),
        (PriceChannel.GROUP, 2, yuan(25)),  # the seller's discount is of the single price alone
        (PriceChannel.GROUP, 5, yuan("22.5")),
    ]
    assert {(each.product_key, each.seller, each.territory) for each in seen} == {(KETTLE, "acme-factory", "CN")}


def test_an_observation_is_another_with_whatever_it_says_and_when() -> None:
    def identity(later: timedelta = timedelta(), key: str = KETTLE, **changes: Any) -> str:
        (one,) = offered_prices(a_listing(**changes), key, NOW + later)
        return one.observation_id

    others = [
        identity(timedelta(microseconds=1)),
        identity(key="another kettle"),
        identity(price="59.80"),
        identity(supplier_id="other-factory"),
        identity(territory="DE"),
        identity(condition=Condition.USED),
        identity(offer=Offer(yuan("59.90"), sale_kind=SaleKind.PROMOTION)),
        identity(offer=Offer(Money.of("59.90", "EUR"))),
    ]
    assert identity() == identity()
    assert len({identity(), *others}) == 1 + len(others)


def test_a_price_that_was_asked_before_on_the_same_day_is_not_told_again() -> None:
    def told_again(listing: Listing, before: Listing, ago: timedelta, deleted_at: datetime | None = None) -> bool:
        stored = StoredListing(before, NOW - timedelta(days=9), NOW - ago, deleted_at)
        return bool(newly_offered_prices(listing, product_key(listing), stored, NOW))

    same, hour, day = a_listing(), timedelta(hours=1), timedelta(days=1)
    assert newly_offered_prices(same, product_key(same), None, NOW)
    assert not told_again(same, same, hour)
    assert not told_again(same, a_listing(description="Another text."), hour)
    assert told_again(same, same, day)
    assert told_again(same, same, hour, deleted_at=NOW)
    assert told_again(same, a_listing(price="59.80"), hour)
    assert told_again(same, a_listing(price=None), hour)
    assert told_again(same, a_listing(supplier_id="other-factory"), hour)


def test_one_tier_that_changes_is_told_with_all_the_others() -> None:
    before = StoredListing(a_listing(offer=Offer(yuan(60), group_tiers=TIERS)), NOW, NOW)
    now = a_listing(offer=Offer(yuan(60), group_tiers=TIERS[:1]))
    assert [each.group_size for each in newly_offered_prices(now, product_key(now), before, NOW)] == [1, 2]


@pytest.mark.parametrize(
    "listing",
    [
        a_listing(price=None),
        a_listing(price=0),
        a_listing(brand=""),
        a_listing(units_per_pack=None),
        a_listing(units_per_pack=4),
        a_listing(condition=Condition.UNKNOWN),
        a_listing(offer=Offer(single_price=yuan(5), merchant_discount=yuan(5))),
        a_listing(offer=Offer(single_price=yuan(5), merchant_discount=Money.of(1, "EUR"))),
    ],
)
def test_a_price_that_cannot_be_told_is_not_offered(listing: Listing) -> None:
    assert offered_prices(listing, product_key(listing), NOW) == ()


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"sale_kind": SaleKind.PROMOTION},
        {"condition": Condition.USED},
        {"territory": "BR"},
        {"currency": "EUR"},
        {"product_key": "bms:acme:k16:1500ml"},
        {"channel": PriceChannel.GROUP},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_price_compares_within_its_own_stratum_alone(elsewhere: dict[str, object]) -> None:
    assert observed("price.market_sellers", a_listing(), a_baseline(10, 10, 10, 10, **elsewhere)) == 0


def test_of_several_prices_of_one_seller_the_newest_counts() -> None:
    market = a_baseline(50, 50, 50, 50)
    old = SellerPrice("seller-0", 5_000, NOW - timedelta(days=2), authorised=False)
    assert observed("price.vs_market", a_listing(price=50), Baseline.of(market.stratum, (old, *market.prices))) == 1.0
