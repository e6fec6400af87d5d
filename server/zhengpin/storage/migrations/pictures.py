"""Pictures by their hashes: which listings show them, and which are registered as official or as a fake's.

What is stored is filled in: what listings show, and what those showed that were found to be fake.
"""

from __future__ import annotations

import json
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from zhengpin.detectors.images.phash import is_blank, phash_to_text

ROWS_AT_ONCE = 1000
_LISTING = ("marketplace", "listing_id", "supplier_id", "body")
_LISTINGS = sa.table(
    "listings",
    *map(sa.column, _LISTING),
    sa.column("first_seen_at", sa.DateTime(timezone=True)),
    sa.column("deleted_at"),
)
_OUTCOMES = sa.table("outcomes", *map(sa.column, ("marketplace", "outcome_id", "listing_id", "kind", "body")))
_LOG = sa.table("hash_log", *map(sa.column, ("marketplace", "topic", "revision")), sa.column("hashes", sa.LargeBinary))
_REVISIONS = sa.table("revisions", *map(sa.column, ("marketplace", "topic", "revision")))


def log_hashes() -> None:
    """Make the log of hashes."""
    op.create_table(
        "hash_log",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "topic")),
        sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def show_pictures() -> None:
    """Make the table of the pictures that listings show."""
    table = op.create_table(
        "listing_pictures",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "phash", "listing_id")),
        sa.Column("supplier_id", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["marketplace", "listing_id"],
            ["listings.marketplace", "listings.listing_id"],
            name="fk_listing_pictures_listings",
        ),
        sqlite_with_rowid=False,
    )
    _fill(table, "shown_pictures", _shown())


def register_images() -> None:
    """Make the table of registered images."""
    table = op.create_table(
        "registered_images",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "image_id")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("phash", "sha256")),
        sa.Column("body", sa.Text, nullable=False),
    )
    for column in ("phash", "sha256"):
        columns = ["marketplace", column, "image_id"]
        op.create_index(f"ix_registered_images_{'_'.join(columns)}", "registered_images", columns)
    _fill(table, "registered_images", _shown_by_fakes())


def drop(table: str) -> None:
    """Drop one of these tables."""
    op.drop_table(table)


def _fill(table: sa.Table, topic: str, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows a page at a time, and log their hashes."""
    reached: defaultdict[str, int] = defaultdict(int)
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(table.insert(), page)
        for marketplace in sorted({row["marketplace"] for row in page}):
            reached[marketplace] += 1
            hashes = _hashes_of([row for row in page if row["marketplace"] == marketplace])
            logged = {"marketplace": marketplace, "topic": topic, "revision": reached[marketplace], "hashes": hashes}
            op.get_bind().execute(_LOG.insert().values(logged))
    for marketplace, revision in reached.items():
        op.get_bind().execute(
            _REVISIONS.insert().values({"marketplace": marketplace, "topic": topic, "revision": revision})
        )


def _hashes_of(rows: Sequence[dict[str, Any]]) -> bytes:
    """Perceptual hashes, and the first 64 bits of files' hashes."""
    found = [row[name][:16] for row in rows for name in ("phash", "sha256") if row.get(name)]
    return struct.pack(f"<{len(found)}Q", *(int(each, 16) for each in found))


def _shown() -> Iterator[dict[str, Any]]:
    """What the listings show that were not deleted."""
    told = sa.select(_LISTINGS).where(_LISTINGS.c.deleted_at.is_(None))
    for row in op.get_bind().execute(told, execution_options={"yield_per": ROWS_AT_ONCE}):
        for phash in {_phash_of(image) for image in json.loads(row.body)["images"]} - {""}:
            yield {
                "marketplace": row.marketplace,
                "phash": phash,
                "listing_id": row.listing_id,
                "supplier_id": row.supplier_id,
            }


def _shown_by_fakes() -> Iterator[dict[str, Any]]:
    """What the listings show that were found to be fake."""
    listings, outcomes = _LISTINGS.c, _OUTCOMES.c
    its_listing = sa.and_(listings.marketplace == outcomes.marketplace, listings.listing_id == outcomes.listing_id)
    told = sa.select(
        outcomes.marketplace, outcomes.outcome_id, outcomes.body.label("told"), *(listings[name] for name in _WANTED)
    ).select_from(_OUTCOMES.join(_LISTINGS, its_listing))
    found = op.get_bind().execute(told.where(outcomes.kind == "fake"), execution_options={"yield_per": ROWS_AT_ONCE})
    for row in found:
        for place, image in enumerate(json.loads(row.body)["images"]):
            if image["sha256"] or _phash_of(image):
                yield _as_fakes(row, place, image)


_WANTED = ("listing_id", "body", "first_seen_at")


def _as_fakes(row: Any, place: int, image: dict[str, Any]) -> dict[str, Any]:
    listing, phash, image_id = json.loads(row.body), _phash_of(image), f"{row.outcome_id}#{place}"
    body = {
        "image_id": image_id,
        "role": "confirmed_fake",
        "gtin": listing["gtin"],
        "model": listing["model"],
        "uri": image["uri"],
        "sha256": image["sha256"],
        "phash": image["phash"] if phash else None,
        "source": json.loads(row.told)["source"],
        "listing_id": row.listing_id,
        "first_shown_at": _in_utc(row.first_seen_at).isoformat(),
    }
    return {
        "marketplace": row.marketplace,
        "image_id": image_id,
        "phash": phash,
        "sha256": image["sha256"],
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    }


def _phash_of(image: dict[str, Any]) -> str:
    """Sixteen digits; empty where it is not known, or that of a picture of one colour."""
    phash: int | None = image["phash"]
    return "" if phash is None or is_blank(phash) else phash_to_text(phash)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
