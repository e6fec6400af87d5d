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
        """Refuse columns that don't belong together, and numbers that no vote has."""
        sizes = {len(column) for column in (self.voter, self.target, self.opinion, self.at)}
        if len(sizes) > 1:
            message = f"the columns of votes have different lengths: {sorted(sizes)}"
            raise ValueError(message)
        _refuse("voter", self.voter, _within(self.voter, self.voters), f"a number from 0 below {self.voters}")
        _refuse("target", self.target, _within(self.target, self.targets), f"a number from 0 below {self.targets}")
        _refuse("opinion", self.opinion, np.abs(self.opinion) <= 1, "from -1 to 1")
        _refuse("at", self.at, np.isfinite(self.at), "a number of seconds")

    def __len__(self) -> int:
        """How many votes."""
        return len(self.voter)

    def in_order(self) -> VoteColumns:
        """The same votes by voter, each voter's by time, so that sums come out the same in whatever order they came."""
        order = np.lexsort((self.target, self.at, self.voter))
        return VoteColumns(
            self.voter[order], self.target[order], self.opinion[order], self.at[order], self.voters, self.targets
        )

    def by_voter(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum up values of votes for each voter."""
        return np.bincount(self.voter, values, self.voters).astype(np.float64, copy=False)

    def by_target(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum up values of votes for each target."""
        return np.bincount(self.target, values, self.targets).astype(np.float64, copy=False)


def _within(numbers: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    return (numbers >= 0) & (numbers < count)


def _refuse(name: str, column: NDArray[np.generic], fits: NDArray[np.bool_], expected: str) -> None:
    if not fits.all():
        row = int(fits.argmin())
        raise ValueError(f"{name} of vote {row} is {column[row]}: it must be {expected}")
