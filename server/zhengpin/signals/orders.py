"""Signals of the listing's own orders: how many, and what buyers said afterwards."""

from __future__ import annotations

from zhengpin.detectors.contacts import without_contacts
from zhengpin.detectors.statistics import share_at_least
from zhengpin.domain.hit import Evidence
from zhengpin.domain.order import FakeAllegations, OrderSummary
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.sheet import Sheet


def note_orders(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note every `orders.*` signal."""
    orders = snapshot.listing_orders
    if orders is None:
        return
    _note_allegations(sheet, snapshot.fake_allegations, orders)
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


def _note_allegations(sheet: Sheet, told: FakeAllegations | None, orders: OrderSummary) -> None:
    """Note what buyers wrote, without ways to reach anybody.

    Words on orders from before the window count too, so the share may reach 1 early.
    """
    if told is None:
        return
    quotes = [Evidence("order_event", each.event_id, without_contacts(each.sentence)) for each in told.latest]
    share = share_at_least(told.orders, orders.orders)
    sheet.note("orders.fake_allegations_90d", told.orders, *quotes)
    sheet.note("orders.fake_allegation_share_lower", share, *quotes)
