"""Stages of learned models, which are only added to, what was found when they were looked at, and trials in shadow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER model_stages_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON model_stages "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER model_stages_refuse_{change.lower()} BEFORE {change} ON model_stages "
            "BEGIN SELECT RAISE(ABORT, 'model_stages is append-only'); END"
        )


def drop_stages() -> None:
    """Drop them."""
    for table in ("shadow_trials", "model_checks", "model_stages"):
        op.drop_table(table)
