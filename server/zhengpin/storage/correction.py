"""Stored rows beside those that they ought to be: what differs is counted and put right.

Both come in the order of their keys and are walked side by side, so that memory holds a page of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Table

from zhengpin.storage.scope import Scope

CORRECTIONS_AT_ONCE = 500

Row: TypeAlias = Mapping[str, Any]


@dataclass(slots=True)
class Differences:
    """How stored rows of one table differed from what they ought to be."""

    table: str
    rows: int = 0
    """As they ought to be."""
    missing: int = 0
    wrong: int = 0
    surplus: int = 0

    def note(self, new: Row | None, old: Row | None) -> None:
        """Count one row as it ought to be and as it is stored."""
        self.rows += new is not None
        self.missing += old is None
        self.surplus += new is None
        self.wrong += new is not None and old is not None and new != old

    @property
    def found(self) -> int:
        """How many rows were corrected."""
        return self.missing + self.wrong + self.surplus


def correct(work: Scope, table: Table, fresh: Iterable[Row], stored: Iterable[Row]) -> Differences:
    """Make the stored rows the fresh ones, and give what differed."""
    found, corrections = Differences(table.name), _Corrections(work, table)
    keys = [column.name for column in table.primary_key][1:]
    for new, old in _side_by_side(fresh, stored, key=itemgetter(*keys)):
        found.note(new, old)
        if new != old:
            corrections.add(new, old)
    corrections.write()
    return found


@dataclass(slots=True)
class _Corrections:
    """Rows that differ, written a page at a time."""

    work: Scope
    table: Table
    _right: list[Row] = field(default_factory=list)
    _surplus: list[Row] = field(default_factory=list)

    def add(self, new: Row | None, old: Row | None) -> None:
        if new is not None:
            self._right.append(new)
        elif old is not None:
            self._surplus.append(old)
        if len(self._right) + len(self._surplus) >= CORRECTIONS_AT_ONCE:
            self.write()

    def write(self) -> None:
        self.work.upsert(self.table, self._right)
        self.work.delete(self.table, self._surplus)
        self._right, self._surplus = [], []


def _side_by_side(
    fresh: Iterable[Row], stored: Iterable[Row], key: Callable[[Row], Any]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of two sources in the order of their keys, those of one key together."""
    news, olds = iter(fresh), iter(stored)
    new, old = next(news, None), next(olds, None)
    while new is not None or old is not None:
        if old is None or (new is not None and key(new) < key(old)):
            yield new, None
            new = next(news, None)
        elif new is None or key(old) < key(new):
            yield None, old
            old = next(olds, None)
        else:
            yield new, old
            new, old = next(news, None), next(olds, None)
