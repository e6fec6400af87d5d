"""Move what votes add up to, whenever a vote comes to count, to count otherwise, or no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.reputation.tallies import RunningTallies
from zhengpin.storage.work import UnitOfWork

Recounted: TypeAlias = tuple[CurrentVote | None, CurrentVote]
"""What a voter said of a target before, as it is stored (`None` if nothing), and what stands now."""


def count_votes(unit: UnitOfWork, votes: Sequence[Recounted]) -> None:
    """Let votes stand as they are now, with the sums of their circles and targets. Each voter and target comes once.

    It costs the same however many votes the targets have. Where they stand now tells `stand_targets`.
    """
    if not votes:
        return
    involved = [vote for pair in votes for vote in pair if vote is not None]
    sums = RunningTallies(
        unit.vote_tallies.find_many({vote.target for vote in involved}),
        unit.vote_tallies.circles({(vote.target, vote.circle) for vote in involved}),
    )
    for before, now in votes:
        if before is not None:
            sums.take_out(before)
        sums.put_in(now)
    unit.current_votes.put_many([now for _, now in votes])
    unit.vote_tallies.put_many(sums.tallies)
    unit.vote_tallies.put_circles(sums.circles)
