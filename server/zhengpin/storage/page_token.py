"""Where a list goes on: opaque to the caller, and good only for the list it came from."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple

from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.errors import FieldViolation, InvalidInput


class Position(NamedTuple):
    """The last verdict of a page."""

    evaluated_at: datetime
    sequence: int


def token_after(position: Position, marketplace: str, asked: VerdictFilter) -> str:
    """The token that asks for what follows the position in the list that the filter makes."""
    place = [position.evaluated_at.astimezone(UTC).isoformat(), position.sequence]
    text = json.dumps([*place, _seal(place, marketplace, asked)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position_in(token: str, marketplace: str, asked: VerdictFilter) -> Position:
    """Where a token says to go on; InvalidInput on `page_token` if it is not of this very list."""
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        moment, sequence, seal = json.loads(text)
        if seal == _seal([moment, sequence], marketplace, asked):
            return Position(datetime.fromisoformat(moment), int(sequence))
    except (binascii.Error, ValueError, TypeError):
        pass
    problem = (
        "is not a token of this list: send the one from the answer before with the same filter, or none to start over"
    )
    raise InvalidInput(FieldViolation("page_token", problem))


def _seal(place: list[object], marketplace: str, asked: VerdictFilter) -> str:
    """Ties a token to its list; no secret, for the filter decides what may be seen."""
    decisions = sorted(asked.decisions)
    moments = [
        moment and moment.astimezone(UTC).isoformat() for moment in (asked.evaluated_from, asked.evaluated_before)
    ]
    texts = [asked.listing_id, asked.supplier_id, asked.reason_code]
    whole = json.dumps([place, marketplace, texts, decisions, moments, asked.latest_only])
    return blake2b(whole.encode(), digest_size=9).hexdigest()
