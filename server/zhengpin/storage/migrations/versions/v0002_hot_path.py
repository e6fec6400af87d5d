"""What the hot path keeps ready.

Revision 0002. Each change stands in a function of its own, beside the one that takes it back.
"""

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from alembic import op

from zhengpin.storage.migrations import (
    allegations,
    company_keys,
    fake_votes,
    handed_in,
    joined_products,
    models,
    narrow_rows,
    order_days,
    order_lines,
    pictures,
    price_forecasts,
    supplier_facts,
    supplier_links,
    supplier_profiles,
    supplier_scores,
    verdict_editions,
    votes,
)

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


def _count_units_of_prices() -> None:
    """What a listing asked compares per unit; recorded prices are for one, of the others the number is not known."""
    op.add_column("listing_prices", sa.Column("units", sa.BigInteger))
    op.execute("UPDATE listing_prices SET units = 1 WHERE observation_id <> ''")


def _count_no_units_of_prices() -> None:
    op.drop_column("listing_prices", "units")


def _index_deleted_listings() -> None:
    """A market is made of what is still on offer: those that are gone are told without opening any listing's row."""
    gone, columns = sa.text("deleted_at IS NOT NULL"), ["marketplace", "listing_id", "deleted_at"]
    op.create_index("ix_listings_deleted", "listings", columns, sqlite_where=gone, postgresql_where=gone)


def _index_no_deleted_listings() -> None:
    op.drop_index("ix_listings_deleted", "listings")


CHANGES: tuple[tuple[Callable[[], None], Callable[[], None]], ...] = (
    (_count_revisions, _count_no_revisions),
    (order_lines.replace_states, order_lines.restore_states),
    (order_days.count_promises_and_buyers, order_days.forget_promises_and_buyers),
    (_count_units_of_prices, _count_no_units_of_prices),
    (_index_deleted_listings, _index_no_deleted_listings),
    (verdict_editions.name_editions, verdict_editions.repeat_editions),
    (verdict_editions.number_lists, verdict_editions.date_lists),
    (company_keys.name_terminated, company_keys.forget_terminated),
    (narrow_rows.lay_prices_in_columns, narrow_rows.fold_prices_into_json),
    (narrow_rows.drop_row_ids, narrow_rows.restore_row_ids),
    (pictures.log_hashes, partial(pictures.drop, "hash_log")),
    (pictures.show_pictures, partial(pictures.drop, "listing_pictures")),
    (pictures.register_images, partial(pictures.drop, "registered_images")),
    (price_forecasts.keep_forecasts, price_forecasts.drop_forecasts),
    (models.keep_stages, models.drop_stages),
    (allegations.read_allegations, allegations.forget_allegations),
    (joined_products.join_products, joined_products.part_products),
    (votes.keep_votes, votes.drop_votes),
    (fake_votes.hear_fake_votes, fake_votes.forget_fake_votes),
    (supplier_facts.keep_facts, supplier_facts.drop_facts),
    (supplier_scores.keep_scores, supplier_scores.drop_scores),
    (supplier_links.keep_links, supplier_links.drop_links),
    (supplier_profiles.keep_profiles, supplier_profiles.drop_profiles),
    (handed_in.order_files, handed_in.forget_order),
    (company_keys.name_verified, company_keys.forget_verified),
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
