"""Batches: voters who registered within a few days of one another, perhaps by one hand.

Two calendars of batches overlap by half, so that a batch that one of them cuts in two lies within a page of the other.
On some days very many register, for a platform has moved or advertised: such a batch says little, and its share is
known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.timeline import DAY, Numbers

LENGTH: Final = 3 * DAY
LARGE: Final = 0.002
"""Smaller shares of all votes are not worth remembering."""
NO_BATCH: Final = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True)
class Batches:
    """One calendar, and what is known of its large batches."""

    begins: float
    """Seconds by which its pages are turned earlier than whole lengths since 1970."""
    large: NDArray[np.int64]
    """Their numbers, in rising order."""
    shares: Numbers
    """Of all votes those by voters of each."""

    @classmethod
    def seen(cls, begins: float, registered_at: Numbers) -> Batches:
        """What the voters of all votes tell."""
        calendar = cls(begins, np.empty(0, np.int64), np.empty(0))
        numbers, counts = np.unique(calendar.of(registered_at), return_counts=True)
        share = counts / max(len(registered_at), 1)
        large = share >= LARGE
        return cls(begins, numbers[large], share[large])

    def of(self, registered_at: Numbers) -> NDArray[np.int64]:
        """The number of the batch that each voter was registered in."""
        number: NDArray[np.int64] = ((registered_at + self.begins) // LENGTH).astype(np.int64)
        return number

    def share(self, batch: NDArray[np.int64]) -> Numbers:
        """The share of all votes that each batch has; 0 for small ones."""
        if not len(self.large):
            return np.zeros(len(batch))
        place = np.minimum(np.searchsorted(self.large, batch), len(self.large) - 1)
        share: Numbers = np.where(self.large[place] == batch, self.shares[place], 0.0)
        return share


def calendars(registered_at: Numbers) -> tuple[Batches, Batches]:
    """Both calendars; `registered_at` tells of each vote when its voter registered."""
    return Batches.seen(0.0, registered_at), Batches.seen(LENGTH / 2, registered_at)
