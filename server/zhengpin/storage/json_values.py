"""JSON that the database itself takes apart and puts together, for both kinds of databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _JsonField(FunctionElement[str]):
    """A text of a JSON object, by its name."""

    name = "json_field"
    inherit_cache = True
    type = String()


class _JsonRow(FunctionElement[str]):
    """Values as one JSON array."""

    name = "json_row"
    inherit_cache = True
    type = String()


class _JsonRows(FunctionElement[str]):
    """A column of many rows as one JSON array."""

    name = "json_rows"
    inherit_cache = True
    type = String()


def json_field(body: ColumnElement[str], name: str) -> ColumnElement[str]:
    """A text of the JSON object that a column holds."""
    return _JsonField(body, literal_column(f"'{name}'")).label(name)


def json_row(*values: ColumnElement[Any]) -> ColumnElement[str]:
    """Several values as one: the text of a JSON array."""
    return _JsonRow(*values)


def json_rows(column: ColumnElement[str]) -> ColumnElement[str]:
    """A text column of all rows, in their order, as one value: the text of a JSON array; empty without rows."""
    return _JsonRows(column)


@compiles(_JsonField, "sqlite")
def _json_field_in_sqlite(element: _JsonField, compiler: SQLCompiler, **options: Any) -> str:
    body, name = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({body} ->> {name})"


@compiles(_JsonField, "postgresql")
def _json_field_in_postgres(element: _JsonField, compiler: SQLCompiler, **options: Any) -> str:
    body, name = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(CAST({body} AS json) ->> {name})"


@compiles(_JsonRow, "sqlite")
def _json_row_in_sqlite(element: _JsonRow, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **options)})"


@compiles(_JsonRow, "postgresql")
def _json_row_in_postgres(element: _JsonRow, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(json_build_array({compiler.process(element.clauses, **options)}) AS text)"


@compiles(_JsonRows, "sqlite")
def _json_rows_in_sqlite(element: _JsonRows, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **options)})"


@compiles(_JsonRows, "postgresql")
def _json_rows_in_postgres(element: _JsonRows, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(CAST(json_agg({compiler.process(element.clauses, **options)}) AS text), '[]')"
