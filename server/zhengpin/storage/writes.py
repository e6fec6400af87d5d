"""Rows on their way into a table: many to a statement, and the statement handed to the driver as it is.

SQLAlchemy spends several times as long on a row as the database does. A table's columns never change while a process
runs, so the texts of its statements and the conversions of its types are made once. Many rows in one statement are
cheaper than one statement many times, and the database works on them while other threads of Python run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import chain
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Float, Table

from zhengpin.storage import driver

Row: TypeAlias = Mapping[str, Any] | tuple[Any, ...]
"""The values of all columns but the marketplace: by name, or in their order."""

STATEMENT_SIZES = (256, 64, 16, 8, 4, 3, 2, 1)
"""How many rows a statement takes: few sizes, so that each is prepared once. SQLite takes 32,766 values at most."""

_WRITES: dict[tuple[Table, str, OnConflict], Write] = {}
"""By table, dialect and what becomes of known keys."""


class OnConflict(Enum):
    """What becomes of a row whose key is there."""

    FAIL = auto()
    """It is an error of the program."""
    REPLACE = auto()
    """The new row replaces it."""
    KEEP = auto()
    """It stays; the new row is left out."""
    ADD = auto()
    """The new row's numbers are added to its own."""


class Write:
    """One way to write rows to one table of one kind of database."""

    def __init__(self, table: Table, dialect: Dialect, on_conflict: OnConflict) -> None:
        """Prepare everything but the rows."""
        names = [column.name for column in table.columns]
        self._pick = itemgetter(*names[1:])
        self._width = len(names)
        self._to_driver = _conversions(table, dialect)
        quote = dialect.identifier_preparer.quote
        head = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))}) VALUES "
        tail = _tail(table, on_conflict, quote)
        self._returns = on_conflict is OnConflict.KEEP
        places = {size: driver.places_of_rows(dialect, size, self._width) for size in STATEMENT_SIZES}
        self._texts = {size: f"{head}{each}{tail}" for size, each in places.items()}

    def run(self, connection: Connection, marketplace: str, rows: Iterable[Row]) -> list[Any]:
        """Write the rows within the connection's transaction. With `KEEP` it gives the keys of those that were new."""
        pick = self._pick
        given = [(marketplace, *(row if isinstance(row, tuple) else pick(row))) for row in rows]
        written: list[Any] = []
        for part in _parts(given):
            cursor = driver.run(connection, self._texts[len(part)], self._values(part))
            if self._returns:
                written += cursor.fetchall()
        return written

    def _values(self, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The values of all rows, one after another."""
        values = list(chain.from_iterable(rows))
        for place, convert in self._to_driver.items():
            values[place :: self._width] = map(convert, values[place :: self._width])
        return values


def write_to(table: Table, dialect: Dialect, on_conflict: OnConflict) -> Write:
    """The way to write to a table, made the first time it is asked for."""
    known = _WRITES.get((table, dialect.name, on_conflict))
    if known is None:
        known = _WRITES[table, dialect.name, on_conflict] = Write(table, dialect, on_conflict)
    return known


def _parts(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    if len(rows) in STATEMENT_SIZES:  # mostly
        yield rows
        return
    start = 0
    for size in STATEMENT_SIZES:
        while len(rows) - start >= size:
            yield rows[start : start + size]
            start += size


def _conversions(table: Table, dialect: Dialect) -> dict[int, Callable[[Any], Any]]:
    """What a column's values must become for the driver, by the column's place; most pass as they are."""
    found = (
        (place, column.type.dialect_impl(dialect).bind_processor(dialect))
        for place, column in enumerate(table.columns)
        if not isinstance(column.type, Float)  # SQLAlchemy would make floats of floats
    )
    return {place: convert for place, convert in found if convert is not None}


def _tail(table: Table, on_conflict: OnConflict, quote: Callable[[str], str]) -> str:
    """What a statement says of rows whose key is there."""
    if on_conflict is OnConflict.FAIL:
        return ""
    keys = [quote(column.name) for column in table.primary_key]
    others = [quote(column.name) for column in table.columns if not column.primary_key]
    conflict = f" ON CONFLICT ({', '.join(keys)}) DO "
    if on_conflict is OnConflict.KEEP:
        return f"{conflict}NOTHING RETURNING {', '.join(keys[1:])}"
    if not others:
        return f"{conflict}NOTHING"
    old = f"{quote(table.name)}.{{0}} + " if on_conflict is OnConflict.ADD else ""
    return f"{conflict}UPDATE SET {', '.join(f'{name} = {old.format(name)}excluded.{name}' for name in others)}"
