"""What votes that call the goods fake count together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from math import sqrt

from zhengpin.domain.fake_vote import CountedFakeVote
from zhengpin.domain.votes_around import FakeWords
from zhengpin.reputation.weights import grown, shrunk, weight

QUOTES = 3
"""The latest sentences, for a person to read."""


def fake_words(votes: Sequence[CountedFakeVote], now: datetime) -> FakeWords:
    """Add up votes on one target, the newest first. They halve with age, and a circle counts √Σw², as in `tallies`."""
    squares: defaultdict[str, float] = defaultdict(float)
    for vote in votes:
        counts = weight(vote.strength, vote.trust, vote.at_most)
        squares[vote.circle] += shrunk(grown(counts, vote.cast_at), now) ** 2
    sentences = dict.fromkeys(vote.sentence for vote in votes if vote.sentence)
    return FakeWords(len(votes), sum(map(sqrt, squares.values())), tuple(sentences)[:QUOTES])
