"""The words of suppliers' reports, in Chinese and English; `words` has all others and says them."""

from __future__ import annotations

SUPPLIER_REPORT_ENUM_WORDS = {
    "ORDER_TROUBLE_COMPLAINED_OF": ("有投诉", "complained of"),
    "ORDER_TROUBLE_RETURNED": ("退货", "returned"),
    "ORDER_TROUBLE_REFUNDED": ("退款", "refunded"),
    "ORDER_TROUBLE_CALLED_FAKE": ("称为假货", "called fake"),
    "ORDER_TROUBLE_NOT_AS_DESCRIBED": ("描述不符", "not as described"),
    "ORDER_TROUBLE_CALLED_DEFECTIVE": ("称有质量问题", "called defective"),
    "ORDER_TROUBLE_CALLED_LATE": ("称送达太晚", "called late"),
    "ORDER_TROUBLE_CHANGED_MIND": ("买家改变主意", "changed their mind"),
    "ORDER_TROUBLE_OTHER_CAUSE": ("其他原因", "another cause"),
    "ORDER_TROUBLE_LATE": ("24小时内未揽收", "late to the carrier"),
    "ORDER_TROUBLE_CANCELLED": ("取消", "cancelled"),
}

SUPPLIER_REPORT_PHRASES = {
    "supplier_report": ("供应商报告", "Supplier report"),
    "of_1000": ("{band} · 满分 1000", "{band} · of 1000 points"),
    "rank": ("类目排名", "Rank in its category"),
    "rank_of": ("{rank}/{of}", "{rank} of {of}"),
    "rank_in": ("排名 · {category}", "rank in {category}"),
    "outlook": ("展望", "Outlook"),
    "late_chance": ("下季度延误超过 15% 的可能性", "chance of more than 15% late next quarter"),
    "orders_90": ("近 90 天订单", "orders in the last 90 days"),
    "no_orders_90": ("近 90 天没有订单。", "No orders in the last 90 days."),
    "what_raises": ("怎样提高得分", "What would raise the score"),
    "raises_note": ("每项单独计算，从收益最大的开始。", "Each by itself, the largest gain first."),
    "nothing_raises": ("目前没有能立即提分的事项。", "Nothing that could be done would bring points now."),
    "gain": ("加分", "Points"),
    "to_do": ("事项", "What to do"),
    "components": ("各分项", "Components"),
    "components_note": (
        "圆点为预期水平，横条为90%区间，虚线为刚好达到容许标准的水平（70%）。",
        "Dots are what is to be expected, bars the 90% range; at the dashed line the standard is just kept.",
    ),
    "no_trend": ("得分尚无走势。", "There is no trend yet."),
    "troubles": ("退货、退款与投诉", "Returns, refunds and complaints"),
    "trouble": ("问题", "Trouble"),
    "of_orders": ("订单数", "Orders"),
    "troubles_note": (
        "横条为本店订单占比，竖线为同类目另外 {peers} 家供应商的一般水平；高于一般水平的标为琥珀色。",
        "Of your orders; marks are what is usual of {peers} others of the category, amber is more than that.",
    ),
    "no_peers": (
        "同类目有订单的供应商太少，无法给出一般水平。",
        "Too few suppliers of the category have orders to say what is usual.",
    ),
    "usual": ("一般水平", "Usual"),
    "usual_of": ("一般水平取自同类目另外 {peers} 家供应商", "Usual of {peers} other suppliers of the category"),
    "best_selling": ("畅销商品", "Best-selling products"),
    "positions_note": (
        "与同款其他卖家单价中位数之比；卖家不足 4 家的不比较。",
        "Unit price over the median of other sellers of the same; with fewer than four there is none.",
    ),
    "median_note": (
        "市场中位数取自同款其他卖家；卖家不足 4 家的没有。",
        "The market's median is that of other sellers of the same; with fewer than four there is none.",
    ),
    "no_products": ("近 60 天没有在售商品成交。", "Nothing on offer was sold in the last 60 days."),
    "unit_price": ("单价", "Unit price"),
    "market_median": ("市场中位数", "Market median"),
    "other_sellers": ("其他卖家", "Other sellers"),
    "units_30": ("近 30 天销量", "Units, 30 days"),
    "units_before": ("前 30 天", "30 days before"),
}
