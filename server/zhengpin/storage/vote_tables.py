"""The tables of votes, and of what they add up to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, Table, Text, text

from zhengpin.storage.columns import UtcDateTime
from zhengpin.storage.schema import column, key, metadata

_TARGET = ("target_kind", "target_key")

listing_targets = Table(
    "listing_targets",
    metadata,
    # With the supplier before the listing, so that it is quickly told who offers goods of a target.
    *key(*_TARGET, "supplier_id", "listing_id"),
    column("said", Text),  # category, brand, factory and origin of the listing
    sqlite_with_rowid=False,
)

voters = Table(
    "voters",
    metadata,
    *key("voter_id"),
    column("registered_at", UtcDateTime),
    column("supplier_id"),
    column("invited_by"),
    column("banned", Integer),
    sqlite_with_rowid=False,
)

voter_trust = Table(
    "voter_trust",
    metadata,
    *key("voter_id"),
    column("trust", Double),
    column("votes", BigInteger),
    column("first_at", Double),  # seconds since 1970, UTC, as in what follows
    column("last_at", Double),
    column("unhurried", Double),
    column("day_squares", Double),
    column("on_last_day", Double),
    column("proven", Double),
    column("agreed", Double),
    Column("second_opinion", Double),
    Column("solved_at", UtcDateTime),
    column("acquaintances"),
    sqlite_with_rowid=False,
)

votes = Table(
    "votes",
    metadata,
    *key("vote_id"),
    column("number", BigInteger),
    column("voter_id"),
    *map(column, _TARGET),
    column("cast_at", UtcDateTime),
    column("received_at", UtcDateTime),
    column("imported", Integer),
    column("body", Text),
    Index(None, "marketplace", "number", unique=True),
    Index(None, "marketplace", "voter_id", "number"),
)

IN_A_WINDOW = text("window_id <> ''")
"""As a text, for SQLite takes an index on some rows only where the statement says the very same."""

current_votes = Table(
    "current_votes",
    metadata,
    *key(*_TARGET, "voter_id"),
    column("vote_id"),
    column("recommends", Integer),
    column("cast_at", UtcDateTime),
    column("circle"),
    column("strength", Double),
    column("at_most", Double),
    column("bought", Integer),
    column("related", Integer),
    column("trust", Double),
    column("why_not"),  # empty where it counts
    column("window_id"),  # empty outside of any
    column("told_late", Double),  # seconds
    Index(None, "marketplace", "voter_id", "why_not"),
    Index(None, "marketplace", *_TARGET, "cast_at"),
    Index(
        "ix_current_votes_window",
        "marketplace",
        "window_id",
        "why_not",
        sqlite_where=IN_A_WINDOW,
        postgresql_where=IN_A_WINDOW,
    ),
    sqlite_with_rowid=False,
)

vote_orders = Table(
    "vote_orders",
    metadata,
    *key("order_id"),
    column("voter_id"),  # who first named it as its own purchase
    sqlite_with_rowid=False,
)

vote_tallies = Table(
    "vote_tallies",
    metadata,
    *key(*_TARGET),
    column("recommend_votes", BigInteger),
    column("warn_votes", BigInteger),
    column("counted_recommend_votes", BigInteger),
    column("counted_warn_votes", BigInteger),
    column("recommend", Double),
    column("warn", Double),
    column("circles", BigInteger),
    column("backing", Double),
    column("praise", Double),
    sqlite_with_rowid=False,
)

vote_circles = Table(
    "vote_circles",
    metadata,
    *key(*_TARGET, "circle"),
    column("recommends", BigInteger),
    column("warns", BigInteger),
    column("recommend_squares", Double),
    column("warn_squares", Double),
    sqlite_with_rowid=False,
)

vote_hours = Table(
    "vote_hours",
    metadata,
    *key(*_TARGET),
    Column("hour", BigInteger, primary_key=True, autoincrement=False),  # since 1970, UTC
    column("recommends", BigInteger),
    column("warns", BigInteger),
    sqlite_with_rowid=False,
)

vote_rates = Table(
    "vote_rates",
    metadata,
    *key(),
    column("body", Text),
    sqlite_with_rowid=False,
)

UNDECIDED = text("decided_at IS NULL")
"""As a text, for SQLite takes an index on some rows only where the statement says the very same."""

vote_windows = Table(
    "vote_windows",
    metadata,
    *key("window_id"),
    *map(column, _TARGET),
    column("why"),
    column("raised_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    column("body", Text),
    Index(None, "marketplace", "raised_at", "window_id"),
    Index(None, "marketplace", *_TARGET, "raised_at"),
    Index(
        "ix_vote_windows_undecided",
        "marketplace",
        "raised_at",
        "window_id",
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    ),
)

voter_mixes = Table(
    "voter_mixes",
    metadata,
    *key(*_TARGET),
    column("distrusted", Double),
    column("related", Double),
    column("disagreement", Double),
    column("solved_at", UtcDateTime),
    sqlite_with_rowid=False,
)

fake_votes = Table(
    "fake_votes",
    metadata,
    *key(*_TARGET, "voter_id"),
    column("listing_id"),
    column("cast_at", UtcDateTime),
    column("sentence", Text),
    sqlite_with_rowid=False,
)

fake_words = Table(
    "fake_words",
    metadata,
    *key(*_TARGET, "listing_id"),  # empty for all listings of the target
    column("votes", BigInteger),
    column("weight", Double),
    column("quotes", Text),
    sqlite_with_rowid=False,
)

standings = Table(
    "standings",
    metadata,
    *key(*_TARGET),
    column("board"),
    column("category"),
    column("origin"),
    column("doubt", Double),  # how unsure it is that the target belongs on its board
    column("updated_at", UtcDateTime),
    column("body", Text),
    Index(None, "marketplace", "board", "doubt", *_TARGET),
)

usual_shares = Table(
    "usual_shares",
    metadata,
    *key("target_kind", "category"),  # of all categories together where it is empty
    column("share", Double),
    column("made_at", UtcDateTime),
    sqlite_with_rowid=False,
)

standing_changes = Table(
    "standing_changes",
    metadata,
    *key(),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    *map(column, _TARGET),
    column("before"),
    column("after"),
    column("changed_at", UtcDateTime),
    Index(None, "marketplace", "target_kind", "number"),
    sqlite_with_rowid=False,
)

rescreening = Table(
    "rescreening",
    metadata,
    *key("target_kind"),
    column("number", BigInteger),  # of the last change whose listings were all judged anew
    column("supplier_id"),  # of the last listing that was judged anew for the change after it
    column("listing_id"),
    column("moved_at", UtcDateTime),
    sqlite_with_rowid=False,
)
