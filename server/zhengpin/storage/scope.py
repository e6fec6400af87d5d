"""One connection, held to one marketplace: the only way in which repositories speak to the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable, Select, Table, bindparam, delete, select

from zhengpin.storage.memory import Memory
from zhengpin.storage.prepared import prepared
from zhengpin.storage.sets import HERE, among, as_json
from zhengpin.storage.writes import OnConflict, Row, write_to

_SINGLE = (str, datetime, date, int, bytes)
"""What is no set; asked first, for whether something is a collection takes long to tell."""
ROWS_A_PAGE = 1000
"""Of a statement that is streamed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A connection within one marketplace."""

    connection: Connection
    marketplace: str
    memory: Memory = field(default_factory=Memory)

    def rows(self, statement: Select[Any], **parameters: Any) -> Sequence[Any]:
        """The rows of a constant statement; a collection among the parameters travels as a set (see `sets`)."""
        parameters["here"] = self.marketplace
        return prepared(statement, self.connection.dialect).rows(self.connection, parameters)

    def row(self, statement: Select[Any], **parameters: Any) -> Any:
        """The first row of a constant statement; `None` without any."""
        return next(iter(self.rows(statement, **parameters)), None)

    def rows_asked(self, statement: Select[Any], **parameters: Any) -> Sequence[Any]:
        """The rows of a statement that was put together for this question."""
        return self.connection.execute(statement, self._filled(parameters)).all()

    def stream(self, statement: Select[Any]) -> Iterator[Any]:
        """The rows of a statement a page at a time, for what is larger than memory."""
        paged = self.connection.execution_options(yield_per=ROWS_A_PAGE)
        yield from paged.execute(statement, {"here": self.marketplace})

    def change(self, statement: Executable, **parameters: Any) -> int:
        """Run a statement that changes rows, and tell how many."""
        return self.connection.execute(statement, self._filled(parameters)).rowcount

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows whose keys are new."""
        self._write(table, OnConflict.FAIL, rows)

    def insert_new(self, table: Table, rows: Iterable[Row]) -> list[Any]:
        """Add those of the rows whose keys are new, and give their keys. No two rows may have one key."""
        return self._write(table, OnConflict.KEEP, rows)

    def upsert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows, or replace those with the same key; of two with one key the last is kept."""
        key = itemgetter(*[column.name for column in table.primary_key][1:])
        self.upsert_distinct(table, {key(row): row for row in rows}.values())

    def upsert_distinct(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows, or replace those with the same key. No two rows may have one key."""
        self._write(table, OnConflict.REPLACE, rows)

    def add_up(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows of numbers, or add their numbers to those with the same key. No two rows may have one key."""
        self._write(table, OnConflict.ADD, rows)

    def delete(self, table: Table, rows: Collection[Mapping[str, Any]]) -> None:
        """Take away the rows with the keys of these."""
        keys = [column.name for column in table.primary_key][1:]
        named = (table.c[key] == bindparam(f"old_{key}", type_=table.c[key].type) for key in keys)
        gone = [{"here": self.marketplace, **{f"old_{key}": row[key] for key in keys}} for row in rows]
        if gone:
            self.connection.execute(delete(table).where(table.c.marketplace == HERE, *named), gone)

    def known(self, table: Table, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that the table has, for a table with one key beside the marketplace."""
        return frozenset(row[0] for row in self.rows(_known(table), ids=ids)) if ids else frozenset()

    def _write(self, table: Table, on_conflict: OnConflict, rows: Iterable[Row]) -> list[Any]:
        return write_to(table, self.connection.dialect, on_conflict).run(self.connection, self.marketplace, rows)

    def _filled(self, parameters: dict[str, Any]) -> dict[str, Any]:
        filled = {name: as_json(value) if _is_set(value) else value for name, value in parameters.items()}
        filled["here"] = self.marketplace
        return filled


def _is_set(value: Any) -> bool:
    return not isinstance(value, _SINGLE) and isinstance(value, Collection)


@lru_cache
def _known(table: Table) -> Select[Any]:
    key = list(table.primary_key)[1]
    return select(key).where(among(table, "ids", key.name))
