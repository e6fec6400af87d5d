"""Votes made by hand for tests: honest ones here and there, and groups of people with something in common."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_columns import VoterColumns

DAY = 86_400.0
DAYS = 300
"""So long the record is; votes are told by the day."""


@dataclass(frozen=True, slots=True)
class MadeColumns:
    """What `find_brigades` takes."""

    votes: VoteColumns
    voters: VoterColumns
    bought: NDArray[np.bool_]


@dataclass(slots=True)
class MadeVotes:
    """A record that grows vote by vote; the same seed makes the same."""

    seed: int = 1
    registered: list[float] = field(default_factory=list)
    circles: list[int] = field(default_factory=list)
    votes: list[tuple[int, int, float, float, bool]] = field(default_factory=list)
    """Voter, target, opinion, day, bought."""
    dice: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.dice = np.random.default_rng(self.seed)

    def strangers(self, count: int) -> list[int]:
        """People whom different ones brought in, at different times."""
        return [self._person(float(self.dice.uniform(-900, -30)), circle=None) for _ in range(count)]

    def newcomers(self, count: int, day: float) -> list[int]:
        """People who registered on one day, whom nobody brought in."""
        return [self._person(day - float(self.dice.uniform(0, 0.2)), circle=None) for _ in range(count)]

    def company(self, count: int, *, registered: float = -200.0, over_days: float = 2.0) -> list[int]:
        """People whom one person brought in."""
        circle = len(self.circles)
        return [self._person(registered + float(self.dice.uniform(0, over_days)), circle) for _ in range(count)]

    def vote(self, voter: int, target: int, day: float, *, recommends: bool = True, bought: bool = False) -> None:
        """One vote."""
        self.votes.append((voter, target, 1.0 if recommends else -1.0, day, bought))

    def usual(self, target: int, a_day: float, *, recommend: float = 0.8, bought: float = 0.4) -> None:
        """Honest votes by strangers, for as long as the record is."""
        voters = self.strangers(int(self.dice.poisson(a_day * DAYS)))
        self.spread(voters, target, 0, DAYS, recommend=recommend, bought=bought)

    def spread(
        self, voters: list[int], target: int, first_day: float, days: float, *, recommend: float, bought: float
    ) -> None:
        """One vote of each, at any time in a span."""
        for voter in voters:
            says, buys = bool(self.dice.random() < recommend), bool(self.dice.random() < bought)
            self.vote(voter, target, first_day + float(self.dice.random()) * days, recommends=says, bought=buys)

    def columns(self) -> MadeColumns:
        """Everything in columns."""
        voter, target, opinion, day, bought = zip(*self.votes, strict=True)
        votes = VoteColumns(
            np.array(voter, dtype=np.int32),
            np.array(target, dtype=np.int32),
            np.array(opinion),
            np.array(day) * DAY,
            voters=len(self.circles),
            targets=max(target) + 1,
        )
        voters = VoterColumns(np.array(self.registered) * DAY, np.array(self.circles, dtype=np.int32))
        return MadeColumns(votes, voters, np.array(bought))

    def _person(self, registered: float, circle: int | None) -> int:
        self.registered.append(registered)
        self.circles.append(len(self.circles) if circle is None else circle)
        return len(self.circles) - 1
