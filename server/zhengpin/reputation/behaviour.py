"""What the times of a voter's votes say of it, before anybody looks at what it voted.

Four kinds of evidence, each from 0 (nothing shown yet) towards 1:

- *tenure*: days d since its first vote, d / (d + 30);
- *span*: days d from its first vote to its last, d / (d + 30), which one who came early and lay idle does not have;
- *tempo*: the mean over its votes of p / (p + 1), p the pause before a vote in days, 0 before the first;
- *spread*: 1 - Σ (share of its votes that fell on a day)², the Gini-Simpson index: low if few days hold them all.

A month is the age from which a voter counts in full (domain.md §3.10). The *prior* is the product of (1 + e) / 2 over
the four: each kind that is missing halves it. So a newcomer starts at a sixteenth, however honest, and time does the
rest. REV2 (Kumar et al., WSDM 2018) takes such priors from a model of behaviour that is learned from each population;
here nothing is learned.

A vote that is told long after it was cast counts here from when it was told: a past that comes all at once shows none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.vote_columns import VoteColumns

DAY: Final = 86_400.0
"""Seconds."""
MONTH: Final = 30 * DAY
TOLD_WITHIN: Final = 2 * DAY
"""A queue that stood still, or who was out of reach, brings votes so much later and no more."""
Floats = NDArray[np.float64]
Amount = TypeVar("Amount", float, Floats)


@dataclass(frozen=True, slots=True)
class Conduct(Generic[Amount]):
    """What is kept of when a voter voted: numbers of one voter, or columns of all."""

    votes: Amount
    first_at: Amount
    """Seconds since 1970. Who has not voted yet has the time of the solve here and in `last_at`."""
    last_at: Amount
    unhurried: Amount
    """Sum over the votes of p / (p + 1), p the pause before a vote in days."""
    day_squares: Amount
    """Sum over days (UTC) of the squared number of votes."""
    on_last_day: Amount
    """Votes on the day of the last one."""

    def tenure(self, now: float) -> Amount:
        """Evidence of the time since the first vote; `now` in seconds since 1970, not before the last vote."""
        return _half_way_at(MONTH, now - self.first_at)

    @property
    def span(self) -> Amount:
        """Evidence of the time between the first vote and the last."""
        return _half_way_at(MONTH, self.last_at - self.first_at)

    @property
    def tempo(self) -> Amount:
        """Evidence of the pauses between votes."""
        return self.unhurried / (self.votes + (self.votes < 1))

    @property
    def spread(self) -> Amount:
        """Evidence of how votes are spread over days."""
        return (self.votes > 0) - self.day_squares / (self.votes + (self.votes < 1)) ** 2

    def prior(self, now: float) -> Amount:
        """What a voter is worth by its behaviour alone: from 1/16, a newcomer, to 1."""
        return (1 + self.tenure(now)) * (1 + self.span) * (1 + self.tempo) * (1 + self.spread) / 16


def told_late(cast_at: float, told_at: float) -> float:
    """By how many seconds a vote was told later than votes may be; both moments in seconds since 1970."""
    return max(0.0, told_at - TOLD_WITHIN - cast_at)


def conduct_of(votes: VoteColumns, now: float) -> Conduct[Floats]:
    """Sum up the times of every voter's votes, which must be in order (`votes.in_order()`)."""
    begins = np.diff(votes.voter, prepend=-1) != 0
    ends = np.append(begins[1:], True)[: len(votes)]
    pauses = np.where(begins, 0.0, np.diff(votes.at, prepend=0.0))
    of_day = _nth_of_its_day(votes, begins)
    return Conduct(
        votes=votes.by_voter(np.ones(len(votes))),
        first_at=_of_voters(votes, begins, votes.at, otherwise=now),
        last_at=_of_voters(votes, ends, votes.at, otherwise=now),
        unhurried=votes.by_voter(_half_way_at(DAY, pauses)),
        day_squares=votes.by_voter(2 * of_day - 1),
        on_last_day=_of_voters(votes, ends, of_day, otherwise=0.0),
    )


def conduct_after(conduct: Conduct[float], at: float) -> Conduct[float]:
    """Sum up one more vote of one voter, at this time; a time before the last vote counts as the last vote's."""
    if not conduct.votes:
        return Conduct(1.0, at, at, 0.0, 1.0, 1.0)
    at = max(at, conduct.last_at)
    today = conduct.on_last_day + 1 if at // DAY == conduct.last_at // DAY else 1.0
    return Conduct(
        votes=conduct.votes + 1,
        first_at=conduct.first_at,
        last_at=at,
        unhurried=conduct.unhurried + _half_way_at(DAY, at - conduct.last_at),
        day_squares=conduct.day_squares + 2 * today - 1,
        on_last_day=today,
    )


def _half_way_at(half: float, amount: Amount) -> Amount:
    return amount / (amount + half)


def _nth_of_its_day(votes: VoteColumns, begins: NDArray[np.bool_]) -> Floats:
    """Count each voter's votes of a day, from 1."""
    rows = np.arange(len(votes), dtype=np.float64)
    new_day = begins | (np.diff(votes.at // DAY, prepend=0.0) != 0)
    return rows - np.maximum.accumulate(np.where(new_day, rows, 0.0)) + 1


def _of_voters(votes: VoteColumns, chosen: NDArray[np.bool_], column: Floats, *, otherwise: float) -> Floats:
    """Give each voter the value in its chosen row."""
    values = np.full(votes.voters, otherwise)
    values[votes.voter[chosen]] = column[chosen]
    return values
