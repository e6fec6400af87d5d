"""The listing's own orders: how many, and what buyers said afterwards."""

from __future__ import annotations

from zhengpin.signals.catalogue.declare import count, share
from zhengpin.signals.signal import Signal

_LAST_90 = "orders of the last 90 days"
_BOUND_ZH = "（威尔逊区间单侧95%下限，z=1.645）"
_BOUND_EN = " (Wilson lower bound, one-sided 95 %, z = 1.645)"

SIGNALS: tuple[Signal, ...] = (
    count(
        "orders.orders_90d", "该商品的订单数", "orders of the listing", "listing_orders", unit="orders", as_of=_LAST_90
    ),
    count(
        "orders.units_90d",
        "该商品售出的件数",
        "units of the listing sold",
        "listing_orders",
        unit="units",
        as_of=_LAST_90,
    ),
    count(
        "orders.fake_complaints_90d",
        "投诉该商品为假货的次数",
        "complaints that the goods are fake",
        "listing_orders",
        as_of=_LAST_90,
    ),
    share(
        "orders.fake_complaint_share_lower",
        "投诉假货的订单比例" + _BOUND_ZH,
        "share of orders with a complaint of a fake" + _BOUND_EN,
        "listing_orders.orders",
        as_of=_LAST_90,
    ),
    count(
        "orders.fake_allegations_90d",
        "买家留言称该商品为假货的订单数（否定、疑问、假设与转述不算）",
        "orders whose buyer's own words call the goods fake: denials, questions, cases and hearsay don't count",
        "listing_orders",
        "fake_allegations",
        unit="orders",
        as_of="words of the last 90 days",
    ),
    share(
        "orders.fake_allegation_share_lower",
        "买家留言称假货的订单比例" + _BOUND_ZH,
        "share of orders whose buyer's own words call the goods fake" + _BOUND_EN,
        "listing_orders.orders",
        "fake_allegations",
        as_of="words and orders of the last 90 days",
    ),
    count(
        "orders.not_as_described_90d",
        "投诉与描述不符的次数",
        "complaints that the goods are not as described",
        "listing_orders",
        as_of=_LAST_90,
    ),
    share(
        "orders.not_as_described_share_lower",
        "与描述不符的订单比例" + _BOUND_ZH,
        "share of orders not as described" + _BOUND_EN,
        "listing_orders.orders",
        as_of=_LAST_90,
    ),
    share(
        "orders.return_share_lower",
        "退货比例" + _BOUND_ZH,
        "share of delivered orders returned" + _BOUND_EN,
        "listing_orders.delivered",
        as_of=_LAST_90,
    ),
    share(
        "orders.refund_share_lower",
        "退款比例" + _BOUND_ZH,
        "share of orders refunded" + _BOUND_EN,
        "listing_orders.orders",
        as_of=_LAST_90,
    ),
    share(
        "orders.late_share_lower",
        "付款后24小时内无揽收的比例" + _BOUND_ZH,
        "share shipped without a carrier's scan within 24 hours of payment" + _BOUND_EN,
        "listing_orders.shipped",
        as_of=_LAST_90,
    ),
)
