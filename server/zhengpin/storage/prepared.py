"""Statements that are compiled once and then handed to the driver as they are.

SQLAlchemy spends two to three times as long on each execution as SQLite on the rows of one screening. What it does for
a statement that never changes is done here once: the text, the order of its parameters, and the conversions of types.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Select

_Conversion: TypeAlias = Callable[[Any], Any]

_PREPARED: dict[tuple[Select[Any], str], Prepared] = {}
"""By statement and dialect. Statements are constants of this package, so there are few."""


class Prepared:
    """One select of the program's own, ready for one kind of database."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        """Compile the statement; every later run only fills in its parameters."""
        compiled: Any = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._order: Sequence[str] | None = compiled.positiontup
        # Values that the statement itself holds, such as the limit of a page.
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}
        self._to_driver = _conversions(
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()
        )
        self._dialect = dialect
        self._columns = list(statement.selected_columns)
        self._from_driver: dict[Any, _Conversion] | None = None
        self._row = _row_of([column.key or "" for column in self._columns])

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Any]:
        """Run within the connection's transaction. Rows have their columns as attributes; errors are the driver's."""
        values = {**self._constants, **parameters}
        for name, convert in self._to_driver.items():
            values[name] = convert(values[name])
        given = values if self._order is None else [values[name] for name in self._order]
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._text, given)
            if self._from_driver is None:
                self._from_driver = self._conversions_of(cursor.description)
            found = self._converted(cursor.fetchall(), self._from_driver)
        finally:
            cursor.close()
        return [self._row._make(row) for row in found]

    def _conversions_of(self, description: Sequence[Sequence[Any]]) -> dict[Any, _Conversion]:
        """How each column is read; only the driver's first answer says of which types they are."""
        return _conversions(
            (place, column.type.dialect_impl(self._dialect).result_processor(self._dialect, described[1]))
            for place, (column, described) in enumerate(zip(self._columns, description, strict=True))
        )

    @staticmethod
    def _converted(rows: Sequence[Sequence[Any]], conversions: Mapping[Any, _Conversion]) -> Sequence[Sequence[Any]]:
        if not conversions:
            return rows
        changed = [list(row) for row in rows]
        for place, convert in conversions.items():
            for row in changed:
                row[place] = convert(row[place])
        return changed


def prepared(statement: Select[Any], dialect: Dialect) -> Prepared:
    """The statement for this kind of database, compiled the first time it is asked for."""
    known = _PREPARED.get((statement, dialect.name))
    if known is None:
        known = _PREPARED[statement, dialect.name] = Prepared(statement, dialect)
    return known


def _conversions(found: Iterable[tuple[Any, _Conversion | None]]) -> dict[Any, _Conversion]:
    """Those that there are: most types pass as they are."""
    return {key: convert for key, convert in found if convert is not None}


def _row_of(names: Sequence[str]) -> Any:
    """A type of rows with these columns, which are known at run time only."""
    return namedtuple("Row", names, rename=True)  # noqa: PYI024
