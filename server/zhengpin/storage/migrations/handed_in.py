"""Who handed in which file, in the order of telling."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def order_files() -> None:
    """Make the table; of the letters that are stored already nobody knows which came first."""
    op.create_table(
        "handed_in",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "sha256", "supplier_id")),
        sa.Column("place", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO handed_in SELECT DISTINCT marketplace, document_sha256, licensee_id, 0 FROM authorisations"
        " WHERE document_sha256 <> ''"
    )


def forget_order() -> None:
    """Drop it."""
    op.drop_table("handed_in")
