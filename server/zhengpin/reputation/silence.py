"""Silence: how many of an honest crowd may never have voted before.

A crowd is drawn from all who are registered, and who votes anyway is the likelier to come: of its votes no larger a
share are by the silent than there are silent ones. Where a marketplace tells of voters only when they vote, or most of
them vote but once, the votes of the last weeks say how many are usual. Accounts grown to be hired are silent all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.timeline import DAY, Flags, Numbers

CAME_FOR_IT: Final = 7 * DAY
"""Who is younger came because of the event, as a crowd does: that it has never voted says nothing then."""
LATELY: Final = 30 * DAY


@dataclass(frozen=True, slots=True)
class Silence:
    """The share of the silent, among the registered or among those who vote, whichever is larger, as it changed."""

    at: Numbers
    """Moments, in rising order."""
    share: Numbers
    """From each of them on, from above 0 to 1: the next to come may be the first that is silent."""

    @classmethod
    def always(cls, share: float) -> Silence:
        """One share for all time."""
        return cls(np.zeros(1), np.array([share]))

    @classmethod
    def of(cls, registered_at: Numbers, first_at: Numbers, voted_at: Numbers, first: Flags) -> Silence:
        """What is known, by day.

        Of voters: when each registered, and when it first voted, which is infinity for who never did. Of votes by those
        who were registered for a while: when each was cast, and whether it was its voter's first.
        """
        if not len(voted_at):
            return cls.always(1.0)
        days = np.arange(voted_at.min(), voted_at.max() + DAY, DAY)
        since = registered_at + CAME_FOR_IT
        present, heard = _until(days, since), _until(days, np.maximum(since, first_at))
        lately, first_lately = (
            _until(days, each) - _until(days - LATELY, each) for each in (voted_at, voted_at[first])
        )
        return cls(days, np.maximum((present - heard + 1) / (present + 1), (first_lately + 1) / (lately + 1)))

    def on(self, moment: float) -> float:
        """The share at a moment; before the first that of the first."""
        return float(self.share[max(int(np.searchsorted(self.at, moment, "right")) - 1, 0)])


def _until(days: Numbers, moments: Numbers) -> NDArray[np.int64]:
    """How many of the moments lie before or at each of the days."""
    return np.searchsorted(np.sort(moments), days, "right")
