"""How far the people of a circle agree wherever several of them speak of one target.

Friends, families and the people of one warehouse know the same goods and still disagree about some. Hired people say
what they were hired to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

from zhengpin.reputation.timeline import Flags, Places, Timeline

SEVERAL: Final = 3
"""Votes of one circle on one target: of fewer, agreement says nothing."""
FEINTS: Final = 0.05
"""The hired dissent too, in about so many votes, to look real."""
CHANCE: Final = 0.05


@dataclass(frozen=True)
class CircleUnity:
    """A row a circle."""

    votes: Places
    """What it cast where it cast several on a target."""
    dissent: Places
    """How many of these lie on the side that fewer of it took."""

    @classmethod
    def of(cls, timeline: Timeline, circle: NDArray[np.integer]) -> CircleUnity:
        """Count; `circle` tells of each place whose circle cast the vote."""
        circles = int(circle.max(initial=-1)) + 1
        pairs, pair = np.unique((timeline.side >> 1) * circles + circle, return_inverse=True)
        recommends = (timeline.side & 1).astype(np.bool_)
        praise = np.bincount(pair[recommends], minlength=len(pairs))
        warnings = np.bincount(pair[~recommends], minlength=len(pairs))
        several = praise + warnings >= SEVERAL
        whose = pairs[several] % max(circles, 1)
        votes = np.bincount(whose, (praise + warnings)[several], circles)
        dissent = np.bincount(whose, np.minimum(praise, warnings)[several], circles)
        return cls(votes.astype(np.int64), dissent.astype(np.int64))

    @cached_property
    def united(self) -> Flags:
        """Which circles dissent no more than the hired do, as far as chance can tell (a Poisson count)."""
        united = np.ones(len(self.votes), dtype=np.bool_)
        some = self.dissent > 0
        united[some] = gammainc(self.dissent[some], FEINTS * self.votes[some]) >= CHANCE
        return united
