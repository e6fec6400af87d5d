"""The drivers themselves, for statements whose texts are made once: SQLAlchemy takes several times as long for each.

PostgreSQL's own form numbers its parameters, `$1`; a text with any other is searched for them by psycopg each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import Connection, Dialect


@lru_cache
def own_form(dialect: Dialect) -> Dialect:
    """The dialect in whose form the driver takes statements."""
    if dialect.paramstyle == "qmark":
        return dialect
    kind: Any = type(dialect)
    numbered: Dialect = kind(paramstyle="numeric_dollar")
    return numbered


def places_of_rows(dialect: Dialect, rows: int, width: int) -> str:
    """Where the values of so many rows stand in an INSERT, one row after another."""
    places = iter(range(1, rows * width + 1))
    place = "?" if own_form(dialect) is dialect else "${}"
    return ", ".join(f"({', '.join(place.format(next(places)) for _ in range(width))})" for _ in range(rows))


def run(connection: Connection, text: str, values: Sequence[Any]) -> Any:
    """Run a statement within the connection's transaction; give the driver's cursor. Errors are the driver's."""
    driver: Any = connection.connection.dbapi_connection
    if isinstance(driver, sqlite3.Connection):
        return driver.execute(text, values)
    return psycopg.RawCursor(driver).execute(text, values)
