"""What rules ask of suppliers; each of whom facts are stored is due at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def keep_profiles() -> None:
    """Make the table."""
    is_due = sa.text("due_on IS NOT NULL")
    op.create_table(
        "supplier_profiles",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("supplier_id", sa.String, primary_key=True),
        sa.Column("due_on", sa.Date),
        sa.Column("body", sa.Text, nullable=False),
        sa.Index(
            "ix_supplier_profiles_due",
            "marketplace",
            "due_on",
            "supplier_id",
            sqlite_where=is_due,
            postgresql_where=is_due,
        ),
        sqlite_with_rowid=False,
    )


def drop_profiles() -> None:
    """Drop it."""
    op.drop_table("supplier_profiles")
