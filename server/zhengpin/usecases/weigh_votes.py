"""Weigh all votes of a marketplace anew: brigades, trust in voters, weights, what is usual, standings and boards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.trust import TrustSolution, solve_trust
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.vote_roll import VoteRoll
from zhengpin.storage.store import Store
from zhengpin.usecases.raise_windows import ArrangedVotes, RaiseWindows
from zhengpin.usecases.weighing import Weighing
from zhengpin.usecases.weighing_steps import Part, Step

Solve: TypeAlias = Callable[[VoteColumns, float, Circles], TrustSolution]
"""Is given the votes that count, the time in seconds since 1970, and who is acquainted."""
Find: TypeAlias = Callable[[VoteRoll], Iterable[ArrangedVotes]]


class WeighVotes:
    """Weigh the votes of one marketplace.

    Everything is read once, from one state; what is written is written in small units of work, each of which reads
    anew what it changes, so that votes may be cast meanwhile. Killed on the way, whatever stands is consistent, and to
    weigh again does the rest.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        find: Find,
        solve: Solve = solve_trust,
    ) -> None:
        self._store = store
        self._clock = clock
        self._raise_windows = RaiseWindows(store, clock, new_id)
        self._solve = solve
        self._find = find

    def __call__(self, marketplace: str) -> Iterator[Part]:
        """Weigh part by part; whoever asks may stop after any."""
        weighing = Weighing(self._store, marketplace, self._clock)
        yield from weighing.read()
        for arranged in self._find(weighing.roll):
            for voter_ids in self._raise_windows(marketplace, arranged):
                weighing.leave_out(arranged, voter_ids)
                yield Part(Step.LEFT_OUT, len(voter_ids))
        weighing.solve(self._solve)
        yield from weighing.trust_voters()
        yield from weighing.weigh_votes()
        yield from weighing.stand_targets()
