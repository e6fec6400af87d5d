"""The votes around a listing: what was said of its product, brand, factory and origin, and by what sort of voters.

Nothing here tells who voted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.standing import Standing
from zhengpin.domain.vote import TargetKind
from zhengpin.domain.vote_window import VoteWindow


@dataclass(frozen=True, slots=True)
class VoterMix:
    """What sort of voters the current votes on one target come from, as the last full solve of trust found them."""

    distrusted: float
    """The share of its votes whose voters have voted often and are trusted little, or are taken for frauds."""
    related: float
    """The share whose voters belong to the target's owner or to a competitor, or were invited by them."""
    disagreement: float
    """How far the two opinions on a voter's trust lie apart on average, from 0 to 1."""
    solved_at: datetime


@dataclass(frozen=True, slots=True)
class FakeWords:
    """Votes that call the goods fake, by a ticked reason or in the voter's own words."""

    votes: int = 0
    weight: float = 0.0
    """What these votes count together; n of one circle of acquaintances count √n."""
    quotes: tuple[str, ...] = ()
    """A few of the sentences that say so, the newest first. Whose they are is nobody's to know."""


NO_FAKE_WORDS = FakeWords()


@dataclass(frozen=True, slots=True)
class VotesOn:
    """The votes on one target."""

    standing: Standing
    undecided: tuple[VoteWindow, ...] = ()
    """Windows of its votes that are left out of the count, and that nobody has decided on yet."""
    voters: VoterMix | None = None
    """`None` until trust was solved over these votes."""
    fake_words: FakeWords = NO_FAKE_WORDS


@dataclass(frozen=True, slots=True)
class VotesAround:
    """The votes on what a listing offers."""

    on: Mapping[TargetKind, VotesOn]
    """Only of what anybody has voted on."""
    on_listing: FakeWords = NO_FAKE_WORDS
    """Of the votes on the product that call the goods fake, those that were cast before this very listing."""
