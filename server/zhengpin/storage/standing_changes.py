"""The outbox of what changed and listings hang on: they are judged anew, however often the program falls.

Targets that crossed a border stand in it, and suppliers of whom rules have come to say something else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from zhengpin.domain.rescreening import Change, HangsOn
from zhengpin.domain.standing import Board, StandingChange
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.word import Word
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_CHANGES = tables.standing_changes.c
_RESCREENING = tables.rescreening.c

_LAST = select(func.coalesce(func.max(_CHANGES.number), 0)).where(_CHANGES.marketplace == HERE)
_AFTER = (
    select(tables.standing_changes)
    .where(
        _CHANGES.marketplace == HERE,
        _CHANGES.target_kind == bindparam("kind"),
        _CHANGES.number > bindparam("number", type_=_CHANGES.number.type),
    )
    .order_by(_CHANGES.number)
    .limit(bindparam("most"))
)
_REACHED = select(_RESCREENING.number, _RESCREENING.supplier_id, _RESCREENING.listing_id).where(
    _RESCREENING.marketplace == HERE, _RESCREENING.target_kind == bindparam("kind")
)


class Reached(NamedTuple):
    """How far listings were judged anew for changes of one kind."""

    number: int = 0
    """Of the last change whose listings were all judged."""
    supplier_id: str = ""
    """With `listing_id`: the last listing that was judged for the change after it; empty before the first."""
    listing_id: str = ""


@dataclass(frozen=True, slots=True)
class StandingChangeReader:
    """Changes, in the order in which they were stored."""

    scope: Scope

    def after(self, kind: TargetKind, number: int, most: int) -> list[StandingChange]:
        """The changes of targets of one kind behind a number, at most so many."""
        return [_change_from_row(row) for row in self.scope.rows(_AFTER, kind=kind, number=number, most=most)]

    def behind(self, kind: HangsOn, number: int, most: int) -> list[Change]:
        """All changes of one kind behind a number, whatever became of them: at most so many."""
        rows = self.scope.rows(_AFTER, kind=kind, number=number, most=most)
        return [Change(row.number, kind, row.target_key, row.changed_at) for row in rows]

    def reached(self, kind: Word) -> Reached:
        """How far listings were judged anew for changes of one kind."""
        row = self.scope.row(_REACHED, kind=kind)
        return Reached() if row is None else Reached(*row)


@dataclass(frozen=True, slots=True)
class StandingChanges(StandingChangeReader):
    """Changes, to be read and added to."""

    def add_many(self, changes: Sequence[tuple[Target, Board, Board]], now: datetime) -> None:
        """Note that targets went from the first board to the second, with the unit of work that moves them."""
        self._add([(target.kind, target.key, before, after) for target, before, after in changes], now)

    def add_suppliers(self, supplier_ids: Collection[str], now: datetime) -> None:
        """Note that rules say something else of suppliers, with the unit of work that brings it about."""
        self._add([(HangsOn.SUPPLIER, supplier_id, "", "") for supplier_id in sorted(supplier_ids)], now)

    def _add(self, changes: Sequence[tuple[str, str, str, str]], now: datetime) -> None:
        if not changes:
            return
        last = int(self.scope.rows(_LAST)[0][0])
        self.scope.insert(
            tables.standing_changes, ((number, *change, now) for number, change in enumerate(changes, last + 1))
        )
        kinds = {kind for kind, *_ in changes}
        self.scope.insert_new(tables.rescreening, ((kind, *Reached(), now) for kind in sorted(kinds)))

    def move_to(self, kind: Word, reached: Reached, now: datetime) -> None:
        """Note how far listings were judged anew, with the unit of work that stores their verdicts."""
        self.scope.upsert_distinct(tables.rescreening, [(kind, *reached, now)])


def _change_from_row(row: Any) -> StandingChange:
    target = Target(TargetKind(row.target_kind), row.target_key)
    return StandingChange(row.number, target, Board(row.before), Board(row.after), row.changed_at)
