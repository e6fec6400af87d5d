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

MOST_KNOTS = 200
FEWEST_BINS, MOST_BINS = 5, 50


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's values lie."""

    knots: Floats
    """Rising, finite, at least one."""
    counts: Floats
    """How many of the values lie at each of the 2·knots + 1 places."""

    @classmethod
    def of(cls, values: Floats) -> Column:
        """Learn a column; what is missing (NaN) is left out, and a column of nothing else has one knot at zero."""
        known = np.sort(values[~np.isnan(values)])
        knots = _some_of(np.unique(known)) if known.size else np.zeros(1)
        return cls(knots, counted(places_of(known, knots), 2 * len(knots) + 1))

    def part(self, values: Floats, prior: float) -> Column:
        """Learn a part of this column's values, backed by `prior` more that are spread as the whole column's are."""
        own = counted(places_of(values[~np.isnan(values)], self.knots), len(self.counts))
        return Column(self.knots, own + self.counts * (prior / max(self.counts.sum(), 1)))

    def rarer_tail(self) -> Floats:
        """Give, by place, −ln of the rarer of two shares: of values as low or lower, and as high or higher.

        As in ECOD (Li et al. 2022), but with the asked value counted in, `(k + 1) / (n + 1)`, so that no share is zero.
        In a gap, half of its own values count on either side.
        """
        total = self.counts.sum()
        in_gap = np.arange(len(self.counts)) % 2 == 0
        half = np.where(in_gap, self.counts / 2, 0)
        as_low = np.cumsum(self.counts) - half
        as_high = total - np.cumsum(self.counts) + self.counts - half
        return -np.log((np.minimum(as_low, as_high) + 1) / (total + 1))

    def sparsity(self) -> Floats:
        """Give, by place, −ln of the density in its bin of equal width, as in HBOS (Goldstein & Dengel 2012).

        There are √n bins. Before the first knot and after the last lies an empty bin.
        """
        total = self.counts.sum()
        many = int(np.clip(np.sqrt(total), FEWEST_BINS, MOST_BINS))
        bins = self._bins(many)
        filled = np.bincount(bins, weights=self.counts, minlength=many + 1)
        return -np.log((filled[bins] + 1) / (total + many) * many)

    def _bins(self, many: int) -> Places:
        """The bin of each place; before and after all it is one of its own, the last."""
        first, last = self.knots[0], self.knots[-1]
        width = (last / many - first / many) or 1.0
        bins = ((self._representatives() - first) / width).astype(np.intp).clip(0, many - 1)
        bins[[0, -1]] = many
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
    return np.searchsorted(knots, values, "left") + np.searchsorted(knots, values, "right")


def counted(places: Places, many: int) -> Floats:
    """Count the values at each of so many places."""
    return np.bincount(places, minlength=many).astype(float)


def _some_of(values: Floats) -> Floats:
    """Choose at most `MOST_KNOTS` of rising values, denser towards both ends, where shares are small."""
    if len(values) <= MOST_KNOTS:
        return values
    half = np.geomspace(1, len(values) / 2, MOST_KNOTS // 4)
    even = np.linspace(0, len(values) - 1, MOST_KNOTS // 2)
    chosen = np.concatenate([half - 1, even, len(values) - half])
    return values[np.unique(chosen.astype(np.intp))]
