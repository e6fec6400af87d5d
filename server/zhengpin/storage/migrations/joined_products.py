"""Keys that name the same product."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def join_products() -> None:
    """Make the table; nothing is joined until products are matched."""
    op.create_table(
        "joined_products",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("product_key", sa.String, primary_key=True),
        sa.Column("joined_key", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )


def part_products() -> None:
    """Drop the table."""
    op.drop_table("joined_products")
