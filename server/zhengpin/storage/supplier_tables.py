"""The tables of what is known of suppliers beside their own records, and of what it adds up to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from zhengpin.storage.columns import UtcDateTime
from zhengpin.storage.schema import column, key, metadata

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
    Index(None, "marketplace", "supplier_id", "kind", "observed_at", "fact_id"),
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
