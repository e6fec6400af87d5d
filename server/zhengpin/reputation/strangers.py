"""Who can prove anything of a vote: the others on its target, but for its voter's own circle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.timeline import Numbers, Places
from zhengpin.reputation.vote_columns import VoteColumns

Circles = NDArray[np.integer]
"""The circle of each voter, by number from 0."""


@dataclass(frozen=True, slots=True)
class Strangers:
    """The votes that a voter's own circle cast together on one target."""

    rows: Places
    """Of votes that are not the only one of a circle on their target."""
    seat: Places
    """Of each of these, by number: its circle on its target."""

    @classmethod
    def of(cls, votes: VoteColumns, circle: Circles | None = None) -> Strangers:
        """Find them. Without circles everybody is a stranger to everybody else."""
        if circle is None:
            return cls(np.empty(0, np.int64), np.empty(0, np.int64))
        sociable = np.flatnonzero((np.bincount(circle)[circle] > 1)[votes.voter])
        of_circle = circle[votes.voter[sociable]].astype(np.int64)
        keys = votes.target[sociable].astype(np.int64) * (int(circle.max(initial=0)) + 1) + of_circle
        _, seat, votes_of_seat = np.unique(keys, return_inverse=True, return_counts=True)
        shared = votes_of_seat[seat] > 1
        return cls(sociable[shared], seat[shared])

    def sums(self, votes: VoteColumns, values: Numbers, of_target: Numbers) -> Numbers:
        """Of each vote, what a value sums up to over the strangers on its target; `of_target` is the sum over all."""
        others = of_target[votes.target] - values
        own = np.bincount(self.seat, values[self.rows])
        others[self.rows] = of_target[votes.target[self.rows]] - own[self.seat]
        return others
