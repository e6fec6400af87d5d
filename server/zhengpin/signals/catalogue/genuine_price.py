"""What a genuine one would cost, and how the price compares with it."""

from __future__ import annotations

from zhengpin.domain.genuine_price import Basis
from zhengpin.signals.catalogue.declare import choice, count, flag, number
from zhengpin.signals.signal import Signal

_PRICED = ("offer.single_price", "listing.units_per_pack")
_FORECAST = ("forecast",)
_FORECAST_AS_OF = "the time of the forecast, at most 30 days ago"

SIGNALS: tuple[Signal, ...] = (
    number(
        "price.genuine_expected",
        "正品的预期单件价：由其他卖家近13周的同种销售方式价格稳健估计（存疑低价不计，授权卖家优先）",
        "what one unit of a genuine one would cost, sold in the same way: a robust forecast from other sellers' prices "
        "of 13 weeks, doubtful low ones left out and authorised sellers believed first",
        *_FORECAST,
        unit="currency",
        as_of=_FORECAST_AS_OF,
    ),
    number(
        "price.genuine_low",
        "正品价90%区间的下限：二十家正品卖家中约有一家更低",
        "the lower end of the 90 % interval of genuine prices: one genuine seller in twenty asks less",
        *_FORECAST,
        unit="currency",
        as_of=_FORECAST_AS_OF,
    ),
    choice(
        "price.genuine_basis",
        "预期价的依据：本品、本品的其他销售方式、同品牌同类目、同类目",
        "what the forecast stands on: this product, its regular price and what this way of selling usually takes off, "
        "the brand's goods of this category, or the category",
        *_FORECAST,
        choices=tuple(basis.value for basis in Basis),
    ),
    count(
        "price.genuine_observations",
        "预期价所依据的卖家数（依据品牌或类目时为商品数）",
        "the sellers whose prices the forecast stands on; of a brand or category, the products",
        *_FORECAST,
        as_of=_FORECAST_AS_OF,
    ),
    number(
        "price.vs_genuine",
        "单件价与正品预期价之比",
        "unit price over what a genuine one would cost",
        *_PRICED,
        *_FORECAST,
        as_of=_FORECAST_AS_OF,
    ),
    flag(
        "price.below_genuine",
        "单件价低于正品价90%区间的下限",
        "the unit price lies below the 90 % interval of genuine prices",
        *_PRICED,
        *_FORECAST,
        as_of=_FORECAST_AS_OF,
    ),
    number(
        "price.group_vs_genuine",
        "最低拼团单件价与正品拼团预期价之比",
        "the lowest group unit price over what a genuine one would cost a group",
        "offer.group_tiers",
        "listing.units_per_pack",
        *_FORECAST,
        as_of=_FORECAST_AS_OF,
    ),
)
