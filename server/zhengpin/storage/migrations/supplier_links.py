"""Who belongs together with whom: what suppliers share, the edges that follow, rings, and what was learned of all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", *names)]


def _flag(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def keep_links() -> None:
    """Make the tables; every supplier that is stored is to be linked."""
    op.create_table(
        "supplier_traits",
        *_keys("attribute", "value", "supplier_id"),
        _flag("verified"),
        sa.Index(None, "marketplace", "supplier_id"),
        sa.Index(None, "marketplace", "attribute", "value", "verified", "supplier_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "supplier_edges",
        *_keys("one_id", "other_id"),
        sa.Column("probability", sa.Double, nullable=False),
        *map(_flag, ("certain", "weak", "holds")),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Index(None, "marketplace", "other_id", "one_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ring_members",
        *_keys("supplier_id"),
        sa.Column("ring_id", sa.String, nullable=False),
        sa.Index(None, "marketplace", "ring_id", "supplier_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_models",
        *_keys("version"),
        sa.Column("suppliers", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("reached", sa.String, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("commits", sa.BigInteger, nullable=False),
    )

    op.execute("INSERT INTO stale_suppliers SELECT marketplace, 'links', supplier_id, 1 FROM suppliers")


def drop_links() -> None:
    """Drop them."""
    for table in ("link_models", "ring_members", "supplier_edges", "supplier_traits"):
        op.drop_table(table)
