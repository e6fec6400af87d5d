"""What the hot path keeps ready.

Revision 0002. Each change stands in a function of its own, beside the one that takes it back.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from zhengpin.storage.migrations import order_lines, verdict_editions

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _count_revisions() -> None:
    """What processes remember of a marketplace holds until its revision is raised."""
    op.create_table(
        "revisions",
        sa.Column("marketplace", sa.String, primary_key=True),
        sa.Column("topic", sa.String, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


def _count_no_revisions() -> None:
    op.drop_table("revisions")


CHANGES: tuple[tuple[Callable[[], None], Callable[[], None]], ...] = (
    (_count_revisions, _count_no_revisions),
    (order_lines.replace_states, order_lines.restore_states),
    (verdict_editions.name_editions, verdict_editions.repeat_editions),
)
"""How each change is made, and how it is taken back, in the order of making."""


def upgrade() -> None:
    """Make the changes."""
    for make, _ in CHANGES:
        make()


def downgrade() -> None:
    """Take them back, the last one first."""
    for _, take_back in reversed(CHANGES):
        take_back()
