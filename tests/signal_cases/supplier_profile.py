"""What is told of the supplier beside its own record, by example."""

from datetime import date, timedelta
from typing import Any

import pytest

from builders import NOW, a_brand, a_listing, a_snapshot, a_supplier, a_supplier_profile, an_order_summary
from signal_cases.case import Case
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.supplier_fact import TraderField
from zhengpin.domain.supplier_profile import Audits, Incidents, Invoiced, Papers, ReferralTree, Service, TraderDetails
from zhengpin.domain.trader_law import INFORM_CONSUMERS_ACT

_NOTHING = a_snapshot(supplier_profile=a_supplier_profile())
_ASKED = TraderDetails(NOW - timedelta(days=11, hours=5), (TraderField.PHONE, TraderField.EMAIL), (TraderField.PHONE,))


def _with(**profile: Any) -> Snapshot:
    return a_snapshot(supplier_profile=a_supplier_profile(**profile))


def _in(territory: str, trader: TraderDetails = _ASKED, **supplier: Any) -> Snapshot:
    record = a_supplier(**{"name": "", "address": "", "registration_code": "", **supplier})
    profile = a_supplier_profile(trader=trader)
    return a_snapshot(a_listing(territory=territory), supplier=record, supplier_profile=profile)


def _bought(*invoiced: Invoiced, sold: int = 40, brand_id: str = "acme") -> Snapshot:
    profile = a_supplier_profile(invoiced=invoiced)
    return a_snapshot(supplier_profile=profile, brand=a_brand(brand_id), listing_orders=an_order_summary(units=sold))


def _rejected(*goods: str, category: str = "kitchen/kettles") -> Snapshot:
    return a_snapshot(a_listing(category=category), supplier_profile=a_supplier_profile(rejected_goods=goods))


def _audited(*until: date, failed: int = 0) -> Snapshot:
    return _with(audits=Audits(until, failed))


_TREE = ReferralTree(3, 31, paid_by_head=True, entry_fee=False, paid_from_downline=True)
_OTHER_TREE = ReferralTree(1, 2, entry_fee=True)
_SERVED = _with(service=Service(100, 80))

CASES = (
    Case("supplier.trader_fields_missing", 3, _in("US")),
    Case("supplier.trader_fields_missing", 6, _in("DE")),
    Case("supplier.trader_fields_missing", 1, _in("CN", registration_code="91350100M000100Y43", address="Fuzhou")),
    Case("supplier.trader_fields_missing", 0, _in("US", TraderDetails(NOW, INFORM_CONSUMERS_ACT.fields, ()))),
    Case("supplier.trader_fields_missing", None, _in("JP")),
    Case("supplier.trader_fields_missing", None, _NOTHING),
    Case("supplier.trader_fields_unverified", 1, _in("US")),
    Case("supplier.trader_fields_unverified", 1, _in("DE", name="Acme")),
    Case("supplier.trader_fields_unverified", 2, _in("DE", name="Acme", verified_at=None)),
    Case("supplier.trader_fields_unverified", 0, _in("DE", TraderDetails(NOW, (TraderField.SELF_CERTIFICATION,), ()))),
    Case("supplier.trader_fields_unverified", None, _NOTHING),
    Case("supplier.trader_asked_days", 11, _in("US")),
    Case("supplier.trader_asked_days", None, _NOTHING),
    Case("supplier.edited_papers", 2, _with(papers=Papers(edited=2))),
    Case("supplier.edited_papers", None, _NOTHING),
    Case("supplier.papers_of_strangers", 1, _with(papers=Papers(of_strangers=1))),
    Case("supplier.papers_of_strangers", None, _NOTHING),
    Case("supplier.invoiced_to_sold", 0.75, _bought(Invoiced("", 10), Invoiced("acme", 20), Invoiced("zeta", 900))),
    Case("supplier.invoiced_to_sold", None, _bought(Invoiced("zeta", 900))),
    Case("supplier.invoiced_to_sold", None, _bought(Invoiced("acme", 20), sold=0)),
    Case("supplier.deposit_cover", 0.5, _with(deposit_cover=0.5)),
    Case("supplier.deposit_cover", None, _NOTHING),
    Case("supplier.turnover_jump", 6.0, _with(turnover_jump=6.0)),
    Case("supplier.turnover_jump", None, _NOTHING),
    Case("supplier.contacts_90d", 100, _SERVED),
    Case("supplier.contacts_90d", None, _NOTHING),
    # 20 of 100 left alone: Wilson's lower bound with z = 1.645 is 0.1425.
    Case("supplier.resolved_share_upper", pytest.approx(0.8575, abs=5e-5), _SERVED),  # type: ignore[arg-type]
    Case("supplier.resolved_share_upper", None, _NOTHING),
    Case("supplier.open_critical_incidents", 1, _with(incidents=Incidents(critical=1))),
    Case("supplier.open_critical_incidents", None, _NOTHING),
    Case("supplier.open_high_incidents", 3, _with(incidents=Incidents(high=3))),
    Case("supplier.open_high_incidents", None, _NOTHING),
    Case("supplier.audits_in_force", 1, _audited(date(2026, 2, 27), date(2026, 3, 1))),
    Case("supplier.audits_in_force", None, _NOTHING),
    Case("supplier.audits_ended", 1, _audited(date(2026, 2, 27), date(2026, 3, 1))),
    Case("supplier.audits_ended", None, _NOTHING),
    Case("supplier.audits_failed", 1, _audited(failed=1)),
    Case("supplier.audits_failed", None, _NOTHING),
    Case("supplier.lot_rejected", True, _rejected("kitchen")),
    Case("supplier.lot_rejected", True, _rejected("", category="")),
    Case("supplier.lot_rejected", False, _rejected("food")),
    Case("supplier.lot_rejected", False, _rejected("kitchen", category="")),
    Case("supplier.lot_rejected", False, _rejected()),
    Case("supplier.lot_rejected", None, _NOTHING),
    Case("supplier.referral_levels", 3, _with(referrals=_TREE)),
    Case("supplier.referral_levels", None, _NOTHING),
    Case("supplier.referral_people", 31, _with(referrals=_TREE)),
    Case("supplier.referral_people", None, _NOTHING),
    Case("supplier.referral_paid_by_head", True, _with(referrals=_TREE)),
    Case("supplier.referral_paid_by_head", False, _with(referrals=_OTHER_TREE)),
    Case("supplier.referral_paid_by_head", None, _NOTHING),
    Case("supplier.referral_entry_fee", True, _with(referrals=_OTHER_TREE)),
    Case("supplier.referral_entry_fee", False, _with(referrals=_TREE)),
    Case("supplier.referral_entry_fee", None, _NOTHING),
    Case("supplier.referral_paid_from_downline", True, _with(referrals=_TREE)),
    Case("supplier.referral_paid_from_downline", False, _with(referrals=_OTHER_TREE)),
    Case("supplier.referral_paid_from_downline", None, _NOTHING),
    Case("ring.terminated_identities", 2, _with(terminated_identities=("gone", "gone-too"))),
    Case("ring.terminated_identities", 0, _NOTHING),
    Case("ring.terminated_identities", None, a_snapshot()),
)
