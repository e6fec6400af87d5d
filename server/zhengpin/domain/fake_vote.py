"""Votes that call the goods fake, by a ticked reason or in the voter's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.vote import Target


@dataclass(frozen=True, slots=True)
class FakeVote:
    """One of them, as it was cast."""

    target: Target
    voter_id: str
    listing_id: str
    """The listing that the voter had before it; empty where it voted on none."""
    cast_at: datetime
    sentence: str
    """What says so, as it was written; empty where only a reason was ticked."""


@dataclass(frozen=True, slots=True)
class CountedFakeVote:
    """One of them that counts, without who cast it."""

    listing_id: str
    cast_at: datetime
    sentence: str
    circle: str
    strength: float
    trust: float
    """In its voter."""
    at_most: float = 1.0
    """`CurrentVote.at_most`."""
