"""`supplier.*` and `shop.*` by example."""

from datetime import date, timedelta
from typing import Any

import pytest

from builders import NOW, a_listing, a_snapshot, a_supplier, an_order_summary
from signal_cases.case import Case
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.supplier import Shop, SupplierKind, SupplierState


def _by(**supplier: Any) -> Snapshot:
    return a_snapshot(supplier=a_supplier(**supplier))


def _after(**orders: int) -> Snapshot:
    return a_snapshot(supplier_orders=an_order_summary(**orders))


def _in_shop(**shop: Any) -> Snapshot:
    return a_snapshot(shop=Shop("shop", **shop))


def _near(value: float) -> float:
    return pytest.approx(value, abs=5e-5)  # type: ignore[return-value]


_NOBODY = a_snapshot()
_FIVE_OF_100_AT_LEAST = _near(0.0245)
"""Wilson's lower bound of 5 in 100 with z = 1.645."""

CASES = (
    Case("supplier.age_days", 30, _by(joined_at=NOW - timedelta(days=30))),
    Case("supplier.age_days", None, _by(joined_at=None)),
    Case("supplier.company_terminated", True, a_snapshot(company_terminated=True)),
    Case("supplier.company_terminated", False, a_snapshot(company_terminated=False)),
    Case("supplier.company_terminated", None, _NOBODY),
    Case("supplier.kind", "importer", _by(kind=SupplierKind.IMPORTER)),
    Case("supplier.kind", None, _by(kind=SupplierKind.UNKNOWN)),
    Case("supplier.state", "terminated", _by(state=SupplierState.TERMINATED)),
    Case("supplier.state", None, _NOBODY),
    Case("supplier.registration_code_valid", True, _by(registration_code="91350100M000100Y43")),
    Case("supplier.registration_code_valid", False, _by(registration_code="91310115MA1H8R7C6D")),
    Case("supplier.registration_code_valid", True, _by(registration_code="11.222.333/0001-81", country="BR")),
    Case("supplier.registration_code_valid", None, _by(registration_code="HRB 1234", country="DE")),
    Case("supplier.registration_code_valid", None, _by(registration_code="")),
    Case("supplier.registration_code_valid", None, _by(registration_code="110000001234567")),
    Case("supplier.licence_expired", True, _by(licence_valid_until=date(2026, 2, 28))),
    Case("supplier.licence_expired", False, _by(licence_valid_until=date(2026, 3, 1))),
    Case("supplier.licence_expired", None, _by()),
    Case("supplier.licence_days_left", -1, _by(licence_valid_until=date(2026, 2, 28))),
    Case("supplier.licence_days_left", 0, _by(licence_valid_until=date(2026, 3, 1), country="")),
    Case("supplier.licence_days_left", None, _by()),
    Case("supplier.licence_covers_category", True, _by(licence_scope=("kitchen",))),
    Case("supplier.licence_covers_category", False, _by(licence_scope=("food",))),
    Case("supplier.licence_covers_category", None, _by()),
    Case("supplier.verified_days_ago", 90, _by()),
    Case("supplier.verified_days_ago", None, _by(verified_at=None)),
    Case("supplier.is_abroad", True, a_snapshot(a_listing(territory="BR"), supplier=a_supplier())),
    Case("supplier.is_abroad", False, _by()),
    Case("supplier.is_abroad", None, _by(country="")),
    Case("supplier.confirmed_fakes_180d", 2, a_snapshot(supplier_confirmed_fakes=2)),
    Case("supplier.confirmed_fakes_180d", None, _NOBODY),
    Case("supplier.orders_30d", 100, _after()),
    Case("supplier.orders_30d", None, _NOBODY),
    Case("supplier.shipped_30d", 97, _after(shipped=97)),
    Case("supplier.shipped_30d", None, _NOBODY),
    Case("supplier.late_share_lower", _FIVE_OF_100_AT_LEAST, _after(shipped_late=5)),
    Case("supplier.late_share_lower", None, _after(shipped=0)),
    Case("supplier.defect_share_lower", _FIVE_OF_100_AT_LEAST, _after(with_faults=5)),
    Case("supplier.defect_share_lower", None, _after(orders=0)),
    Case("supplier.cancelled_share_lower", _FIVE_OF_100_AT_LEAST, _after(cancelled=5)),
    Case("supplier.cancelled_share_lower", None, _NOBODY),
    Case("supplier.return_share_lower", _FIVE_OF_100_AT_LEAST, _after(returned=5)),
    Case("supplier.return_share_lower", None, _after(delivered=0)),
    Case("supplier.complaining_orders_30d", 4, _after(distinct_complaining_orders=4)),
    Case("supplier.complaining_orders_30d", None, _NOBODY),
    Case("supplier.fake_complaints_30d", 6, _after(fake_complaints=6)),
    Case("supplier.fake_complaints_30d", None, _NOBODY),
    Case("shop.age_days", 3, _in_shop(opened_at=NOW - timedelta(days=3))),
    Case("shop.age_days", None, _in_shop()),
    Case("shop.official_store", True, _in_shop(official_store=True)),
    Case("shop.official_store", None, _in_shop()),
    Case("shop.reputation", 0.9, _in_shop(reputation=0.9)),
    Case("shop.reputation", None, _in_shop()),
    Case("shop.completed_orders", 12_000, _in_shop(completed_orders=12_000)),
    Case("shop.completed_orders", None, _NOBODY),
)
