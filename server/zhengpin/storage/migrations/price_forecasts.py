"""What a genuine article would cost: one row a product, brand or category."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

_KEY = ("marketplace", "subject", "territory", "currency", "condition")


def keep_forecasts() -> None:
    """Make the table."""
    op.create_table(
        "price_forecasts",
        *(sa.Column(name, sa.String, primary_key=True) for name in _KEY),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def drop_forecasts() -> None:
    """Drop the table."""
    op.drop_table("price_forecasts")
