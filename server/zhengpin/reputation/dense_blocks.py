"""Dense blocks: voters who share far more occasions than chance would give them, whatever else they vote on.

An *occasion* is one side of a target over some days. Voters who met on at least three occasions form groups; in each
the densest block is found as FRAUDAR finds it (Hooi et al., KDD 2016): the voters and occasions S that maximise
g(S) = Σ weights of the votes inside / |S|, a vote on an occasion of d votes weighing 1 / log(d + 5), by taking away the
least weighty one by one (at least half the optimum). Ordinary votes beside, cast as camouflage, lie on other occasions
and change no weight inside. Whole markets have dense blocks of eager honest voters that hide the small ones; among
those who met there is nothing to hide behind. Purchases vouch for votes, so only votes without one make a block.

A block counts if it is denser than chance makes it: in draws of who cast which vote, the same voters have so dense a
block by being eager, and groups that are found in other draws are by so much denser than that as luck allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Final

import numpy as np

from zhengpin.reputation.meetings import groups, meetings
from zhengpin.reputation.timeline import DAY, Flags, Numbers, Places, Timeline

OCCASION: Final = 7 * DAY
"""Votes for one side that follow one another at most so long apart are one occasion."""
LEAST_MEETINGS: Final = 3
LEAST_VOTERS: Final = 5
SHUFFLES: Final = 9
_EASING: Final = 5.0
"""FRAUDAR's constant: occasions of one vote and of five weigh about the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """Voters who share occasions."""

    voters: Places
    density: float
    """g of the block."""
    usual_density: float
    """The greatest that chance gives to voters who vote as much."""


@dataclass(frozen=True, slots=True)
class _Occasions:
    """Votes without a purchase, in the order of the timeline, and the occasion of each."""

    places: Places
    mark: Numbers
    occasion: Places
    weight: Numbers

    @classmethod
    def of(cls, timeline: Timeline, bought: Flags) -> _Occasions:
        places = np.flatnonzero(~bought)
        mark = timeline.mark[places]
        occasion = np.cumsum(np.diff(mark, prepend=-np.inf) > OCCASION) - 1
        return cls(places, mark, occasion, 1 / np.log(np.bincount(occasion)[occasion] + _EASING))


@dataclass(frozen=True)
class _Casting:
    """Who cast which of the votes: what happened, or a draw of what might have."""

    occasions: _Occasions
    voter: Places

    @cached_property
    def _by_voter(self) -> tuple[Places, Places]:
        order = np.argsort(self.voter, kind="stable")
        return order, self.voter[order]

    def groups(self) -> Iterator[Places]:
        """Voters who met often enough."""
        yield from groups(meetings(self.voter, self.occasions.mark, OCCASION, LEAST_MEETINGS), LEAST_VOTERS)

    def votes_of(self, voters: Places) -> Places:
        """Every vote of some voters."""
        order, voter = self._by_voter
        low, high = np.searchsorted(voter, voters), np.searchsorted(voter, voters, "right")
        return np.concatenate([order[start:end] for start, end in zip(low, high, strict=True)])

    def densest(self, votes: Places) -> tuple[Places, float]:
        """The voters of the densest block among some votes, and its density."""
        inside, density = densest(self.voter[votes], self.occasions.occasion[votes], self.occasions.weight[votes])
        return np.unique(self.voter[votes[inside]]), density


def dense_blocks(timeline: Timeline, voter: Places, bought: Flags, seed: int) -> Iterator[Block]:
    """Every block that is denser than chance makes them; `voter` and `bought` tell of each place."""
    occasions = _Occasions.of(timeline, bought)
    real = _Casting(occasions, voter[occasions.places])
    dice = np.random.default_rng(seed)
    drawn = _Casting(occasions, dice.permutation(real.voter))
    others = (_Casting(occasions, dice.permutation(real.voter)) for _ in range(SHUFFLES))
    by_chance = max((_excess(other, drawn, group) for other in others for group in other.groups()), default=0.0)
    for group in real.groups():
        yield from _blocks(real, real.votes_of(group), _usual_density(drawn, group) + by_chance)


def _usual_density(drawn: _Casting, group: Places) -> float:
    """How dense chance makes the votes of voters as eager as these."""
    return drawn.densest(drawn.votes_of(group))[1]


def _excess(casting: _Casting, drawn: _Casting, group: Places) -> float:
    """How much denser a group is that was found than those same voters were in another draw."""
    return casting.densest(casting.votes_of(group))[1] - _usual_density(drawn, group)


def _blocks(casting: _Casting, votes: Places, usual: float) -> Iterator[Block]:
    """The blocks among some votes, the densest first."""
    while len(votes):
        members, density = casting.densest(votes)
        if density <= usual or len(members) < LEAST_VOTERS:
            return
        yield Block(members, density, usual)
        votes = votes[~np.isin(casting.voter[votes], members)]


def densest(voter: Places, occasion: Places, weight: Numbers) -> tuple[Flags, float]:
    """Which votes lie inside the densest block that greedy removal passes, and its density."""
    rows, row = np.unique(voter, return_inverse=True)
    columns, column = np.unique(occasion, return_inverse=True)
    ends = (row.tolist(), (column + len(rows)).tolist())
    size = len(rows) + len(columns)
    touching: list[list[int]] = [[] for _ in range(size)]
    for vote, (one, other) in enumerate(zip(*ends, strict=True)):
        touching[one].append(vote)
        touching[other].append(vote)
    taken = _taken_away(touching, ends, weight.tolist())
    lasted = np.minimum(taken.when[ends[0]], taken.when[ends[1]])
    return lasted >= taken.best, taken.density


@dataclass(frozen=True, slots=True)
class _TakenAway:
    """The course of greedy removal."""

    when: Places
    """When each node was taken away, from 0."""
    best: int
    """After so many removals what was left was densest."""
    density: float


def _taken_away(touching: list[list[int]], ends: tuple[list[int], list[int]], weight: list[float]) -> _TakenAway:
    left = [sum(weight[vote] for vote in votes) for votes in touching]
    total = sum(weight)
    when = np.full(len(left), -1)
    best, density = 0, total / max(len(left), 1)
    heap = [(held, node) for node, held in enumerate(left)]
    heapify(heap)
    gone = 0
    while heap:
        held, node = heappop(heap)
        if when[node] >= 0 or held > left[node]:
            continue  # it has been taken away, or has become lighter and lies in the heap once more
        when[node] = gone
        gone += 1
        for vote in touching[node]:
            other = ends[0][vote] + ends[1][vote] - node
            if when[other] < 0:
                left[other] -= weight[vote]
                total -= weight[vote]
                heappush(heap, (left[other], other))
        if gone < len(left) and total / (len(left) - gone) > density:
            best, density = gone, total / (len(left) - gone)
    return _TakenAway(when, best, density)
