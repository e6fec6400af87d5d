"""The first schema: catalogue, prices, orders, decisions.

Revision 0001.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_APPEND_ONLY = ("verdicts", "verdict_reasons")


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", *names)]


def _column(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any] = sa.String) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _within(parent: str, *names: str) -> sa.ForeignKeyConstraint:
    columns = ["marketplace", *names]
    return sa.ForeignKeyConstraint(columns, [f"{parent}.{name}" for name in columns])


def upgrade() -> None:
    """Create every table, and forbid changes where rows are only added."""
    _create_catalogue()
    _create_history()
    _create_decisions()
    if op.get_context().dialect.name == "postgresql":
        _forbid_changes_in_postgres()
    else:
        _forbid_changes_in_sqlite()


def downgrade() -> None:
    """Drop everything."""
    for table in (
        "streams",
        "requests",
        "verdict_reasons",
        "verdicts",
        "list_entries",
        "outcomes",
        "listing_sales",
        "order_days",
        "order_states",
        "order_events",
        "baselines",
        "price_observations",
        "listing_prices",
        "listing_images",
        "listings",
        "authorisations",
        "brand_prefixes",
        "brand_names",
        "brands",
        "shops",
        "suppliers",
    ):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change")


def _forbid_changes_in_sqlite() -> None:
    for table in _APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _forbid_changes_in_postgres() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _create_catalogue() -> None:
    """Suppliers, brands, authorisations and listings."""
    op.create_table("suppliers", *_key("supplier_id"), _column("updated_at", _MOMENT), _column("body", sa.Text))
    op.create_table(
        "shops",
        *_key("shop_id"),
        _column("supplier_id"),
        _column("position", sa.Integer),
        sa.Column("official_store", sa.Integer),
        _column("body", sa.Text),
        _within("suppliers", "supplier_id"),
        sa.Index(None, "marketplace", "supplier_id"),
    )
    op.create_table("brands", *_key("brand_id"), _column("updated_at", _MOMENT), _column("body", sa.Text))
    op.create_table(
        "brand_names",
        *_key("name", "brand_id"),
        _within("brands", "brand_id"),
        sa.Index(None, "marketplace", "brand_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "brand_prefixes",
        *_key("prefix", "brand_id"),
        _within("brands", "brand_id"),
        sa.Index(None, "marketplace", "brand_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "authorisations",
        *_key("authorisation_id"),
        _column("brand_id"),
        _column("licensor_id"),
        _column("licensee_id"),
        _column("valid_from", sa.Date),
        _column("valid_to", sa.Date),
        _column("document_sha256"),
        _column("body", sa.Text),
        sa.Index(None, "marketplace", "licensee_id", "brand_id"),
        sa.Index(None, "marketplace", "document_sha256"),
    )
    op.create_table(
        "listings",
        *_key("listing_id"),
        _column("supplier_id"),
        _column("product_key"),
        _column("first_seen_at", _MOMENT),
        _column("updated_at", _MOMENT),
        sa.Column("deleted_at", _MOMENT),
        _column("edits", sa.Text),
        _column("body", sa.Text),
    )
    op.create_table(
        "listing_images",
        *_key("sha256", "listing_id"),
        _column("supplier_id"),
        _within("listings", "listing_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listing_prices",
        *_key("listing_id"),
        sa.Column("held_from", _MOMENT, primary_key=True),
        sa.Column("observation_id", sa.String, primary_key=True),
        _column("currency"),
        _column("price", sa.Double),
        sqlite_with_rowid=False,
    )


def _create_history() -> None:
    """Prices, orders and outcomes."""
    op.create_table(
        "price_observations",
        *_key("observation_id"),
        _column("product_key"),
        _column("captured_at", _MOMENT),
        _column("body", sa.Text),
    )
    op.create_table(
        "baselines",
        *_key("product_key", "territory", "currency", "condition", "sale_kind", "channel"),
        _column("quotes", sa.Text),
    )
    op.create_table("order_events", *_key("event_id"), _column("order_id"), _column("body", sa.Text))
    op.create_table(
        "order_states",
        *_key("subject_kind", "subject", "order_id"),
        _column("body", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "order_days",
        *_key("subject_kind", "subject"),
        sa.Column("day", sa.Date, primary_key=True),
        _column("orders", sa.BigInteger),
        _column("units", sa.BigInteger),
        _column("shipped", sa.BigInteger),
        _column("shipped_late", sa.BigInteger),
        _column("unscanned", sa.BigInteger),
        _column("delivered", sa.BigInteger),
        _column("cancelled", sa.BigInteger),
        _column("returned", sa.BigInteger),
        _column("refunded", sa.BigInteger),
        _column("complaints", sa.BigInteger),
        _column("fake_complaints", sa.BigInteger),
        _column("not_as_described", sa.BigInteger),
        _column("distinct_complaining_orders", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listing_sales",
        *_key("listing_id"),
        _column("units", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outcomes",
        *_key("outcome_id"),
        _column("listing_id"),
        _column("supplier_id"),
        _column("kind"),
        _column("found_at", _MOMENT),
        _column("body", sa.Text),
        sa.Index(None, "marketplace", "listing_id", "found_at"),
        sa.Index(None, "marketplace", "supplier_id", "found_at"),
    )


def _create_decisions() -> None:
    """List entries, verdicts, requests and streams."""
    op.create_table(
        "list_entries",
        *_key("entry_id"),
        _column("subject_kind"),
        _column("subject"),
        _column("body", sa.Text),
        sa.Index(None, "marketplace", "subject_kind", "subject"),
    )
    op.create_table(
        "verdicts",
        *_key("verdict_id"),
        _column("sequence", sa.BigInteger),
        _column("listing_id"),
        _column("supplier_id"),
        _column("decision"),
        _column("evaluated_at", _MOMENT),
        _column("body", sa.LargeBinary),
        sa.Column("explanation", sa.LargeBinary),
        sa.Index(None, "marketplace", "sequence", unique=True),
        sa.Index(None, "marketplace", "listing_id", "sequence"),
        sa.Index(None, "marketplace", "supplier_id", "evaluated_at", "sequence"),
        sa.Index(None, "marketplace", "evaluated_at", "sequence"),
    )
    op.create_table(
        "verdict_reasons",
        *_key("code"),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "requests",
        *_key("method", "request_id"),
        _column("payload_digest"),
        _column("answer", sa.LargeBinary),
        _column("added_at", _MOMENT),
        sa.Index(None, "marketplace", "added_at"),
    )
    op.create_table(
        "streams",
        *_key("stream_id"),
        _column("committed_offset", sa.BigInteger),
        _column("advanced_at", _MOMENT),
        sqlite_with_rowid=False,
    )
