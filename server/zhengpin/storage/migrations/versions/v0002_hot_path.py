"""What the hot path keeps ready.

Revision 0002. Each change stands in a function of its own, beside the one that takes it back.
"""

from collections.abc import Callable

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANGES: tuple[tuple[Callable[[], None], Callable[[], None]], ...] = ()
"""How each change is made, and how it is taken back, in the order of making."""


def upgrade() -> None:
    """Make the changes."""
    for make, _ in CHANGES:
        make()


def downgrade() -> None:
    """Take them back, the last one first."""
    for _, take_back in reversed(CHANGES):
        take_back()
