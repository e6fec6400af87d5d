"""What sort of voters each target's votes come from: shares, for screenings to know of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.trust import TrustSolution
from zhengpin.reputation.vote_columns import VoteColumns

UNFAIR: Final = 0.3
"""Of a fairness below it nobody believes that others merely think differently (domain.md §8, VOT-04)."""
MANY_VOTES: Final = 10
"""Before so many votes fairness says little."""
FRAUD: Final = 0.1
"""The second opinion's probability of honesty below which a voter is taken for a fraud."""


@dataclass(frozen=True, slots=True)
class MixColumns:
    """`VoterMix` of every target, by its number; NaN where nobody votes."""

    distrusted: NDArray[np.float64]
    related: NDArray[np.float64]
    disagreement: NDArray[np.float64]


def mix_columns(votes: VoteColumns, solution: TrustSolution, related: NDArray[np.bool_]) -> MixColumns:
    """The mixes of all targets; `related` tells of each vote whether its voter is around the owner or a rival."""
    unfair = (solution.conduct.votes >= MANY_VOTES) & (solution.fairness < UNFAIR)
    distrusted = unfair | (solution.second_opinion < FRAUD)
    count = np.bincount(votes.target, minlength=votes.targets)

    def mean(of_votes: NDArray[np.float64]) -> NDArray[np.float64]:
        shares = np.full(votes.targets, np.nan)
        np.divide(np.bincount(votes.target, of_votes, votes.targets), count, out=shares, where=count > 0)
        return shares

    return MixColumns(
        mean(distrusted[votes.voter].astype(np.float64)),
        mean(related.astype(np.float64)),
        mean(solution.disagreement[votes.voter]),
    )
