"""Votes in columns: what every method of this room works on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class VoteColumns:
    """Current votes, one a row, in no particular order. Voters and targets are numbered from 0."""

    voter: NDArray[np.int32]
    target: NDArray[np.int32]
    opinion: NDArray[np.float64]
    """From −1 (warns) to +1 (recommends); graded ratings may lie between."""
    at: NDArray[np.float64]
    """When it was cast: seconds since 1970, UTC."""
    voters: int
    targets: int

    def __post_init__(self) -> None:
        """Refuse columns that don't belong together."""
        sizes = {len(column) for column in (self.voter, self.target, self.opinion, self.at)}
        if len(sizes) > 1:
            message = f"the columns of votes have different lengths: {sorted(sizes)}"
            raise ValueError(message)

    def __len__(self) -> int:
        """How many votes."""
        return len(self.voter)
