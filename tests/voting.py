"""Votes of simulated marketplaces in columns, with the truth about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.vote_tally import KnownVoter
from zhengpin.reputation.families import Families
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_columns import VoterColumns
from zhengpin.simulation.votes.ballot import Ballot


@dataclass(frozen=True, slots=True)
class Poll:
    """Current votes in columns, and the truth."""

    votes: VoteColumns
    voters: VoterColumns
    bought: NDArray[np.bool_]
    story: NDArray[np.str_]
    plot: NDArray[np.str_]

    @property
    def arranged(self) -> NDArray[np.bool_]:
        """Which votes somebody ordered."""
        return np.isin(self.story, ["burst", "drip", "farm", "ring"])

    def take(self, rows: NDArray[np.bool_]) -> Poll:
        """Some of the votes, by the same voters on the same targets."""
        votes = self.votes
        columns = votes.voter[rows], votes.target[rows], votes.opinion[rows], votes.at[rows]
        part = VoteColumns(*columns, voters=votes.voters, targets=votes.targets)
        return Poll(part, self.voters, self.bought[rows], self.story[rows], self.plot[rows])


def poll_of(ballots: Iterable[Ballot]) -> Poll:
    """Put votes into columns; where a voter speaks of a target again, its latest vote is the current one."""
    latest = {(each.voter.voter_id, each.vote.target): each for each in sorted(ballots, key=_when)}
    current = sorted(latest.values(), key=_when)
    voter_rows, voter = _numbered(each.voter.voter_id for each in current)
    _, target = _numbered(each.vote.target for each in current)
    voters = [current[row].voter for row in voter_rows]
    shops = {each.voter_id: each.supplier_id for each in voters}
    _, circle = _numbered(
        KnownVoter(each, inviter_supplier_id=shops.get(each.invited_by, "")).circle for each in voters
    )
    family = Families({each.voter_id: number for number, each in enumerate(voters)})
    for each in voters:
        family.add(each)
    return Poll(
        VoteColumns(
            voter=voter,
            target=target,
            opinion=np.array([1.0 if each.vote.recommends else -1.0 for each in current]),
            at=np.array([each.vote.cast_at.timestamp() for each in current]),
            voters=len(voters),
            targets=int(target.max()) + 1,
        ),
        VoterColumns(
            np.array([each.registered_at.timestamp() for each in voters]),
            circle,
            family=family.column(),
        ),
        bought=np.array([each.vote.purchase is not None for each in current]),
        story=np.array([str(each.plot.story) for each in current]),
        plot=np.array([each.plot.name for each in current]),
    )


def _when(ballot: Ballot) -> tuple[float, str]:
    return ballot.vote.cast_at.timestamp(), ballot.vote.vote_id


def _numbered(values: Iterable[object]) -> tuple[list[int], NDArray[np.int32]]:
    """The place at which each different value is met first, and the number of each value among them."""
    numbers: dict[object, int] = {}
    first: list[int] = []
    column: list[int] = []
    for place, value in enumerate(values):
        if value not in numbers:
            numbers[value] = len(numbers)
            first.append(place)
        column.append(numbers[value])
    return first, np.array(column, dtype=np.int32)
