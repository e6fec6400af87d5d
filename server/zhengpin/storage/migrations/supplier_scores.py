"""How good suppliers are: what their evidence adds up to, what it came to, and of whom more came since."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from zhengpin.storage.migrations.append_only import refuse_changes

_MOMENT = sa.DateTime(timezone=True)
_OF_SUPPLIER = ["marketplace", "supplier_id", "listing_id"]


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=key, nullable=False)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [_text(name, key=True) for name in ("marketplace", *names)]


def _stands() -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in ("points", "low", "high")]


def keep_scores() -> None:
    """Make the tables; every supplier that is stored is to be scored."""
    op.create_table(
        "stale_suppliers",
        *_keys("topic", "supplier_id"),
        sa.Column("marks", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO stale_suppliers SELECT marketplace, 'score', supplier_id, 1 FROM suppliers")
    _keep_scores_themselves()
    op.create_table(
        "supplier_score_changes",
        *_keys(),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        _text("supplier_id"),
        sa.Column("points_before", sa.Integer, nullable=False),
        _text("band_before"),
        *_stands(),
        _text("band"),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Index(None, "marketplace", "supplier_id", "number"),
        sqlite_with_rowid=False,
    )
    refuse_changes("supplier_score_changes")
    op.create_table(
        "score_priors",
        *_keys("version"),
        sa.Column("fitted_on", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        _text("reached"),
        sa.Column("finished_at", _MOMENT),
    )
    op.create_index("ix_listings_" + "_".join(_OF_SUPPLIER), "listings", _OF_SUPPLIER)


def _keep_scores_themselves() -> None:
    is_due = sa.text("due_on IS NOT NULL")
    op.create_table(
        "supplier_scores",
        *_keys("supplier_id"),
        _text("category"),
        _text("band"),
        *_stands(),
        sa.Column("scored_at", _MOMENT, nullable=False),
        _text("priors"),
        sa.Column("due_on", sa.Date),
        sa.Column("sums", sa.LargeBinary, nullable=False),
        sa.Column("blemishes", sa.Text, nullable=False),
        sa.Index(None, "marketplace", "band", "points", "supplier_id"),
        sa.Index(None, "marketplace", "category", "band", "points", "supplier_id"),
        sa.Index(
            "ix_supplier_scores_due",
            "marketplace",
            "due_on",
            "supplier_id",
            sqlite_where=is_due,
            postgresql_where=is_due,
        ),
        sqlite_with_rowid=False,
    )


def drop_scores() -> None:
    """Drop them."""
    op.drop_index("ix_listings_" + "_".join(_OF_SUPPLIER), "listings")
    for table in ("score_priors", "supplier_score_changes", "supplier_scores", "stale_suppliers"):
        op.drop_table(table)
