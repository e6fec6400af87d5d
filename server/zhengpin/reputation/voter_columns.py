"""Voters in columns: what is known of who votes, beside the votes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

A_FEW: Final = 4
"""Of so many votes, three at least are on other targets than the one in question."""


@dataclass(frozen=True, slots=True)
class VoterColumns:
    """One voter a row: the row is the voter's number in `VoteColumns`."""

    registered_at: NDArray[np.float64]
    """Seconds since 1970, UTC."""
    circle: NDArray[np.int32]
    """The number of the circle of acquaintances that it belongs to, from 0 (`KnownVoter.circle`)."""
    regular_since: NDArray[np.float64] | None = None
    """Of voters with `A_FEW` votes and more, when they cast the first; infinity of others. Without it, the votes
    at hand are held to be all there are."""
    first_at: NDArray[np.float64] | None = None
    """When voters who have cast more than one vote cast the first that counts; infinity of others. Without it, the
    votes at hand are held to be all there are."""
    family: NDArray[np.int32] | None = None
    """The number of each one's family (`families.py`); without it, circles are all that is known of invitations."""
    silent_since: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    """When others registered, who never voted; they have no rows."""

    def __post_init__(self) -> None:
        """Refuse columns that don't belong together."""
        if len(self.registered_at) != len(self.circle):
            message = f"the columns of voters have different lengths: {len(self.registered_at)}, {len(self.circle)}"
            raise ValueError(message)

    def __len__(self) -> int:
        """How many voters."""
        return len(self.circle)
