"""What is known of suppliers beside their own records: every revision in a log, and the latest ones to look up."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from zhengpin.storage.migrations.append_only import refuse_changes

_MOMENT = sa.DateTime(timezone=True)


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=key, nullable=False)


def _said() -> list[sa.Column[Any]]:
    return [
        _text("supplier_id"),
        _text("kind"),
        sa.Column("observed_at", _MOMENT, nullable=False),
    ]


def keep_facts() -> None:
    """Make the three tables."""
    op.create_table(
        "supplier_fact_log",
        _text("marketplace", key=True),
        _text("fact_id", key=True),
        *_said(),
        sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("withdrawn", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
    )
    refuse_changes("supplier_fact_log")
    op.create_table(
        "supplier_facts",
        _text("marketplace", key=True),
        _text("fact_id", key=True),
        *_said(),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("withdrawn", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        _text("aspect"),
        sa.Index(None, "marketplace", "supplier_id", "kind", "aspect", "observed_at", "fact_id"),
    )
    op.create_table(
        "supplier_values",
        *(_text(name, key=True) for name in ("marketplace", "attribute", "value", "supplier_id", "source")),
        sa.Column("verified", sa.Integer, nullable=False),
        sa.Index(None, "marketplace", "supplier_id", "source"),
        sqlite_with_rowid=False,
    )


def drop_facts() -> None:
    """Drop them."""
    for table in ("supplier_values", "supplier_facts", "supplier_fact_log"):
        op.drop_table(table)
