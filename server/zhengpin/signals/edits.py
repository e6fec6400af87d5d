"""Signals of how a listing's identity changed, and how much had been sold by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from zhengpin.domain.hit import Evidence
from zhengpin.domain.listing import IDENTITY_FIELDS, Edit
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.sheet import Sheet

EDIT_DAYS = 30
RENEWED_FIELDS = frozenset({"model", "main_image"})
"""A maker renews his goods: a new model in the same place bears the same brand and code."""
HIJACK_FIELDS = frozenset(IDENTITY_FIELDS) - {"title"} - RENEWED_FIELDS
"""A seller rewords a title every week; another brand, code or owner makes it another article."""
_NO_EDITS = {
    "listing.edits_30d": 0,
    "listing.units_sold_before_identity_change": 0,
    "listing.units_sold_before_identity_edit": 0,
    "listing.units_sold_before_renewal": 0,
}


def note_edits(sheet: Sheet, snapshot: Snapshot) -> None:
    """Note what was edited lately, and when the listing became another article."""
    if not snapshot.edits:
        sheet.note_all(_NO_EDITS)
        return
    since = snapshot.as_of - timedelta(days=EDIT_DAYS)
    recent = [edit for edit in snapshot.edits if edit.edited_at >= since]
    sheet.note("listing.edits_30d", len(recent), *map(_evidence, recent))
    _note_sold_before(sheet, "listing.units_sold_before_identity_edit", _changes(recent, HIJACK_FIELDS))
    _note_sold_before(sheet, "listing.units_sold_before_renewal", _changes(recent, RENEWED_FIELDS))
    changes = _changes(snapshot.edits, HIJACK_FIELDS)
    _note_sold_before(sheet, "listing.units_sold_before_identity_change", changes)
    if changes:
        newest = max(changes, key=lambda edit: edit.edited_at)
        days = max((snapshot.as_of - newest.edited_at).days, 0)
        sheet.note("listing.days_since_identity_change", days, _evidence(newest))


def _changes(edits: Sequence[Edit], fields: frozenset[str]) -> list[Edit]:
    return [edit for edit in edits if not fields.isdisjoint(edit.fields)]


def _note_sold_before(sheet: Sheet, name: str, changes: Sequence[Edit]) -> None:
    sold = max((edit.units_sold_before for edit in changes), default=0)
    sheet.note(name, sold, *map(_evidence, changes))


def _evidence(edit: Edit) -> Evidence:
    return Evidence("edit", edit.edited_at.isoformat(), ", ".join(edit.fields))
