"""The tables of what is known of suppliers beside their own records, and of what it adds up to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Double, Index, Integer, LargeBinary, Table, Text, text

from zhengpin.storage.columns import UtcDateTime
from zhengpin.storage.schema import column, key, metadata, within

supplier_fact_log = Table(
    "supplier_fact_log",
    metadata,
    # Every revision as it was told; only added to.
    *key("fact_id"),
    column("supplier_id"),
    column("kind"),
    column("observed_at", UtcDateTime),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    column("withdrawn", Integer),
    column("body", Text),
    column("told_at", UtcDateTime),
)

supplier_facts = Table(
    "supplier_facts",
    metadata,
    # The highest revision of each.
    *key("fact_id"),
    column("supplier_id"),
    column("kind"),
    column("observed_at", UtcDateTime),
    column("revision", BigInteger),
    column("withdrawn", Integer),
    column("body", Text),
    column("aspect"),  # what it is within its kind, as far as it has a quota of its own
    Index(None, "marketplace", "supplier_id", "kind", "aspect", "observed_at", "fact_id"),
)

supplier_values = Table(
    "supplier_values",
    metadata,
    # What suppliers may share: keyed tokens, hashes of papers, codes, names and addresses written one way.
    *key("attribute", "value", "supplier_id", "source"),
    column("verified", Integer),
    Index(None, "marketplace", "supplier_id", "source"),
    sqlite_with_rowid=False,
)

verified_companies = Table(
    "verified_companies",
    metadata,
    # Which company each supplier is, by a number in the register that was verified; several may be one.
    *key("supplier_id"),
    column("company_key"),
    within("suppliers", "supplier_id"),
    Index(None, "marketplace", "company_key"),
    sqlite_with_rowid=False,
)

handed_in = Table(
    "handed_in",
    metadata,
    # Who handed in which file that is made out to one company, in the order of telling; nobody's place ever changes.
    *key("sha256", "supplier_id"),
    column("place", BigInteger),
    sqlite_with_rowid=False,
)

stale_suppliers = Table(
    "stale_suppliers",
    metadata,
    # Of whom more was told than their score, or their links, rest on; the marks grow with whatever tells some.
    *key("topic", "supplier_id"),
    column("marks", BigInteger),
    sqlite_with_rowid=False,
)

IS_DUE = text("due_on IS NOT NULL")
"""As a text, for SQLite takes an index on some rows only where the statement says the very same."""

supplier_profiles = Table(
    "supplier_profiles",
    metadata,
    # What rules ask of each supplier's facts; a screening reads its row.
    *key("supplier_id"),
    Column("due_on", Date),  # when time alone makes it another one
    column("body", Text),
    Index(
        "ix_supplier_profiles_due",
        "marketplace",
        "due_on",
        "supplier_id",
        sqlite_where=IS_DUE,
        postgresql_where=IS_DUE,
    ),
    sqlite_with_rowid=False,
)

supplier_scores = Table(
    "supplier_scores",
    metadata,
    # What each supplier's evidence adds up to, and what that came to when it was last scored.
    *key("supplier_id"),
    column("category"),
    column("band"),
    column("points", Integer),
    column("low", Integer),
    column("high", Integer),
    column("scored_at", UtcDateTime),
    column("priors"),  # the version of the table that it was scored with
    Column("due_on", Date),  # when time alone will add to the evidence
    column("sums", LargeBinary),
    column("blemishes", Text),
    Index(None, "marketplace", "band", "points", "supplier_id"),
    Index(None, "marketplace", "category", "band", "points", "supplier_id"),
    Index(
        "ix_supplier_scores_due", "marketplace", "due_on", "supplier_id", sqlite_where=IS_DUE, postgresql_where=IS_DUE
    ),
    sqlite_with_rowid=False,
)

supplier_score_changes = Table(
    "supplier_score_changes",
    metadata,
    # In the order of their commits; only added to.
    *key(),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    column("supplier_id"),
    column("points_before", Integer),
    column("band_before"),
    column("points", Integer),
    column("low", Integer),
    column("high", Integer),
    column("band"),
    column("changed_at", UtcDateTime),
    Index(None, "marketplace", "supplier_id", "number"),
    sqlite_with_rowid=False,
)

score_priors = Table(
    "score_priors",
    metadata,
    # What is usual of suppliers, as fitted; and how far all of them were scored anew with it.
    *key("version"),
    column("fitted_on", Date),
    column("body", Text),
    column("reached"),
    Column("finished_at", UtcDateTime),
)

supplier_traits = Table(
    "supplier_traits",
    metadata,
    # What links rest on: what each supplier shared, and how it named itself, when it was last linked.
    *key("attribute", "value", "supplier_id"),
    column("verified", Integer),
    Index(None, "marketplace", "supplier_id"),
    Index(None, "marketplace", "attribute", "value", "verified", "supplier_id"),
    sqlite_with_rowid=False,
)

supplier_edges = Table(
    "supplier_edges",
    metadata,
    # Two suppliers with something in common, the earlier of both ids first.
    *key("one_id", "other_id"),
    column("probability", Double),
    column("certain", Integer),
    column("weak", Integer),
    column("holds", Integer),  # it is strong enough to hold a ring together
    column("evidence", Text),
    Index(None, "marketplace", "other_id", "one_id"),
    sqlite_with_rowid=False,
)

ring_members = Table(
    "ring_members",
    metadata,
    # Those who belong together with others; nobody is in two rings.
    *key("supplier_id"),
    column("ring_id"),
    Index(None, "marketplace", "ring_id", "supplier_id"),
    sqlite_with_rowid=False,
)

link_models = Table(
    "link_models",
    metadata,
    # What links are weighed by, as learned; and how far all suppliers were linked anew with it.
    *key("version"),
    column("suppliers", BigInteger),
    column("body", LargeBinary),
    column("reached"),
    Column("finished_at", UtcDateTime),
    column("commits", BigInteger),
)
