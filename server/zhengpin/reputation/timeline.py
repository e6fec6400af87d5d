"""Votes side by side in time: for each target those that recommend it and those that warn of it, in the order cast.

A *side* is a target with an opinion: the target's number twice, plus one if it recommends. A *place* is a vote's place
in the order. Brigades push one side, so counts are of sides: a warning that drowns in praise would not show otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.vote_columns import VoteColumns

HOUR: Final = 3_600.0
DAY: Final = 24 * HOUR
_YEAR: Final = 366 * DAY

Places = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Timeline:
    """Every vote with an opinion, ordered by side and then by time."""

    rows: Places
    """Where each place's vote stands in `VoteColumns`."""
    side: Places
    at: Numbers
    mark: Numbers
    """Rises with side and time together, by a second a second: what lies between two marks is one search."""
    began: float
    """When the first vote of all was cast."""
    stride: float
    """From one side's marks to the next one's: no span that anybody asks about reaches so far."""
    counted: Flags
    """Which have not been left out of the count before: only these make a side's past."""

    @classmethod
    def of(cls, votes: VoteColumns, counted: Flags | None = None) -> Timeline:
        """Order the votes; those that neither recommend nor warn are left out. Without `counted`, all count."""
        rows = np.flatnonzero(votes.opinion != 0)
        at = votes.at[rows]
        side = votes.target[rows].astype(np.int64) * 2 + (votes.opinion[rows] > 0)
        began = float(at.min(initial=np.inf)) if len(rows) else 0.0
        stride = float(at.max(initial=began)) - began + _YEAR
        mark = side * stride + (at - began)
        order = np.argsort(mark, kind="stable")
        counts = np.ones(len(rows), np.bool_) if counted is None else counted[rows[order]]
        return cls(rows[order], side[order], at[order], mark[order], began, stride, counts)

    def without(self, places: Places) -> Timeline:
        """The same without some votes."""
        left = np.delete(np.arange(len(self)), places)
        columns = {name: getattr(self, name)[left] for name in ("rows", "side", "at", "mark", "counted")}
        return replace(self, **columns)

    @cached_property
    def _past(self) -> Numbers:
        """The marks of the votes that count."""
        return self.mark[self.counted]

    def _mark_of(self, side: Places, moment: Numbers) -> Numbers:
        mark = side * self.stride + np.clip(moment - self.began, -0.5, self.stride - 0.5)
        return mark.astype(np.float64, copy=False)

    @cached_property
    def moments(self) -> Numbers:
        """When each vote was cast, whatever its side, in rising order."""
        return np.sort(self.at)

    def __len__(self) -> int:
        """How many votes."""
        return len(self.rows)

    def until(self, side: Places, moment: Numbers) -> Places:
        """How many places lie before or at a moment of a side, those of lower sides included."""
        return np.searchsorted(self.mark, self._mark_of(side, moment), "right")

    def count(self, side: Places, after: Numbers, until: Numbers) -> Places:
        """How many votes of a side that count were cast after one moment and until another, which is included."""
        first, after_last = (np.searchsorted(self._past, self._mark_of(side, each), "right") for each in (after, until))
        counts: Places = after_last - first
        return counts

    def count_all(self, after: Numbers, until: Numbers) -> Places:
        """How many votes of all sides were cast after one moment and until another, which is included."""
        return np.searchsorted(self.moments, until, "right") - np.searchsorted(self.moments, after, "right")

    def bounds(self, target: int) -> tuple[int, int]:
        """The first place of a target, and the one after its last; of both its sides."""
        low, high = np.searchsorted(self.side, (2 * target, 2 * target + 2))
        return int(low), int(high)
