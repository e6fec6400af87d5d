"""What screenings hear of votes beside their sums: what sort of voters they come from, and who calls the goods fake."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

_TARGET = ("target_kind", "target_key")
_MOMENT = sa.DateTime(timezone=True)


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", *names)]


def hear_fake_votes() -> None:
    """Make the tables."""
    op.create_table(
        "voter_mixes",
        *_key(*_TARGET),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("distrusted", "related", "disagreement")),
        sa.Column("solved_at", _MOMENT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fake_votes",
        *_key(*_TARGET, "voter_id"),
        sa.Column("listing_id", sa.String, nullable=False),
        sa.Column("cast_at", _MOMENT, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fake_words",
        *_key(*_TARGET, "listing_id"),
        sa.Column("votes", sa.BigInteger, nullable=False),
        sa.Column("weight", sa.Double, nullable=False),
        sa.Column("quotes", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def forget_fake_votes() -> None:
    """Drop them."""
    for table in ("fake_words", "fake_votes", "voter_mixes"):
        op.drop_table(table)
