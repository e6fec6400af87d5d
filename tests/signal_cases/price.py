"""`price.*` by example."""

from datetime import timedelta
from typing import Any

import pytest

from builders import NOW, a_baseline, a_brand, a_listing, a_snapshot, yuan
from signal_cases.case import Case
from zhengpin.domain.listing import Condition, GroupTier, Listing, Offer, SaleKind
from zhengpin.domain.money import Money
from zhengpin.domain.price import Baseline, PriceChannel, SellerPrice
from zhengpin.domain.snapshot import OwnPrice, Snapshot

_EIGHT = a_baseline(95, 98, 99, 100, 100, 101, 102, 105)
_FOUR = a_baseline(90, 100, 100, 110)
_THREE = a_baseline(90, 100, 110)
_GROUPS = a_baseline(80, 80, 80, 80, 80, 80, 80, 80, channel=PriceChannel.GROUP)
_TIERS = (GroupTier(2, yuan(45)), GroupTier(5, yuan(40)))


def _offered(**offer: Any) -> Listing:
    return a_listing(offer=Offer(**{"single_price": yuan(50), **offer}))


def _among(baseline: Baseline, **listing: Any) -> Snapshot:
    return a_snapshot(a_listing(price=50, **listing), baselines=(baseline,))


def _authorised(*prices: float) -> Baseline:
    open_market = a_baseline(10, 10, 10, 10)
    sellers = (SellerPrice(f"agent-{nth}", price, NOW, authorised=True) for nth, price in enumerate(prices))
    return Baseline.of(open_market.stratum, (*open_market.prices, *sellers))


def _reduced(lowest: float | None, days_on_sale: int, **listing: Any) -> Snapshot:
    return a_snapshot(
        a_listing(price=50, **listing),
        own_price=OwnPrice(lowest_30d=lowest, single_7d_ago=None),
        first_seen_at=NOW - timedelta(days=days_on_sale),
    )


def _near(value: float) -> float:
    return pytest.approx(value, rel=1e-9)  # type: ignore[return-value]


_UNKNOWN_UNITS = a_listing(units_per_pack=None)
_LONG_AGO = NOW - timedelta(days=31)
_STALE = Baseline.of(
    _FOUR.stratum, (SellerPrice(each.seller, 100, _LONG_AGO, authorised=False) for each in _FOUR.prices)
)

CASES = (
    Case("price.paid", 59.9, a_snapshot()),
    Case("price.paid", 45.0, a_snapshot(_offered(merchant_discount=yuan(5), platform_subsidy=yuan(20)))),
    Case("price.paid", None, a_snapshot(_UNKNOWN_UNITS)),
    Case("price.paid", None, a_snapshot(a_listing(price=None))),
    Case("price.paid", None, a_snapshot(_offered(merchant_discount=yuan(50)))),
    Case("price.vs_market", 0.5, _among(_FOUR)),
    Case("price.vs_market", None, _among(_THREE)),
    Case("price.vs_market", None, _among(_FOUR, condition=Condition.UNKNOWN)),
    Case("price.vs_market", None, _among(_FOUR, condition=Condition.USED)),
    Case("price.vs_market", None, _among(_FOUR, territory="BR")),
    Case("price.vs_market", None, _among(_STALE)),
    Case("price.vs_market", None, a_snapshot(_offered(sale_kind=SaleKind.PROMOTION), baselines=(_FOUR,))),
    Case("price.vs_market", None, a_snapshot(_offered(single_price=Money.of(50, "EUR")), baselines=(_FOUR,))),
    Case("price.market_sellers", 4, _among(_FOUR)),
    Case("price.market_sellers", 3, _among(_FOUR, supplier_id="seller-0")),
    Case("price.market_sellers", 0, _among(_STALE)),
    Case("price.market_sellers", None, _among(_FOUR, brand="")),
    Case("price.market_z", _near(0.6745 * -0.6931471805599453 / 0.03), _among(_EIGHT)),
    Case("price.market_z", None, _among(_FOUR)),
    Case("price.market_spread", 0.0, _among(a_baseline(*[70.0] * 8))),
    Case("price.market_spread", None, _among(_FOUR)),
    Case("price.vs_reference", 0.25, _among(_authorised(190, 200, 250))),
    Case("price.vs_reference", None, _among(_FOUR)),
    Case("price.reference_sellers", 3, _among(_authorised(190, 200, 250))),
    Case("price.reference_sellers", None, a_snapshot(a_listing(brand=""))),
    Case("price.vs_rrp", 0.25, a_snapshot(_offered(), brand=a_brand(reference_price=yuan(200)))),
    Case("price.vs_rrp", None, a_snapshot(_offered(), brand=a_brand(reference_price=Money.of(200, "EUR")))),
    Case("price.vs_cost", 1.25, a_snapshot(_offered(unit_cost=yuan(40)))),
    Case("price.vs_cost", None, a_snapshot()),
    Case("price.campaign_vs_cost", 0.75, a_snapshot(_offered(campaign_floor=yuan(30), unit_cost=yuan(40)))),
    Case("price.campaign_vs_cost", None, a_snapshot(_offered(campaign_floor=yuan(30)))),
    Case(
        "price.was_vs_lowest_30d",
        1.6,
        a_snapshot(_offered(was_price=yuan(80)), own_price=OwnPrice(lowest_30d=50.0, single_7d_ago=None)),
    ),
    Case("price.was_vs_lowest_30d", None, a_snapshot(_offered(was_price=yuan(80)))),
    Case("price.vs_own_before", 0.625, _reduced(lowest=80.0, days_on_sale=30)),
    Case("price.vs_own_before", 0.3125, _reduced(160.0, 30, title="Acme 1.5 l kettle K15, 2 pcs", units_per_pack=2)),
    Case("price.vs_own_before", None, _reduced(lowest=80.0, days_on_sale=29)),
    Case("price.vs_own_before", None, _reduced(lowest=None, days_on_sale=90)),
    Case("price.discount_claimed", 0.375, a_snapshot(_offered(was_price=yuan(80)))),
    Case("price.discount_claimed", None, a_snapshot()),
    Case(
        "price.single_raise_7d",
        0.25,
        a_snapshot(_offered(), own_price=OwnPrice(lowest_30d=None, single_7d_ago=40.0)),
    ),
    Case("price.single_raise_7d", None, a_snapshot(_offered(), own_price=OwnPrice(None, None))),
    Case("price.tiers_rise", False, a_snapshot(_offered(group_tiers=_TIERS))),
    Case("price.tiers_rise", True, a_snapshot(_offered(group_tiers=(GroupTier(2, yuan(40)), GroupTier(5, yuan(41)))))),
    Case("price.tiers_rise", True, a_snapshot(_offered(group_tiers=(GroupTier(2, yuan(51)),)))),
    Case("price.tiers_rise", None, a_snapshot()),
    Case("price.group_paid", 40.0, a_snapshot(_offered(group_tiers=_TIERS))),
    Case("price.group_paid", None, a_snapshot()),
    Case("price.group_saving", _near(0.2), a_snapshot(_offered(group_tiers=_TIERS))),
    Case("price.group_saving", None, a_snapshot(_offered(single_price=None, group_tiers=_TIERS))),
    Case("price.group_vs_market", 0.5, a_snapshot(_offered(group_tiers=_TIERS), baselines=(_GROUPS, _EIGHT))),
    Case("price.group_vs_market", None, a_snapshot(_offered(group_tiers=_TIERS), baselines=(_EIGHT,))),
    Case(
        "price.group_market_z",
        _near(0.6745 * -0.6931471805599453 / 0.03),
        a_snapshot(_offered(group_tiers=_TIERS), baselines=(_GROUPS,)),
    ),
    Case("price.group_market_z", None, a_snapshot(_offered(), baselines=(_GROUPS,))),
    Case("price.group_market_sellers", 8, a_snapshot(_offered(group_tiers=_TIERS), baselines=(_GROUPS,))),
    Case("price.group_market_sellers", None, a_snapshot(baselines=(_GROUPS,))),
    Case("price.subsidy_share", 0.4, a_snapshot(_offered(platform_subsidy=yuan(20)))),
    Case("price.subsidy_share", None, a_snapshot()),
    Case("price.merchant_discount_share", 0.1, a_snapshot(_offered(merchant_discount=yuan(5)))),
    Case("price.merchant_discount_share", None, a_snapshot()),
    Case("price.sale_kind", "regular", a_snapshot()),
    Case("price.sale_kind", "pre_order", a_snapshot(_offered(sale_kind=SaleKind.PRE_ORDER))),
)
