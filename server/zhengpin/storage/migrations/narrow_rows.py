"""Prices in columns instead of JSON, and tables of short rows without row ids: each row is written to one tree."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

ROWS_AT_ONCE = 1000
_NANOS = 1_000_000_000
_MOMENT = sa.DateTime(timezone=True)
_TEXTS = ("product_key", "seller", "listing_id", "territory", "condition", "sale_kind", "channel")
_KEYS = ("marketplace", "observation_id")
_KEPT = (*_KEYS, "product_key", "captured_at")
"""Columns of both forms."""


def lay_prices_in_columns() -> None:
    """What stands in `body` becomes columns; the table has no row id in SQLite."""
    _set_aside("price_observations")
    op.create_table(
        "price_observations",
        *(sa.Column(name, sa.String, primary_key=True) for name in _KEYS),
        *(sa.Column(name, sa.String, nullable=False) for name in _TEXTS),
        sa.Column("group_size", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("nanos", sa.Integer, nullable=False),
        sa.Column("captured_at", _MOMENT, nullable=False),
        sa.Column("units_sold", sa.BigInteger, nullable=False),
        sa.Column("proof", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )
    columns = (*_KEYS, *_TEXTS, "group_size", "currency", "amount", "nanos", "captured_at", "units_sold", "proof")
    _bring_back("price_observations", (*_KEPT, "body"), columns, _columns_of)


def fold_prices_into_json() -> None:
    """All columns but those that statements look for become JSON."""
    _set_aside("price_observations")
    op.create_table(
        "price_observations",
        *(sa.Column(name, sa.String, primary_key=True) for name in _KEYS),
        sa.Column("product_key", sa.String, nullable=False),
        sa.Column("captured_at", _MOMENT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    told = ("group_size", "currency", "amount", "nanos", "units_sold", "proof", *_TEXTS[1:])
    _bring_back("price_observations", (*_KEPT, *told), (*_KEPT, "body"), _body_of)


def drop_row_ids() -> None:
    """Answers lie where their keys are (SQLite)."""
    _remake_requests(with_rowid=False)


def restore_row_ids() -> None:
    """Answers lie under row ids (SQLite)."""
    _remake_requests(with_rowid=True)


def _remake_requests(*, with_rowid: bool) -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    _set_aside("requests")
    op.create_table(
        "requests",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "method", "request_id")),
        sa.Column("payload_digest", sa.String, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Index("ix_requests_marketplace_added_at", "marketplace", "added_at"),
        sqlite_with_rowid=with_rowid,
    )
    op.execute("INSERT INTO requests SELECT * FROM requests_before")
    op.drop_table("requests_before")


def _set_aside(table: str) -> None:
    """Copy the rows: a renamed table would keep the names of its constraints."""
    op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")
    op.drop_table(table)


def _bring_back(
    table: str, old: tuple[str, ...], new: tuple[str, ...], change: Callable[[sa.RowMapping], dict[str, Any]]
) -> None:
    """Write the rows that were set aside in their new form."""
    connection = op.get_bind()
    before = sa.table(f"{table}_before", *map(sa.column, old))
    insert = sa.table(table, *map(sa.column, new)).insert()
    found = connection.execute(sa.select(before), execution_options={"yield_per": ROWS_AT_ONCE})
    for page in found.mappings().partitions():
        connection.execute(insert, [change(row) for row in page])
    op.drop_table(f"{table}_before")


def _columns_of(row: sa.RowMapping) -> dict[str, Any]:
    told: dict[str, Any] = {"units_sold": 0, "proof": "", **json.loads(row["body"])}
    price = told.pop("unit_price")
    amount, nanos = divmod(price["nanos"], _NANOS)
    kept = {name: row[name] for name in _KEPT}
    return {**told, **kept, "currency": price["currency"], "amount": amount, "nanos": nanos}


def _body_of(row: sa.RowMapping) -> dict[str, Any]:
    captured_at = row["captured_at"]
    moment = captured_at if isinstance(captured_at, datetime) else datetime.fromisoformat(captured_at)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    told = {name: row[name] for name in ("observation_id", *_TEXTS, "group_size", "units_sold", "proof")}
    told["unit_price"] = {"currency": row["currency"], "nanos": row["amount"] * _NANOS + row["nanos"]}
    told["captured_at"] = moment.isoformat()
    return {**{name: row[name] for name in _KEPT}, "body": json.dumps(told, ensure_ascii=False, separators=(",", ":"))}
