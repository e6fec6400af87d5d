"""Lockstep: voters who vote for the same sides of at least four targets within a day of one another, and little else.

Pairs whose common targets are at least half of all that either has voted on (Jaccard) are linked, and five linked
voters or more are a group (domain.md §3.7). Whoever also votes as people do escapes this: see `dense_blocks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from zhengpin.reputation.meetings import groups, meetings
from zhengpin.reputation.timeline import DAY, Places, Timeline

LEAST_MEETINGS: Final = 4
LEAST_LIKENESS: Final = 0.5
LEAST_VOTERS: Final = 5


@dataclass(frozen=True, slots=True)
class LockstepGroup:
    """Voters in lockstep."""

    voters: Places
    pairs: int
    """How many pairs of them are."""


def lockstep_groups(timeline: Timeline, voter: Places) -> list[LockstepGroup]:
    """Every group; `voter` tells of each place who cast the vote."""
    met = meetings(voter, timeline.mark, DAY, LEAST_MEETINGS)
    votes = np.bincount(voter, minlength=1)
    alike = met.times / (votes[met.one] + votes[met.other] - met.times) >= LEAST_LIKENESS
    linked = met.take(alike)
    found = groups(linked, LEAST_VOTERS)
    group_of = np.full(len(votes), len(found))
    for number, voters in enumerate(found):
        group_of[voters] = number
    pairs = np.bincount(group_of[linked.one], minlength=len(found) + 1)
    return [LockstepGroup(voters, int(count)) for voters, count in zip(found, pairs, strict=False)]
