"""The supplier and the shop: papers, age, state, and how their orders went."""

from __future__ import annotations

from zhengpin.domain.supplier import SupplierKind, SupplierState
from zhengpin.signals.catalogue.declare import choice, count, days, flag, share
from zhengpin.signals.signal import Signal

_LAST_30 = "orders of the last 30 days"
_BOUND_ZH = "（威尔逊区间单侧95%下限，z=1.645）"
_BOUND_EN = " (Wilson lower bound, one-sided 95 %, z = 1.645)"

SIGNALS: tuple[Signal, ...] = (
    days("supplier.age_days", "供应商入驻天数", "days since the supplier joined", "supplier.joined_at"),
    choice(
        "supplier.kind",
        "供应商类型",
        "what the supplier is in the chain from maker to buyer",
        "supplier.kind",
        choices=tuple(kind.value for kind in SupplierKind if kind is not SupplierKind.UNKNOWN),
    ),
    choice(
        "supplier.state",
        "平台与供应商的关系",
        "whether the marketplace still deals with the supplier",
        "supplier",
        choices=tuple(state.value for state in SupplierState),
    ),
    flag(
        "supplier.company_terminated",
        "平台已清退使用同一登记代码的另一供应商",
        "the marketplace has terminated another supplier with the same registration code",
        "supplier.registration_code",
        "supplier.country",
    ),
    flag(
        "supplier.registration_code_valid",
        "登记代码的校验位正确（中国统一社会信用代码、巴西CNPJ）",
        "the registration code keeps its check digits (China's social credit code, Brazil's CNPJ)",
        "supplier.registration_code",
        "supplier.country",
    ),
    flag("supplier.licence_expired", "营业执照已过期", "the licence has ended", "supplier.licence_valid_until"),
    days(
        "supplier.licence_days_left",
        "营业执照剩余天数，负数为已过期",
        "days until the licence ends; negative once it has",
        "supplier.licence_valid_until",
        low=None,
    ),
    flag(
        "supplier.licence_covers_category",
        "营业执照范围包含该类目",
        "the licence covers the listing's category",
        "supplier.licence_scope",
        "listing.category",
    ),
    days(
        "supplier.verified_days_ago",
        "距上次核验资质的天数",
        "days since the papers were last confirmed",
        "supplier.verified_at",
    ),
    flag(
        "supplier.is_abroad",
        "供应商不在销售地",
        "the supplier sits in another country than the buyers",
        "supplier.country",
        "listing.territory",
    ),
    count(
        "supplier.confirmed_fakes_180d",
        "近180天内被确认为假货的商品数",
        "listings of the supplier confirmed as fake",
        "supplier_confirmed_fakes",
        unit="listings",
        as_of="the last 180 days",
    ),
    count("supplier.orders_30d", "订单数", "orders", "supplier_orders", unit="orders", as_of=_LAST_30),
    count("supplier.shipped_30d", "已发货订单数", "orders shipped", "supplier_orders", unit="orders", as_of=_LAST_30),
    share(
        "supplier.late_share_lower",
        "付款后24小时内无揽收的比例" + _BOUND_ZH,
        "share shipped without a carrier's scan within 24 hours of payment" + _BOUND_EN,
        "supplier_orders.shipped",
        as_of=_LAST_30,
    ),
    share(
        "supplier.defect_share_lower",
        "因货物问题被投诉的订单比例" + _BOUND_ZH,
        "share of orders complained of for a fault of the goods" + _BOUND_EN,
        "supplier_orders.orders",
        as_of=_LAST_30,
    ),
    share(
        "supplier.cancelled_share_lower",
        "取消订单的比例" + _BOUND_ZH,
        "share of orders cancelled" + _BOUND_EN,
        "supplier_orders.orders",
        as_of=_LAST_30,
    ),
    share(
        "supplier.return_share_lower",
        "退货比例" + _BOUND_ZH,
        "share of delivered orders returned" + _BOUND_EN,
        "supplier_orders.delivered",
        as_of=_LAST_30,
    ),
    count(
        "supplier.complaining_orders_30d",
        "有投诉的订单数",
        "orders with at least one complaint",
        "supplier_orders",
        unit="orders",
        as_of=_LAST_30,
    ),
    count("supplier.fake_complaints_30d", "投诉假货的次数", "complaints of a fake", "supplier_orders", as_of=_LAST_30),
    days("shop.age_days", "店铺开业天数", "days since the shop opened", "shop.opened_at"),
    flag(
        "shop.official_store",
        "平台核实的品牌官方店",
        "the marketplace has checked that the brand or its agent runs the shop",
        "shop.official_store",
    ),
    share(
        "shop.reputation",
        "平台给店铺的信誉，0最差、1最好",
        "the marketplace's own reputation of the shop, 0 worst, 1 best",
        "shop.reputation",
    ),
    count(
        "shop.completed_orders",
        "店铺完成的订单数",
        "orders that the shop completed",
        "shop.completed_orders",
        unit="orders",
    ),
)
