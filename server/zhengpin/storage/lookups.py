"""Look-ups of a few rows by what others say, so that neither database reads all rows of a marketplace for them.

Both choose by what they know of a marketplace, which is nothing at first: SQLite never counts its rows, PostgreSQL a
minute later. So the statement itself says what is read first.
"""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType


class _IsOneOf(FunctionElement[Any]):
    """The first is one of the others."""

    name = "is_one_of"
    inherit_cache = True
    type = NullType()


class _StartingFrom(Join):
    """A join whose left side is read first."""

    inherit_cache = True


def is_one_of(column: ColumnElement[str], *others: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a column is one of a few others; PostgreSQL would look for `IN` with columns in all rows."""
    return _IsOneOf(column, *others)


def starting_from(few: FromClause, table: FromClause, on: ColumnElement[bool]) -> FromClause:
    """Join a table to a few rows, looking up its rows for each of them."""
    return _StartingFrom(few, table, on)


def with_each(few: FromClause, *tables: tuple[FromClause, ColumnElement[bool]]) -> FromClause:
    """Join to a few rows what each table has for them, by the conditions given; nulls where it has nothing."""
    joined = few
    for table, on in tables:
        joined = _StartingFrom(joined, table, on, isouter=True)
    return joined


@compiles(_IsOneOf, "sqlite")
def _is_one_of_in_sqlite(element: _IsOneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, *others = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN ({', '.join(others)})"


@compiles(_IsOneOf, "postgresql")
def _is_one_of_in_postgres(element: _IsOneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, *others = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (ARRAY[{', '.join(others)}])"


@compiles(_StartingFrom, "sqlite")
def _join_in_sqlite(element: _StartingFrom, compiler: SQLCompiler, **options: Any) -> str:
    few, table, on = _sides(element, compiler, options)
    join = "LEFT OUTER JOIN" if element.isouter else "CROSS JOIN"  # which tells SQLite not to change the order
    return f"{few} {join} {table} ON {on}"


@compiles(_StartingFrom, "postgresql")
def _join_in_postgres(element: _StartingFrom, compiler: SQLCompiler, **options: Any) -> str:
    few, table, on = _sides(element, compiler, options)
    name = table.rpartition(" AS ")[2]  # where it has no other one, the whole
    # Because of the OFFSET it is no join to be ordered: before statistics are made, all rows would be read for a few.
    join = "LEFT OUTER JOIN" if element.isouter else "JOIN"
    return f"{few} {join} LATERAL (SELECT {name}.* FROM {table} WHERE {on} OFFSET 0) AS {name} ON true"


def _sides(element: _StartingFrom, compiler: SQLCompiler, options: dict[str, Any]) -> tuple[str, str, str]:
    linter = options.get("from_linter")
    if linter:  # SQLAlchemy warns of tables that nothing joins; these are joined
        linter.edges.update(itertools.product(element.left._from_objects, element.right._from_objects))  # noqa: SLF001
    sides = {**options, "asfrom": True}
    few, table = compiler.process(element.left, **sides), compiler.process(element.right, **sides)
    assert element.onclause is not None
    options.pop("asfrom", None)
    return few, table, compiler.process(element.onclause, **options)
