"""One connection, held to one marketplace: the only way in which repositories speak to the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Executable, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from zhengpin.storage.memory import Memory
from zhengpin.storage.prepared import prepared
from zhengpin.storage.sets import among

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Scope:
    """A connection within one marketplace."""

    connection: Connection
    marketplace: str
    memory: Memory = field(default_factory=Memory)

    def rows(self, statement: Select[Any], **parameters: Any) -> Sequence[Any]:
        """The rows of a constant statement; a collection among the parameters travels as a set (see `sets`)."""
        return prepared(statement, self.connection.dialect).rows(self.connection, self._filled(parameters))

    def row(self, statement: Select[Any], **parameters: Any) -> Any:
        """The first row of a constant statement; `None` without any."""
        return next(iter(self.rows(statement, **parameters)), None)

    def rows_asked(self, statement: Select[Any], **parameters: Any) -> Sequence[Any]:
        """The rows of a statement that was put together for this question."""
        return self.connection.execute(statement, self._filled(parameters)).all()

    def change(self, statement: Executable, **parameters: Any) -> int:
        """Run a statement that changes rows, and tell how many."""
        return self.connection.execute(statement, self._filled(parameters)).rowcount

    def insert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows whose keys are new."""
        placed = [{"marketplace": self.marketplace, **row} for row in rows]
        if placed:
            self.connection.execute(table.insert(), placed)

    def upsert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows, or replace those with the same key; of two with one key the last is kept."""
        keys = [column.name for column in table.primary_key][1:]
        placed = {tuple(row[key] for key in keys): {"marketplace": self.marketplace, **row} for row in rows}
        if placed:
            self.connection.execute(_upsert(table, self.connection.dialect.name), list(placed.values()))

    def known(self, table: Table, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that the table has, for a table with one key beside the marketplace."""
        return frozenset(row[0] for row in self.rows(_known(table), ids=ids)) if ids else frozenset()

    def _filled(self, parameters: dict[str, Any]) -> dict[str, Any]:
        filled = {name: _as_set(value) for name, value in parameters.items()}
        filled["here"] = self.marketplace
        return filled


def _as_set(value: Any) -> Any:
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return json.dumps(list(value), ensure_ascii=False)
    return value


@lru_cache
def _upsert(table: Table, dialect: str) -> Executable:
    insert = _INSERT[dialect](table)
    keys = [column.name for column in table.primary_key]
    changed = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    on_conflict: Executable = (
        insert.on_conflict_do_update(index_elements=keys, set_=changed) if changed else insert.on_conflict_do_nothing()
    )
    return on_conflict


@lru_cache
def _known(table: Table) -> Select[Any]:
    key = list(table.primary_key)[1]
    return select(key).where(among(table, "ids", key.name))
