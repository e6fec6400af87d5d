"""Statements that are compiled once and then handed to the driver as they are.

SQLAlchemy spends two to three times as long on each execution as SQLite on the rows of one screening. What it does for
a statement that never changes is done here once: the text, the order of its parameters, and the conversions of types.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Select

from zhengpin.storage.driver import own_form, run
from zhengpin.storage.sets import OF_ONE, as_json, member_of, set_of, sets_in

_Conversion: TypeAlias = Callable[[Any], Any]
_Given: TypeAlias = Mapping[str, Any]
"""What a statement is run with, by name."""

_PREPARED: dict[tuple[Select[Any], str], Prepared] = {}
"""By statement and dialect. Statements are constants of this package, so there are few."""


class Prepared:
    """One select of the program's own, ready for one kind of database."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        """Compile the statement; every later run only fills in its parameters."""
        self._sets = sets_in(statement)
        self._of_any = _Text(statement, dialect, {})
        self._of_one = _Text(statement, dialect, OF_ONE) if self._sets else self._of_any
        self._dialect = dialect
        self._columns = list(statement.selected_columns)
        self._from_driver: dict[Any, _Conversion] | None = None
        self._to_row = _row_of([column.key or "" for column in self._columns])

    def rows(self, connection: Connection, given: _Given) -> list[Any]:
        """Run within the connection's transaction. Rows have their columns as attributes; errors are the driver's."""
        text = self._of_one
        for name in self._sets:
            if len(given[name]) != 1:
                text = self._of_any
        cursor = run(connection, text.text, text.filled(given))
        if self._from_driver is None:
            self._from_driver = self._conversions_of(cursor.description)
        found = self._converted(cursor.fetchall(), self._from_driver)
        return list(map(self._to_row, found))

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


class _Text:
    """A statement as the driver takes it."""

    def __init__(self, statement: Select[Any], dialect: Dialect, options: Mapping[str, Any]) -> None:
        """Compile the statement with these options."""
        compiled: Any = statement.compile(dialect=own_form(dialect), compile_kwargs=options)
        self.text = str(compiled)
        sets = sets_in(statement)
        # Values that the statement itself holds, such as the limit of a page.
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        values = {
            name: _value_of(name, sets, constants, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for bind, name in compiled.bind_names.items()
        }
        self._values = [values[name] for name in compiled.positiontup]

    def filled(self, given: _Given) -> list[Any]:
        """Its parameters, as the driver takes them."""
        return [value(given) for value in self._values]


def _value_of(
    name: str, sets: frozenset[str], constants: Mapping[str, Any], convert: _Conversion | None
) -> Callable[[_Given], Any]:
    """How the value of a parameter is found in what a statement is run with."""
    set_name, place = set_of(name)
    if set_name in sets:
        return lambda given: member_of(given[set_name], place)
    if name in sets:
        return lambda given: as_json(given[name])
    if name in constants:
        constant = convert(constants[name]) if convert else constants[name]
        return lambda _given: constant
    if convert is None:
        return itemgetter(name)
    return lambda given: convert(given[name])


def prepared(statement: Select[Any], dialect: Dialect) -> Prepared:
    """The statement for this kind of database, compiled the first time it is asked for."""
    known = _PREPARED.get((statement, dialect.name))
    if known is None:
        known = _PREPARED[statement, dialect.name] = Prepared(statement, dialect)
    return known


def _conversions(found: Iterable[tuple[Any, _Conversion | None]]) -> dict[Any, _Conversion]:
    """Those that there are: most types pass as they are."""
    return {key: convert for key, convert in found if convert is not None}


def _row_of(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """What makes rows with these columns, which are known at run time only, of tuples of as many."""
    return partial(tuple.__new__, namedtuple("Row", names, rename=True))  # noqa: PYI024
