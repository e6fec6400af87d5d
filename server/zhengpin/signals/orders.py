"""Signals of the listing's own orders: how many, and what buyers said afterwards."""

from __future__ import annotations

from zhengpin.detectors.statistics import share_at_least
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.sheet import Sheet


def note_orders(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note every `orders.*` signal."""
    orders = snapshot.listing_orders
    if orders is None:
        return
    sheet.note_all(
        {
            "orders.orders_90d": orders.orders,
            "orders.units_90d": orders.units,
            "orders.fake_complaints_90d": orders.fake_complaints,
            "orders.fake_complaint_share_lower": share_at_least(orders.fake_complaints, orders.orders),
            "orders.not_as_described_90d": orders.not_as_described,
            "orders.not_as_described_share_lower": share_at_least(orders.not_as_described, orders.orders),
            "orders.return_share_lower": share_at_least(orders.returned, orders.delivered),
            "orders.refund_share_lower": share_at_least(orders.refunded, orders.orders),
            "orders.late_share_lower": share_at_least(orders.shipped_late, orders.shipped),
        }
    )
