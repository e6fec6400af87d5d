"""Buyers' words that call goods fake: read as they come in, kept with the sentence that says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, func, select

from zhengpin.detectors.allegations import ClaimKind, claim_of
from zhengpin.domain.order import WITHDRAWN, Allegation, FakeAllegations, OrderEvent
from zhengpin.storage import tables
from zhengpin.storage.columns import UtcDateTime
from zhengpin.storage.correction import Row
from zhengpin.storage.json_values import json_row, json_rows
from zhengpin.storage.sets import HERE

LEAST_CERTAINTY = 0.6
"""Impressions of one's own count; hearsay, and what a seller's words only let suspect, does not."""
QUOTES = 3
"""The latest, for a person to read."""

_TOLD = tables.fake_allegations.c


def allegations_in(events: Iterable[OrderEvent]) -> Iterator[Row]:
    """Rows of the events whose words call the goods fake, in their order; a withdrawal says nothing of goods."""
    for event in events:
        if event.kind in WITHDRAWN:
            continue
        claim = claim_of(event.text)
        if claim.kind is ClaimKind.FAKE and claim.certainty >= LEAST_CERTAINTY:
            yield {
                "event_id": event.event_id,
                "order_id": event.order_id,
                "listing_id": event.listing_id,
                "told_at": event.happened_at,
                "sentence": claim.sentence,
            }


def orders_alleging(asked: FromClause) -> Select[Any]:
    """How many orders' words call an asked listing fake, from `alleged_since` to `as_of`, both inclusive."""
    return select(func.count(_TOLD.order_id.distinct())).where(*_of(asked))


def latest_quotes(asked: FromClause) -> Select[Any]:
    """The latest of these words, each as a JSON array of event id and sentence, as one JSON array."""
    latest = (
        select(json_row(_TOLD.event_id, _TOLD.sentence).label("quote"))
        .where(*_of(asked))
        .order_by(_TOLD.told_at.desc(), _TOLD.event_id.desc())
        .limit(QUOTES)
    )
    return select(json_rows(latest.correlate(asked).subquery().c.quote))


def allegations_from(orders: int, quotes: str) -> FakeAllegations:
    """What the two statements gave."""
    if not orders:
        return FakeAllegations()
    return FakeAllegations(orders, tuple(Allegation(*json.loads(quote)) for quote in json.loads(quotes)))


def _of(asked: FromClause) -> tuple[ColumnElement[bool], ...]:
    return (
        _TOLD.marketplace == HERE,
        _TOLD.listing_id == asked.c.listing_id,
        _TOLD.told_at >= bindparam("alleged_since", type_=UtcDateTime),
        _TOLD.told_at <= bindparam("as_of", type_=UtcDateTime),
    )
