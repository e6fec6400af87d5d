"""Dense blocks: voters who share far more occasions than chance would give them, whatever else they vote on.

An *occasion* is one side of a target over some days. Voters who met on at least three occasions form groups; in each
the densest block is found as FRAUDAR finds it (Hooi et al., KDD 2016): the voters and occasions S that maximise
g(S) = Σ weights of the votes inside / |S|, a vote on an occasion of d votes weighing 1 / log(d + 5), by taking away the
least weighty one by one (at least half the optimum). Ordinary votes beside, cast as camouflage, lie on other occasions
and change no weight inside. Whole markets have dense blocks of eager honest voters that hide the small ones; among
those who met there is nothing to hide behind. Purchases vouch for votes, so only votes without one make a block.

A block counts if it is denser than whatever is found the same way when it is drawn anew who cast which vote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    """The greatest that chance gave."""


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


def dense_blocks(timeline: Timeline, voter: Places, bought: Flags, seed: int) -> Iterator[Block]:
    """Every block that is denser than chance makes them; `voter` and `bought` tell of each place."""
    occasions = _Occasions.of(timeline, bought)
    casters = voter[occasions.places]
    dice = np.random.default_rng(seed)
    by_chance = max(_greatest_density(occasions, dice.permutation(casters)) for _ in range(SHUFFLES))
    for votes in _votes_of_groups(occasions, casters):
        yield from _blocks(occasions, casters, votes, by_chance)


def _greatest_density(occasions: _Occasions, casters: Places) -> float:
    groups_votes = _votes_of_groups(occasions, casters)
    found = (densest(casters[each], occasions.occasion[each], occasions.weight[each]) for each in groups_votes)
    return max((density for _, density in found), default=0.0)


def _votes_of_groups(occasions: _Occasions, casters: Places) -> Iterator[Places]:
    """For each group of voters who met often enough all its votes."""
    order = np.argsort(casters, kind="stable")
    in_order = casters[order]
    for group in groups(meetings(casters, occasions.mark, OCCASION, LEAST_MEETINGS), LEAST_VOTERS):
        low, high = np.searchsorted(in_order, group), np.searchsorted(in_order, group, "right")
        yield np.concatenate([order[start:end] for start, end in zip(low, high, strict=True)])


def _blocks(occasions: _Occasions, casters: Places, votes: Places, by_chance: float) -> Iterator[Block]:
    """The blocks among some votes, the densest first."""
    while len(votes):
        inside, density = densest(casters[votes], occasions.occasion[votes], occasions.weight[votes])
        members = np.unique(casters[votes[inside]])
        if density <= by_chance or len(members) < LEAST_VOTERS:
            return
        yield Block(members, density, by_chance)
        votes = votes[~np.isin(casters[votes], members)]


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
