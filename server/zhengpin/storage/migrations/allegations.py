"""Buyers' words that call goods fake, read from the recorded events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from zhengpin.detectors.allegations import ClaimKind, claim_of

ROWS_AT_ONCE = 1000
_LEAST_CERTAINTY = 0.6
_EVENTS = sa.table("order_events", sa.column("marketplace"), sa.column("event_id"), sa.column("body"))


def read_allegations() -> None:
    """Make `fake_allegations` of the events."""
    table = op.create_table(
        "fake_allegations",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "event_id")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("order_id", "listing_id")),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
    )
    columns = ["marketplace", "listing_id", "told_at"]
    op.create_index("ix_fake_allegations_marketplace_listing_id_told_at", "fake_allegations", columns)
    rows = _rows()
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(table.insert(), page)


def forget_allegations() -> None:
    """Drop `fake_allegations`; the events stay."""
    op.drop_table("fake_allegations")


def _rows() -> Iterator[dict[str, Any]]:
    in_sqlite = op.get_context().dialect.name == "sqlite"  # which keeps times without their zone
    for row in op.get_bind().execute(sa.select(_EVENTS), execution_options={"yield_per": ROWS_AT_ONCE}):
        event = json.loads(row.body)
        claim = claim_of(event["text"])
        if claim.kind is ClaimKind.FAKE and claim.certainty >= _LEAST_CERTAINTY:
            told_at = datetime.fromisoformat(event["happened_at"]).astimezone(UTC)
            yield {
                "marketplace": row.marketplace,
                "event_id": row.event_id,
                "order_id": event["order_id"],
                "listing_id": event["listing_id"],
                "told_at": told_at.replace(tzinfo=None) if in_sqlite else told_at,
                "sentence": claim.sentence,
            }
