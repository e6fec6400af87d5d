"""Stages of learned models, which are only added to, what was found when they were looked at, and trials in shadow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from zhengpin.storage.migrations.append_only import refuse_changes

_MOMENT = sa.DateTime(timezone=True)


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "model", *names)]


def keep_stages() -> None:
    """Make the three tables."""
    op.create_table(
        "model_stages",
        *_key(),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "model_checks",
        *_key(),
        sa.Column("checked_at", _MOMENT, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table("shadow_trials", *_key("version"), sa.Column("body", sa.Text, nullable=False))
    refuse_changes("model_stages")


def drop_stages() -> None:
    """Drop them."""
    for table in ("shadow_trials", "model_checks", "model_stages"):
        op.drop_table(table)
