"""Current votes by the hundred thousand: only what trust and brigades are found by."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class CastVote(NamedTuple):
    """A current vote, as it is read from end to end of a marketplace."""

    target_kind: str
    target_key: str
    voter_id: str
    recommends: bool
    cast_at: datetime
    bought: bool
    related: bool
    why_not: str
    """Empty where it counts."""
    told_late: float = 0.0
    """By how many seconds (`reputation.behaviour.told_late`)."""
