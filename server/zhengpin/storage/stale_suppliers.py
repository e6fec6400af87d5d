"""Suppliers of whom evidence came that is not in their score yet: an outbox that is worked off in any order.

Whatever brings evidence adds a mark in its own commit. A supplier leaves only where nobody has added one since its
evidence was read, so that nothing told meanwhile is lost, whenever a process is killed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, select

from zhengpin.domain.vote import Target
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage import vote_tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_STALE = tables.stale_suppliers.c
_SCORES = tables.supplier_scores.c
_OFFERED = vote_tables.listing_targets.c

_BEHIND = (
    select(_STALE.supplier_id, _STALE.marks)
    .where(_STALE.marketplace == HERE, _STALE.supplier_id > bindparam("behind"))
    .order_by(_STALE.supplier_id)
    .limit(bindparam("most"))
)
_MARKS_OF = select(_STALE.supplier_id, _STALE.marks).where(among(tables.stale_suppliers, "ids", "supplier_id"))
_FORGET = delete(tables.stale_suppliers).where(among(tables.stale_suppliers, "ids", "supplier_id"))
_DUE = (
    select(_SCORES.supplier_id)
    .where(
        _SCORES.marketplace == HERE,
        tables.IS_DUE,
        _SCORES.due_on <= bindparam("today", type_=_SCORES.due_on.type),
        _SCORES.supplier_id > bindparam("behind"),
    )
    .order_by(_SCORES.supplier_id)
    .limit(bindparam("most"))
)
_OFFERING = (
    select(_OFFERED.supplier_id)
    .distinct()
    .where(among(vote_tables.listing_targets, "targets", "target_kind", "target_key"))
)


@dataclass(frozen=True, slots=True)
class StaleSupplierReader:
    """Stale suppliers, and whom time alone will make so."""

    scope: Scope

    def behind(self, supplier_id: str, most: int) -> dict[str, int]:
        """The marks of stale suppliers by id, behind one: at most so many."""
        return {row.supplier_id: row.marks for row in self.scope.rows(_BEHIND, behind=supplier_id, most=most)}

    def marks_of(self, supplier_ids: Collection[str]) -> dict[str, int]:
        """The marks of those of the suppliers that are stale."""
        rows = self.scope.rows(_MARKS_OF, ids=supplier_ids) if supplier_ids else ()
        return {row.supplier_id: row.marks for row in rows}

    def due(self, today: date, behind: str, most: int) -> list[str]:
        """Suppliers behind one, by id, whose evidence is more today than when it was read: at most so many."""
        return [row.supplier_id for row in self.scope.rows(_DUE, today=today, behind=behind, most=most)]

    def offering(self, targets: Collection[Target]) -> list[str]:
        """The suppliers with a listing of one of the targets."""
        asked = [(target.kind, target.key) for target in targets]
        return [row.supplier_id for row in self.scope.rows(_OFFERING, targets=asked)] if asked else []


@dataclass(frozen=True, slots=True)
class StaleSuppliers(StaleSupplierReader):
    """Stale suppliers, to be added to and worked off."""

    def mark(self, supplier_ids: Iterable[str]) -> None:
        """Note that there is more to know of suppliers, with the unit of work that stores it."""
        mark_stale(self.scope, supplier_ids)

    def clear(self, seen: Mapping[str, int]) -> None:
        """Forget those whose marks are still what they were when their evidence was read."""
        by_now = self.marks_of(seen.keys())
        done = [supplier_id for supplier_id, marks in seen.items() if by_now.get(supplier_id) == marks]
        if done:
            self.scope.change(_FORGET, ids=done)


def mark_stale(scope: Scope, supplier_ids: Iterable[str]) -> None:
    """Note that there is more to know of suppliers."""
    scope.add_up(tables.stale_suppliers, ((supplier_id, 1) for supplier_id in sorted(set(supplier_ids))))
