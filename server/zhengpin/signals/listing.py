"""Signals of the listing itself: what is declared, how it changed, what is known of it for certain."""

from __future__ import annotations

from datetime import datetime

from zhengpin.detectors.matching import PackReading
from zhengpin.domain.hit import Evidence
from zhengpin.domain.listing import AuthenticityClaim, Condition
from zhengpin.domain.outcome import ListKind, Outcome, OutcomeKind
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.edits import note_edits
from zhengpin.signals.images import note_image_matches
from zhengpin.signals.sheet import Sheet


def note_listing(sheet: Sheet, snapshot: Snapshot, pack: PackReading) -> None:
    """Note every `listing.*` signal."""
    listing = snapshot.listing
    claim = listing.authenticity_claim
    sheet.note_all(
        {
            "listing.condition": None if listing.condition is Condition.UNKNOWN else listing.condition.value,
            "listing.authenticity_claim": None if claim is AuthenticityClaim.NONE else claim.value,
            "listing.age_days": days_between(snapshot.on_sale_since, snapshot.as_of),
            "listing.is_new": not snapshot.stored_before,
            "listing.images": len(listing.images),
            "listing.units_sold_total": snapshot.units_sold_total,
            "listing.origin_declared": bool(listing.origin_place),
            "listing.customs_declared": bool(listing.customs_declaration),
            "listing.pack_units": pack.units.count if pack.units else None,
            "listing.pack_units_disagree": pack.disagree,
            "listing.stock": listing.stock,
        }
    )
    _note_capacity(sheet, snapshot)
    note_edits(sheet, snapshot)
    _note_shared_images(sheet, snapshot)
    note_image_matches(sheet, snapshot)
    _note_outcomes(sheet, snapshot.outcomes)
    _note_lists(sheet, snapshot)


def days_between(earlier: datetime | None, later: datetime) -> int | None:
    """Give whole days; a time in the future counts as now, an unknown time as unknown."""
    return None if earlier is None else max((later - earlier).days, 0)


def _note_capacity(sheet: Sheet, snapshot: Snapshot) -> None:
    stock = snapshot.listing.stock
    capacity = snapshot.supplier.monthly_capacity if snapshot.supplier else None
    if stock is not None and capacity:
        sheet.note("listing.stock_vs_capacity", stock / capacity)


def _note_shared_images(sheet: Sheet, snapshot: Snapshot) -> None:
    duplicates = snapshot.duplicates
    if duplicates is None:
        return
    images = tuple(Evidence("image", image.sha256) for image in snapshot.listing.images if image.sha256)
    shown = images if duplicates.shared_images else ()
    sheet.note("listing.images_shared", duplicates.shared_images, *shown)
    sheet.note("listing.image_sharing_suppliers", duplicates.suppliers_sharing_images, *shown)
    sheet.note("listing.images_of_strangers", duplicates.images_of_strangers, *shown)
    sheet.note("listing.image_sharing_strangers", duplicates.strangers_sharing_images, *shown)


def _note_outcomes(sheet: Sheet, outcomes: tuple[Outcome, ...]) -> None:
    sheet.note_all(_NO_OUTCOME)
    newest = outcomes[0] if outcomes else None
    if newest is not None and newest.kind in _CONFIRMED:
        sheet.note(_CONFIRMED[newest.kind], True, Evidence("outcome", newest.outcome_id, newest.note))


_CONFIRMED = {OutcomeKind.FAKE: "listing.confirmed_fake", OutcomeKind.GENUINE: "listing.confirmed_genuine"}
_NO_OUTCOME = dict.fromkeys(_CONFIRMED.values(), False)
_LISTED = {
    ListKind.DENY: "listing.deny_listed",
    ListKind.WATCH: "listing.watch_listed",
    ListKind.ALLOW: "listing.allow_listed",
}
_NO_ENTRY = dict.fromkeys(_LISTED.values(), False)


def _note_lists(sheet: Sheet, snapshot: Snapshot) -> None:
    sheet.note_all(_NO_ENTRY)
    in_force = [each for each in snapshot.list_entries if each.holds_at(snapshot.as_of)]
    for kind in dict.fromkeys(each.kind for each in in_force):
        entries = [each for each in in_force if each.kind is kind]
        sheet.note(_LISTED[kind], True, *(Evidence("list_entry", each.entry_id, each.reason) for each in entries))
