"""Signals of the supplier and the shop: papers, age, state, and how their orders went."""

from __future__ import annotations

from zhengpin.detectors.authorisation import covers
from zhengpin.detectors.codes import is_registration_code_valid
from zhengpin.detectors.local_day import today_in
from zhengpin.detectors.statistics import share_at_least
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.supplier import Supplier, SupplierKind
from zhengpin.signals.listing import days_between
from zhengpin.signals.sheet import Sheet


def note_supplier(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note every `supplier.*` and `shop.*` signal."""
    if snapshot.supplier is not None:
        _note_identity(sheet, snapshot, snapshot.supplier)
        _note_licence(sheet, snapshot, snapshot.supplier)
    sheet.note("supplier.company_terminated", snapshot.company_terminated)
    sheet.note("supplier.confirmed_fakes_180d", snapshot.supplier_confirmed_fakes)
    _note_orders(sheet, snapshot)
    _note_shop(sheet, snapshot)


def _note_identity(sheet: Sheet, snapshot: Snapshot, supplier: Supplier) -> None:
    as_of, territory, country = snapshot.as_of, snapshot.listing.territory, supplier.country
    sheet.note_all(
        {
            "supplier.age_days": days_between(supplier.joined_at, as_of),
            "supplier.kind": None if supplier.kind is SupplierKind.UNKNOWN else supplier.kind.value,
            "supplier.state": supplier.state.value,
            "supplier.verified_days_ago": days_between(supplier.verified_at, as_of),
            "supplier.registration_code_valid": is_registration_code_valid(supplier.registration_code, country),
            "supplier.is_abroad": country != territory if country and territory else None,
        }
    )


def _note_licence(sheet: Sheet, snapshot: Snapshot, supplier: Supplier) -> None:
    if supplier.licence_valid_until is not None:
        left = (supplier.licence_valid_until - today_in(supplier.country, snapshot.as_of).lasting).days
        sheet.note_all({"supplier.licence_days_left": left, "supplier.licence_expired": left < 0})
    if supplier.licence_scope and snapshot.listing.category:
        covered = any(covers(scope, snapshot.listing.category) for scope in supplier.licence_scope)
        sheet.note("supplier.licence_covers_category", covered)


def _note_orders(sheet: Sheet, snapshot: Snapshot) -> None:
    orders = snapshot.supplier_orders
    if orders is None:
        return
    sheet.note_all(
        {
            "supplier.orders_30d": orders.orders,
            "supplier.shipped_30d": orders.shipped,
            "supplier.complaining_orders_30d": orders.distinct_complaining_orders,
            "supplier.fake_complaints_30d": orders.fake_complaints,
            "supplier.late_share_lower": share_at_least(orders.shipped_late, orders.shipped),
            "supplier.defect_share_lower": share_at_least(orders.with_faults, orders.orders),
            "supplier.cancelled_share_lower": share_at_least(orders.cancelled, orders.orders),
            "supplier.return_share_lower": share_at_least(orders.returned, orders.delivered),
        }
    )


def _note_shop(sheet: Sheet, snapshot: Snapshot) -> None:
    shop = snapshot.shop
    if shop is None:
        return
    sheet.note_all(
        {
            "shop.age_days": days_between(shop.opened_at, snapshot.as_of),
            "shop.official_store": shop.official_store,
            "shop.reputation": None if shop.reputation is None else min(max(shop.reputation, 0.0), 1.0),
            "shop.completed_orders": shop.completed_orders,
        }
    )
