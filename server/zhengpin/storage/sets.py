"""Whole sets as one parameter: a statement's text stays the same however many things it asks for.

A set travels as one JSON array, which both databases can take apart: no limit on the number of parameters, and the
compiled statement is found again in SQLAlchemy's cache.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, Subquery, bindparam, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Among(FunctionElement[bool]):
    """A column's value is in a JSON array."""

    name = "among"
    inherit_cache = True
    type = Boolean()


class _Each(FunctionElement[Any]):
    """A JSON array as rows."""

    name = "each"
    inherit_cache = True


class _Cell(FunctionElement[str]):
    """A text of a JSON array, by its place."""

    name = "cell"
    inherit_cache = True
    type = String()


def among(column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """Whether the column is in the set of texts that comes as `parameter`."""
    return _Among(column, bindparam(parameter, type_=String))


def each(parameter: str, *names: str) -> Subquery:
    """The tuples of texts that come as `parameter`, as a table with columns of these names."""
    rows = _Each(bindparam(parameter, type_=String)).table_valued("value")
    cells = (_Cell(rows.c.value, literal_column(str(place))).label(name) for place, name in enumerate(names))
    return select(*cells).subquery()


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _among_in_postgres(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    # As an array the set is known before the plan runs, so that an index on the column can be used.
    return f"{column} = ANY (ARRAY(SELECT json_array_elements_text(CAST({values} AS json))))"


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
