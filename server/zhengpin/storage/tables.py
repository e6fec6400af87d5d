"""The tables. The marketplace is the first column of every primary key, so that no row is without one.

Values are stored whole as JSON in `body`; the other columns are those that a statement looks for.
Tables of many short rows have no row id in SQLite: their key is where they lie.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from zhengpin.domain.order_counts import COUNTED, MOST_OF_BUYER
from zhengpin.storage.columns import UtcDateTime
from zhengpin.storage.schema import column as _column
from zhengpin.storage.schema import key as _key
from zhengpin.storage.schema import metadata
from zhengpin.storage.schema import within as _within

__all__ = ["metadata"]

suppliers = Table(
    "suppliers", metadata, *_key("supplier_id"), _column("updated_at", UtcDateTime), _column("body", Text)
)

terminated_companies = Table(
    "terminated_companies",
    metadata,
    *_key("supplier_id"),
    _column("company_key"),
    _within("suppliers", "supplier_id"),
    Index(None, "marketplace", "company_key"),
    sqlite_with_rowid=False,
)

shops = Table(
    "shops",
    metadata,
    *_key("shop_id"),
    _column("supplier_id"),
    _column("position", Integer),
    Column("official_store", Integer),
    _column("body", Text),
    _within("suppliers", "supplier_id"),
    Index(None, "marketplace", "supplier_id"),
)

brands = Table("brands", metadata, *_key("brand_id"), _column("updated_at", UtcDateTime), _column("body", Text))

brand_names = Table(
    "brand_names",
    metadata,
    *_key("name", "brand_id"),
    _within("brands", "brand_id"),
    Index(None, "marketplace", "brand_id"),
    sqlite_with_rowid=False,
)

brand_prefixes = Table(
    "brand_prefixes",
    metadata,
    *_key("prefix", "brand_id"),
    _within("brands", "brand_id"),
    Index(None, "marketplace", "brand_id"),
    sqlite_with_rowid=False,
)

authorisations = Table(
    "authorisations",
    metadata,
    *_key("authorisation_id"),
    _column("brand_id"),
    _column("licensor_id"),
    _column("licensee_id"),
    _column("valid_from", Date),
    _column("valid_to", Date),
    _column("document_sha256"),
    _column("body", Text),
    Index(None, "marketplace", "licensee_id", "brand_id"),
    Index(None, "marketplace", "document_sha256"),
)

DELETED = text("deleted_at IS NOT NULL")
"""As a text, for SQLite takes an index on some rows only where the statement says the very same."""

listings = Table(
    "listings",
    metadata,
    *_key("listing_id"),
    _column("supplier_id"),
    _column("product_key"),
    _column("first_seen_at", UtcDateTime),
    _column("updated_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    _column("edits", Text),
    _column("body", Text),
    # Whoever reads a market asks for the few of hundreds that are gone, and need not open the others' rows.
    Index(
        "ix_listings_deleted",
        "marketplace",
        "listing_id",
        "deleted_at",
        sqlite_where=DELETED,
        postgresql_where=DELETED,
    ),
    Index(None, "marketplace", "supplier_id", "listing_id"),
)

listing_images = Table(
    "listing_images",
    metadata,
    *_key("sha256", "listing_id"),
    _column("supplier_id"),
    _within("listings", "listing_id"),
    sqlite_with_rowid=False,
)

listing_pictures = Table(
    "listing_pictures",
    metadata,
    *_key("phash", "listing_id"),
    _column("supplier_id"),
    _within("listings", "listing_id"),
    sqlite_with_rowid=False,
)

registered_images = Table(
    "registered_images",
    metadata,
    *_key("image_id"),
    _column("phash"),  # empty where it is not known, as the next one
    _column("sha256"),
    _column("body", Text),
    Index(None, "marketplace", "phash", "image_id"),  # with the id, in whose order the first ones are read
    Index(None, "marketplace", "sha256", "image_id"),
)

hash_log = Table(
    "hash_log",
    metadata,
    *_key("topic"),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    _column("hashes", LargeBinary),  # of 64 bits each, in the order of no matter what
    sqlite_with_rowid=False,
)

listing_prices = Table(
    "listing_prices",
    metadata,
    *_key("listing_id"),
    Column("held_from", UtcDateTime, primary_key=True),
    Column("observation_id", String, primary_key=True),  # empty for the price that the listing itself asked
    _column("currency"),
    _column("price", Double),
    Column("units", BigInteger),  # how many the price was for; null where that can't be told
    sqlite_with_rowid=False,
)

price_observations = Table(
    "price_observations",
    metadata,
    *_key("observation_id"),
    _column("product_key"),
    _column("seller"),
    _column("listing_id"),
    _column("territory"),
    _column("condition"),
    _column("sale_kind"),
    _column("channel"),
    _column("group_size", BigInteger),
    _column("currency"),
    _column("amount", BigInteger),  # of one unit, in whole units of the currency
    _column("nanos", Integer),  # and billionths of one beside them: together they may be more than 64 bits hold
    _column("captured_at", UtcDateTime),
    _column("units_sold", BigInteger),
    _column("proof"),
    sqlite_with_rowid=False,
)

baselines = Table(
    "baselines",
    metadata,
    *_key("product_key", "territory", "currency", "condition", "sale_kind", "channel"),
    _column("quotes", Text),
)

joined_products = Table(
    "joined_products",
    metadata,
    *_key("product_key"),
    _column("joined_key"),  # of the same product, whose prices count as well
    sqlite_with_rowid=False,
)

price_forecasts = Table(
    "price_forecasts",
    metadata,
    *_key("subject", "territory", "currency", "condition"),
    _column("made_at", UtcDateTime),
    _column("body", Text),
)

order_events = Table("order_events", metadata, *_key("event_id"), _column("order_id"), _column("body", Text))

order_lines = Table(
    "order_lines",
    metadata,
    *_key("order_id", "listing_id", "supplier_id"),
    _column("first_event_at", UtcDateTime),
    Column("paid_at", UtcDateTime),
    Column("carried_at", UtcDateTime),
    Column("delivered_at", UtcDateTime),
    Column("cancelled_at", UtcDateTime),
    Column("promised_by", UtcDateTime),
    _column("units", BigInteger),
    _column("shipped", BigInteger),  # how many events said so, as in what follows
    _column("delivered", BigInteger),
    _column("cancelled", BigInteger),
    _column("returned", BigInteger),
    _column("refunded", BigInteger),
    _column("complaints", BigInteger),
    _column("called_fake", BigInteger),
    _column("called_not_as_described", BigInteger),
    _column("called_defective", BigInteger),
    _column("called_late", BigInteger),
    _column("changed_mind", BigInteger),
    _column("other_cause", BigInteger),
    _column("other_complaints", BigInteger),
    _column("buyer_id"),  # a pseudonym; empty where it was not told
    _column("cancelled_by"),
    sqlite_with_rowid=False,
)

order_days = Table(
    "order_days",
    metadata,
    *_key("subject_kind", "subject"),
    Column("day", Date, primary_key=True),
    *(_column(name, BigInteger) for name in COUNTED),
    sqlite_with_rowid=False,
)

IS_OFTEN_BOUGHT = text(f"orders > {MOST_OF_BUYER}")
"""As a text, for SQLite takes an index on some rows only where the statement says the very same."""

buyer_days = Table(
    "buyer_days",
    metadata,
    # What a buyer's orders of one supplier add up to a day; buyers by their pseudonyms, and only where they were told.
    *_key("supplier_id", "buyer_id"),
    Column("day", Date, primary_key=True),
    *(_column(name, BigInteger) for name in COUNTED),
    Index(
        "ix_buyer_days_often",
        "marketplace",
        "supplier_id",
        "orders",
        sqlite_where=IS_OFTEN_BOUGHT,
        postgresql_where=IS_OFTEN_BOUGHT,
    ),
    sqlite_with_rowid=False,
)

fake_allegations = Table(
    "fake_allegations",
    metadata,
    *_key("event_id"),
    _column("order_id"),
    _column("listing_id"),
    _column("told_at", UtcDateTime),
    _column("sentence", Text),
    Index(None, "marketplace", "listing_id", "told_at"),
)

listing_sales = Table(
    "listing_sales",
    metadata,
    *_key("listing_id"),
    _column("units", BigInteger),
    sqlite_with_rowid=False,
)

outcomes = Table(
    "outcomes",
    metadata,
    *_key("outcome_id"),
    _column("listing_id"),
    _column("supplier_id"),  # whose listing it was when the outcome was told
    _column("kind"),
    _column("found_at", UtcDateTime),
    _column("body", Text),
    Index(None, "marketplace", "listing_id", "found_at"),
    Index(None, "marketplace", "supplier_id", "found_at"),
)

list_entries = Table(
    "list_entries",
    metadata,
    *_key("entry_id"),
    _column("subject_kind"),
    _column("subject"),
    _column("body", Text),
    Index(None, "marketplace", "subject_kind", "subject"),
)

editions = Table("editions", metadata, *_key("digest"), _column("body", Text))

NOT_ALLOWED = text("decision <> 'allow'")
"""As a text, for SQLite takes an index on some rows only where the statement says the very same."""

verdicts = Table(
    "verdicts",
    metadata,
    *_key("verdict_id"),
    _column("sequence", BigInteger),
    _column("listing_id"),
    _column("supplier_id"),
    _column("decision"),
    _column("evaluated_at", UtcDateTime),
    Column("edition", String),  # empty in rows of the first form (`verdict_body`)
    _column("body", LargeBinary),
    Column("explanation", LargeBinary),  # likewise filled in the first form alone
    Index(None, "marketplace", "sequence", unique=True),
    Index(None, "marketplace", "listing_id", "sequence"),
    Index(None, "marketplace", "supplier_id", "sequence"),
    Index(None, "marketplace", "evaluated_at", "sequence"),
    # The few that somebody may have to look at: without it a list of them would be looked for among all.
    Index("ix_verdicts_not_allowed", "marketplace", "sequence", sqlite_where=NOT_ALLOWED, postgresql_where=NOT_ALLOWED),
)

verdict_reasons = Table(
    "verdict_reasons",
    metadata,
    *_key("code"),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

requests = Table(
    "requests",
    metadata,
    *_key("method", "request_id"),
    _column("payload_digest"),
    _column("answer", LargeBinary),
    _column("added_at", UtcDateTime),
    Index(None, "marketplace", "added_at"),
    sqlite_with_rowid=False,
)

streams = Table(
    "streams",
    metadata,
    *_key("stream_id"),
    _column("committed_offset", BigInteger),
    _column("advanced_at", UtcDateTime),
    sqlite_with_rowid=False,
)

revisions = Table(
    "revisions",
    metadata,
    *_key("topic"),
    _column("revision", BigInteger),
    sqlite_with_rowid=False,
)

model_stages = Table(
    "model_stages",
    metadata,
    *_key("model"),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _column("version"),
    _column("stage"),
    _column("changed_at", UtcDateTime),
    _column("body", Text),
)

model_checks = Table(
    "model_checks",
    metadata,
    *_key("model"),
    Column("checked_at", UtcDateTime, primary_key=True),
    _column("version"),
    _column("body", Text),
)

shadow_trials = Table(
    "shadow_trials",
    metadata,
    *_key("model", "version"),
    _column("body", Text),
)
