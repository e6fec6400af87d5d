"""How surprising a value is in its own column: far in a tail, or in a place where few others lie.

A column is remembered by its knots, some of the values that it had. They divide the numbers into *places*: a knot
itself is an odd place, the gap before it an even one, so that two bisections give the place of any number. All that is
asked of a number is then looked up by its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

MOST_VALUES = 128
"""So many values of a column are remembered one by one."""
FEWEST_BINS, MOST_BINS = 5, 50


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's values lie."""

    knots: Floats
    """Rising, finite, at least one."""
    counts: Floats
    """How many of the values lie at each of the 2·knots + 1 places."""
    bins: int
    """Bins of equal width from the first knot to the last; no gap with values in it reaches over two of them."""

    @classmethod
    def of(cls, values: Floats) -> Column:
        """Learn a column; what is missing (NaN) is left out, and a column of nothing else has one knot at zero."""
        known = values[~np.isnan(values)]
        bins = int(np.clip(np.sqrt(known.size), FEWEST_BINS, MOST_BINS))
        knots = _some_of(np.unique(known), bins) if known.size else np.zeros(1)
        return cls(knots, counted(places_of(known, knots), 2 * len(knots) + 1), bins)

    def part(self, values: Floats, prior: float) -> Column:
        """Learn a part of this column's values, backed by `prior` more that are spread as the whole column's are."""
        own = counted(places_of(values[~np.isnan(values)], self.knots), len(self.counts))
        return Column(self.knots, own + self.counts * (prior / max(self.counts.sum(), 1)), self.bins)

    def rarer_tail(self) -> Floats:
        """Give, by place, −ln of twice the rarer of two shares: of values that are lower, and that are higher.

        As in ECOD (Li et al. 2022), but half of the equal values count on either side, so that a value that most rows
        have is no surprise; and half a value more is counted, so that no share is zero.
        """
        total = self.counts.sum()
        lower = np.cumsum(self.counts) - self.counts / 2
        surprisal: Floats = -np.log((np.minimum(lower, total - lower).clip(0) + 0.5) / (total / 2 + 0.5))
        return surprisal

    def sparsity(self) -> Floats:
        """Give, by place, −ln of the density in its bin of equal width, as in HBOS (Goldstein & Dengel 2012).

        There are √n bins. Before the first knot and after the last lies an empty bin.
        """
        bins = self._bins()
        filled = np.bincount(bins, weights=self.counts, minlength=self.bins + 1)
        surprisal: Floats = -np.log((filled[bins] + 1) / (self.counts.sum() + self.bins) * self.bins)
        return surprisal

    def _bins(self) -> Places:
        """The bin of each place; before and after all it is one of its own, the last."""
        first, last = self.knots[0], self.knots[-1]
        width = (last / self.bins - first / self.bins) or 1.0
        bins: Places = ((self._representatives() - first) / width).astype(np.intp).clip(0, self.bins - 1)
        bins[[0, -1]] = self.bins
        return bins

    def _representatives(self) -> Floats:
        """A value for each place: the knot itself, the middle of a gap; before all and after all the next knot."""
        values = np.empty(len(self.counts))
        values[1::2] = self.knots
        values[2:-1:2] = self.knots[:-1] / 2 + self.knots[1:] / 2
        values[[0, -1]] = self.knots[[0, -1]]
        return values


def places_of(values: Any, knots: Floats) -> Places:
    """Give the place of each of the values, which are numbers."""
    places: Places = np.searchsorted(knots, values, "left") + np.searchsorted(knots, values, "right")
    return places


def counted(places: Places, many: int) -> Floats:
    """Count the values at each of so many places."""
    return np.bincount(places, minlength=many).astype(float)


def _some_of(values: Floats, bins: int) -> Floats:
    """Choose some of many rising values, more towards both ends, where shares are small; and the edges of bins."""
    if len(values) <= MOST_VALUES:
        return values
    outward = np.geomspace(1, len(values) / 2, MOST_VALUES // 4)
    even = np.linspace(0, len(values) - 1, MOST_VALUES // 2)
    chosen = np.concatenate([outward - 1, even, len(values) - outward]).astype(np.intp)
    edges = values[0] + (values[-1] / bins - values[0] / bins) * np.arange(1, bins)
    return np.unique(np.concatenate([values[chosen], edges]))
