"""Signals of what is told of the supplier beside its own record: details, papers, money, service, referrals, ties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from zhengpin.detectors.authorisation import covers
from zhengpin.detectors.local_day import today_in
from zhengpin.detectors.statistics import share_at_least
from zhengpin.domain.hit import Evidence, Value
from zhengpin.domain.listing import Listing
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import TraderField
from zhengpin.domain.supplier_profile import Audits, ReferralTree, Service, SupplierProfile, TraderDetails
from zhengpin.domain.trader_law import recorded_fields, trader_law_of
from zhengpin.signals.listing import days_between
from zhengpin.signals.sheet import Sheet


def note_profile(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note every signal of the supplier's profile."""
    profile = snapshot.supplier_profile
    if profile is None:
        return
    listing = snapshot.listing
    supplier = snapshot.supplier or Supplier(listing.supplier_id)
    values = profile_signals(profile, supplier, listing.territory, snapshot.as_of)
    values["supplier.lot_rejected"] = _lot_rejected(profile, listing)
    values["supplier.invoiced_to_sold"] = _invoiced_to_sold(profile, snapshot)
    sheet.note_all(values)
    if profile.terminated_identities:
        found = (Evidence("supplier", each) for each in profile.terminated_identities)
        sheet.note("ring.terminated_identities", len(profile.terminated_identities), *found)


def profile_signals(
    profile: SupplierProfile, supplier: Supplier, territory: str, as_of: datetime
) -> dict[str, Value | None]:
    """What a profile says of every listing of the supplier's that is sold in a territory."""
    values: dict[str, Value | None] = {
        "supplier.deposit_cover": profile.deposit_cover,
        "supplier.turnover_jump": profile.turnover_jump,
        "ring.terminated_identities": len(profile.terminated_identities),
    }
    if profile.trader is not None:
        values |= _of_trader(profile.trader, supplier, territory, as_of)
    if profile.papers is not None:
        values["supplier.edited_papers"] = profile.papers.edited
        values["supplier.papers_of_strangers"] = profile.papers.of_strangers
    if profile.service is not None:
        values |= _of_service(profile.service)
    if profile.incidents is not None:
        values["supplier.open_critical_incidents"] = profile.incidents.critical
        values["supplier.open_high_incidents"] = profile.incidents.high
    if profile.audits is not None:
        values |= _of_audits(profile.audits, supplier, as_of)
    if profile.referrals is not None:
        values |= _of_referrals(profile.referrals)
    return values


def _of_trader(
    trader: TraderDetails, supplier: Supplier, territory: str, as_of: datetime
) -> Mapping[str, Value | None]:
    is_open = _open_fields(
        territory, trader.told, trader.verified, recorded_fields(supplier), supplier.verified_at is not None
    )
    if is_open is None:
        return {}
    missing, unverified = is_open
    return {
        "supplier.trader_fields_missing": missing,
        "supplier.trader_fields_unverified": unverified,
        "supplier.trader_asked_days": days_between(trader.since, as_of),
    }


@lru_cache(maxsize=4096)
def _open_fields(
    territory: str,
    told: tuple[TraderField, ...],
    verified: tuple[TraderField, ...],
    recorded: frozenset[TraderField],
    record_is_verified: bool,
) -> tuple[int, int] | None:
    """How many fields are missing, and how many unverified; `None` without a law. Few suppliers differ in this."""
    law = trader_law_of(territory)
    if law is None:
        return None
    sure = recorded.union(verified) if record_is_verified else frozenset(verified)
    known = recorded.union(told)
    is_open = [field for field in law.fields if field in known and field not in sure]
    # Whoever declares something of itself is not checked against anything.
    unverified = sum(field is not TraderField.SELF_CERTIFICATION for field in is_open)
    return sum(field not in known for field in law.fields), unverified


def _of_service(service: Service) -> Mapping[str, Value | None]:
    left_alone = share_at_least(service.contacts - service.resolved, service.contacts)
    return {
        "supplier.contacts_90d": service.contacts,
        "supplier.resolved_share_upper": None if left_alone is None else 1.0 - left_alone,
    }


def _of_audits(audits: Audits, supplier: Supplier, as_of: datetime) -> Mapping[str, Value | None]:
    today = today_in(supplier.country, as_of).lasting
    in_force = sum(day >= today for day in audits.until)
    return {
        "supplier.audits_in_force": in_force,
        "supplier.audits_ended": len(audits.until) - in_force,
        "supplier.audits_failed": audits.failed,
    }


def _of_referrals(tree: ReferralTree) -> Mapping[str, Value | None]:
    return {
        "supplier.referral_levels": tree.levels,
        "supplier.referral_people": tree.people,
        "supplier.referral_paid_by_head": tree.paid_by_head,
        "supplier.referral_entry_fee": tree.entry_fee,
        "supplier.referral_paid_from_downline": tree.paid_from_downline,
    }


def _lot_rejected(profile: SupplierProfile, listing: Listing) -> bool | None:
    """Whether the latest lot of such goods was rejected; a sample without a category speaks of all of them."""
    if profile.rejected_goods is None:
        return None
    return any(
        not category or (bool(listing.category) and covers(category, listing.category))
        for category in profile.rejected_goods
    )


def _invoiced_to_sold(profile: SupplierProfile, snapshot: Snapshot) -> float | None:
    """What was surely bought at most, of the listing's brand in a year, against what this listing alone sold lately."""
    brand_id = snapshot.brand.brand_id if snapshot.brand else ""
    bought = [each.units for each in profile.invoiced if each.brand_id in {"", brand_id}]
    sold = snapshot.listing_orders.units if snapshot.listing_orders else 0
    return sum(bought) / sold if bought and sold else None
