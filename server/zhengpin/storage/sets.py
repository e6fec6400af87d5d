"""Whole sets as one parameter: a statement's text stays the same however many things it asks for.

A set travels as one JSON array, which both databases can take apart: no limit on the number of parameters, and the
compiled statement is found again in SQLAlchemy's cache. Most questions are about one thing, though, and to take an
array apart for it takes two to three times as long as the look-up: a statement compiled with `OF_ONE` asks by equality.

SQLite knows nothing of how many rows a marketplace has and takes it for a handful: left to itself it reads all of them
for a few. Therefore `among` ties the marketplace to the key that is looked up.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    bindparam,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import NullType

HERE: BindParameter[str] = bindparam("here", type_=String)
"""Stands in every statement for the marketplace; `Scope` fills it in."""


OF_ONE = {"of_one": True}
"""Compiles a statement for sets of one member each, whose columns come as parameters of their own (`members`)."""


class _Among(FunctionElement[Any]):
    """The marketplace is this one, and the columns are in a JSON array."""

    name = "among"
    inherit_cache = True
    type = NullType()  # of a boolean SQLAlchemy would ask `= 1` in SQLite, for which no index is used


class _Each(FunctionElement[Any]):
    """A JSON array as rows."""

    name = "each"
    inherit_cache = True


class _Cell(FunctionElement[str]):
    """A text of a JSON array, by its place."""

    name = "cell"
    inherit_cache = True
    type = String()


def among(table: FromClause, parameter: str, *names: str) -> ColumnElement[bool]:
    """Whether a row is of this marketplace and its columns `names` are in the set that comes as `parameter`.

    The set is made of texts for one column, of tuples of texts for several. An index must begin with the marketplace
    and these columns.
    """
    return _Among(HERE, bindparam(parameter, type_=String), table.c.marketplace, *(table.c[name] for name in names))


def each(parameter: str, *names: str) -> Subquery:
    """The tuples of texts that come as `parameter`, as a table with columns of these names."""
    rows = _Each(bindparam(parameter, type_=String)).table_valued("value")
    cells = (_Cell(rows.c.value, literal_column(str(place))).label(name) for place, name in enumerate(names))
    return select(*cells).subquery()


def sets_in(statement: Select[Any]) -> frozenset[str]:
    """The names of the sets that a statement is run with."""
    asked = (element for element in iterate(statement) if isinstance(element, _Among | _Each))
    binds = (clause for element in asked for clause in element.clauses if isinstance(clause, BindParameter))
    return frozenset(bind.key for bind in binds) - {HERE.key}


def as_json(members: Collection[Any]) -> str:
    """A set as it travels."""
    return to_json(list(members)).decode()


def member_of(members: Collection[Any], place: int) -> Any:
    """A column of a set's only member."""
    (only,) = members
    return only[place] if isinstance(only, tuple) else only


def set_of(parameter: str) -> tuple[str, int]:
    """The set whose only member's column a parameter is, and the column's place, where a statement asks `OF_ONE`."""
    name, _, place = parameter.rpartition("__")
    return (name, int(place)) if place.isdecimal() else ("", 0)


def _parameter(set_name: str, place: int) -> BindParameter[str]:
    return bindparam(f"{set_name}__{place}", type_=String)


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    if options.get("of_one"):
        return _is_the_one(element, compiler, options)
    here, values, *columns = (compiler.process(clause, **options) for clause in element.clauses)
    given = _cells(len(columns) - 1)
    return f"({', '.join(columns)}) IN (SELECT {here}, {given} FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _among_in_postgres(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    if options.get("of_one"):
        return _is_the_one(element, compiler, options)
    here, values, marketplace, *columns = (compiler.process(clause, **options) for clause in element.clauses)
    if len(columns) == 1:
        # As an array the set is known before the plan runs, so that an index on the column can be used.
        array = f"ARRAY(SELECT json_array_elements_text(CAST({values} AS json)))"
        return f"({marketplace} = {here} AND {columns[0]} = ANY ({array}))"
    given = _cells(len(columns))
    rows = f"SELECT {given} FROM json_array_elements(CAST({values} AS json))"
    return f"({marketplace} = {here} AND ({', '.join(columns)}) IN ({rows}))"


def _is_the_one(element: _Among, compiler: SQLCompiler, options: dict[str, Any]) -> str:
    here, values, marketplace, *columns = element.clauses
    assert isinstance(values, BindParameter)
    given = [_parameter(values.key, place) for place in range(len(columns))]
    equal = zip((marketplace, *columns), (here, *given), strict=True)
    tests = (f"{compiler.process(column, **options)} = {compiler.process(value, **options)}" for column, value in equal)
    return f"({' AND '.join(tests)})"


def _cells(count: int) -> str:
    return "value" if count == 1 else ", ".join(f"value ->> {place}" for place in range(count))


@compiles(_Each, "sqlite")
def _each_in_sqlite(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, "postgresql")
def _each_in_postgres(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements(CAST({compiler.process(element.clauses, **options)} AS json))"


@compiles(_Cell)
def _cell(element: _Cell, compiler: SQLCompiler, **options: Any) -> str:
    row, place = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({row} ->> {place})"
