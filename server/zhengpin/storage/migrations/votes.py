"""Votes, what they add up to, and which listings offer what they speak of; the last is told by stored listings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from zhengpin.domain.brand import normalised_name
from zhengpin.storage.migrations.append_only import refuse_changes

ROWS_AT_ONCE = 1000

_MOMENT = sa.DateTime(timezone=True)
_TARGET = ("target_kind", "target_key")
_LISTINGS = sa.table(
    "listings",
    *map(sa.column, ("marketplace", "listing_id", "supplier_id", "product_key", "body", "deleted_at")),
)


def _key(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", *names)]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _columns(kind: type[TypeEngine[Any]] | TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def keep_votes() -> None:
    """Make the tables, and fill in what stored listings offer."""
    _make_voters()
    _make_votes()
    _make_tallies()
    _make_standings()
    offered = op.create_table(
        "listing_targets",
        *_key(*_TARGET, "supplier_id", "listing_id"),
        *_columns(sa.Text, "said"),
        sqlite_with_rowid=False,
    )
    rows = _offered()
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(offered.insert(), page)


def drop_votes() -> None:
    """Drop them."""
    for table in (
        "listing_targets",
        "rescreening",
        "standing_changes",
        "usual_shares",
        "standings",
        "vote_windows",
        "vote_rates",
        "vote_hours",
        "vote_circles",
        "vote_tallies",
        "vote_orders",
        "current_votes",
        "votes",
        "voter_trust",
        "voters",
    ):
        op.drop_table(table)


def _make_voters() -> None:
    op.create_table(
        "voters",
        *_key("voter_id"),
        *_columns(_MOMENT, "registered_at"),
        *_columns(sa.String, "supplier_id", "invited_by"),
        *_columns(sa.Integer, "banned"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "voter_trust",
        *_key("voter_id"),
        *_columns(sa.Double, "trust"),
        *_columns(sa.BigInteger, "votes"),
        *_columns(sa.Double, "first_at", "last_at"),
        *_columns(sa.Double, "unhurried", "day_squares", "on_last_day", "proven", "agreed"),
        sa.Column("second_opinion", sa.Double),
        sa.Column("solved_at", _MOMENT),
        *_columns(sa.String, "acquaintances"),
        sqlite_with_rowid=False,
    )


def _make_votes() -> None:
    op.create_table(
        "votes",
        *_key("vote_id"),
        *_columns(sa.BigInteger, "number"),
        *_columns(sa.String, "voter_id", *_TARGET),
        *_columns(_MOMENT, "cast_at", "received_at"),
        *_columns(sa.Integer, "imported"),
        *_columns(sa.Text, "body"),
        sa.Index(None, "marketplace", "number", unique=True),
        sa.Index(None, "marketplace", "voter_id", "number"),
    )
    refuse_changes("votes")
    op.create_table(
        "current_votes",
        *_key(*_TARGET, "voter_id"),
        *_columns(sa.String, "vote_id"),
        *_columns(sa.Integer, "recommends"),
        *_columns(_MOMENT, "cast_at"),
        *_columns(sa.String, "circle"),
        *_columns(sa.Double, "strength", "at_most"),
        *_columns(sa.Integer, "bought", "related"),
        *_columns(sa.Double, "trust"),
        *_columns(sa.String, "why_not", "window_id"),
        *_columns(sa.Double, "told_late"),
        sa.Index(None, "marketplace", "voter_id", "why_not"),
        sa.Index(None, "marketplace", *_TARGET, "cast_at"),
        sqlite_with_rowid=False,
    )
    in_one, columns = sa.text("window_id <> ''"), ["marketplace", "window_id", "why_not"]
    op.create_index("ix_current_votes_window", "current_votes", columns, sqlite_where=in_one, postgresql_where=in_one)
    op.create_table("vote_orders", *_key("order_id"), *_columns(sa.String, "voter_id"), sqlite_with_rowid=False)
    undecided = sa.text("decided_at IS NULL")
    op.create_table(
        "vote_windows",
        *_key("window_id"),
        *_columns(sa.String, *_TARGET, "why"),
        *_columns(_MOMENT, "raised_at"),
        sa.Column("decided_at", _MOMENT),
        *_columns(sa.Text, "body"),
        sa.Index(None, "marketplace", "raised_at", "window_id"),
        sa.Index(None, "marketplace", *_TARGET, "raised_at"),
    )
    columns = ["marketplace", "raised_at", "window_id"]
    op.create_index(
        "ix_vote_windows_undecided", "vote_windows", columns, sqlite_where=undecided, postgresql_where=undecided
    )


def _make_tallies() -> None:
    op.create_table(
        "vote_tallies",
        *_key(*_TARGET),
        *_columns(sa.BigInteger, "recommend_votes", "warn_votes", "counted_recommend_votes", "counted_warn_votes"),
        *_columns(sa.Double, "recommend", "warn"),
        *_columns(sa.BigInteger, "circles"),
        *_columns(sa.Double, "backing", "praise"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_circles",
        *_key(*_TARGET, "circle"),
        *_columns(sa.BigInteger, "recommends", "warns"),
        *_columns(sa.Double, "recommend_squares", "warn_squares"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_hours",
        *_key(*_TARGET),
        _number("hour"),
        *_columns(sa.BigInteger, "recommends", "warns"),
        sqlite_with_rowid=False,
    )
    op.create_table("vote_rates", *_key(), *_columns(sa.Text, "body"), sqlite_with_rowid=False)


def _make_standings() -> None:
    op.create_table(
        "standings",
        *_key(*_TARGET),
        *_columns(sa.String, "board", "category", "origin"),
        *_columns(sa.Double, "doubt"),
        *_columns(_MOMENT, "updated_at"),
        *_columns(sa.Text, "body"),
        sa.Index(None, "marketplace", "board", "doubt", *_TARGET),
    )
    op.create_table(
        "usual_shares",
        *_key("target_kind", "category"),
        *_columns(sa.Double, "share"),
        *_columns(_MOMENT, "made_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standing_changes",
        *_key(),
        _number("number"),
        *_columns(sa.String, *_TARGET, "before", "after"),
        *_columns(_MOMENT, "changed_at"),
        sqlite_with_rowid=False,
    )
    op.create_index(None, "standing_changes", ["marketplace", "target_kind", "number"])
    op.create_table(
        "rescreening",
        *_key("target_kind"),
        *_columns(sa.BigInteger, "number"),
        *_columns(sa.String, "supplier_id", "listing_id"),
        *_columns(_MOMENT, "moved_at"),
        sqlite_with_rowid=False,
    )


def _offered() -> Iterator[dict[str, Any]]:
    """What the listings that were not deleted offer."""
    told = sa.select(_LISTINGS).where(_LISTINGS.c.deleted_at.is_(None))
    for row in op.get_bind().execute(told, execution_options={"yield_per": ROWS_AT_ONCE}):
        listing = json.loads(row.body)
        names = {
            "product": row.product_key or f"listing:{row.listing_id}",
            "brand": normalised_name(listing["brand"]),
            "factory": listing["factory_id"],
            "origin": normalised_name(listing["origin_place"]),
        }
        said = [listing["category"], names["brand"], names["factory"], names["origin"]]
        for kind, key in names.items():
            if key:
                yield {
                    "marketplace": row.marketplace,
                    "target_kind": kind,
                    "target_key": key,
                    "supplier_id": row.supplier_id,
                    "listing_id": row.listing_id,
                    "said": json.dumps(said, ensure_ascii=False, separators=(",", ":")),
                }
