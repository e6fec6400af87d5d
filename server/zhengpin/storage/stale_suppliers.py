"""Suppliers of whom more was told than their score, or their links, rest on: an outbox worked off in any order.

Whatever brings evidence adds a mark in its own commit. A supplier leaves only where nobody has added one since its
evidence was read, so that nothing told meanwhile is lost, whenever a process is killed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
    .where(_STALE.marketplace == HERE, _STALE.topic == bindparam("topic"), _STALE.supplier_id > bindparam("behind"))
    .order_by(_STALE.supplier_id)
    .limit(bindparam("most"))
)
_ASKED = among(tables.stale_suppliers, "asked", "topic", "supplier_id")
_MARKS_OF = select(_STALE.supplier_id, _STALE.marks).where(_ASKED)
_FORGET = delete(tables.stale_suppliers).where(_ASKED)
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


class Stale(StrEnum):
    """What of a supplier is to be worked out anew."""

    SCORE = "score"
    LINKS = "links"
    PROFILE = "profile"
    """What rules ask of its facts, where somebody else's have changed it."""


@dataclass(frozen=True, slots=True)
class StaleSupplierReader:
    """Suppliers with something stale, and whom time alone will make so."""

    scope: Scope
    what: Stale = Stale.SCORE

    def behind(self, supplier_id: str, most: int) -> dict[str, int]:
        """The marks of stale suppliers by id, behind one: at most so many."""
        return {
            row.supplier_id: row.marks
            for row in self.scope.rows(_BEHIND, topic=self.what.value, behind=supplier_id, most=most)
        }

    def marks_of(self, supplier_ids: Collection[str]) -> dict[str, int]:
        """The marks of those of the suppliers that are stale."""
        rows = self.scope.rows(_MARKS_OF, asked=self._keys(supplier_ids)) if supplier_ids else ()
        return {row.supplier_id: row.marks for row in rows}

    def due(self, today: date, behind: str, most: int) -> list[str]:
        """Suppliers behind one, by id, whose evidence is more today than when it was read: at most so many."""
        return [row.supplier_id for row in self.scope.rows(_DUE, today=today, behind=behind, most=most)]

    def offering(self, targets: Collection[Target]) -> list[str]:
        """The suppliers with a listing of one of the targets."""
        asked = [(target.kind, target.key) for target in targets]
        return [row.supplier_id for row in self.scope.rows(_OFFERING, targets=asked)] if asked else []

    def _keys(self, supplier_ids: Iterable[str]) -> list[tuple[str, str]]:
        return [(self.what.value, supplier_id) for supplier_id in supplier_ids]


@dataclass(frozen=True, slots=True)
class StaleSuppliers(StaleSupplierReader):
    """Stale suppliers, to be added to and worked off."""

    def mark(self, supplier_ids: Iterable[str]) -> None:
        """Note that there is more to know of suppliers, with the unit of work that stores it."""
        mark_stale(self.scope, supplier_ids, self.what)

    def clear(self, seen: Mapping[str, int]) -> None:
        """Forget those whose marks are still what they were when their evidence was read."""
        by_now = self.marks_of(seen.keys())
        done = [supplier_id for supplier_id, marks in seen.items() if by_now.get(supplier_id) == marks]
        if done:
            self.scope.change(_FORGET, asked=self._keys(done))


def mark_stale(scope: Scope, supplier_ids: Iterable[str], *what: Stale) -> None:
    """Note what is to be worked out anew of suppliers; unless told otherwise, their scores."""
    ids = sorted(set(supplier_ids))
    rows = ((each.value, supplier_id, 1) for each in what or (Stale.SCORE,) for supplier_id in ids)
    scope.add_up(tables.stale_suppliers, rows)
