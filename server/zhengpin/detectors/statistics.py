"""Statistics that a few wild values or a small sample do not upset."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhengpin.domain.quick_init import quickly_made

MAD_FLOOR = 0.03
"""On log prices: below it sellers agree so closely that a cent would look like an outlier."""
ONE_SIDED_95 = 1.645
"""The normal quantile of one-sided 95 % bounds."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Spread:
    """Where prices lie."""

    median: float
    log_median: float
    log_mad: float
    """The median absolute deviation of the natural logarithms, without the floor."""

    def robust_z(self, price: float) -> float:
        """Modified z-score `M = 0.6745 · (ln x − median) / MAD` (Iglewicz & Hoaglin 1993), MAD at least `MAD_FLOOR`."""
        return 0.6745 * (math.log(price) - self.log_median) / max(self.log_mad, MAD_FLOOR)


def spread_of(prices: Sequence[float]) -> Spread:
    """Measure at least one price, from the lowest to the highest."""
    log_median = _middle_log(prices)
    return Spread(middle_of(prices), log_median, _middle_distance(prices, log_median))


def middle_of(ordered: Sequence[float]) -> float:
    """Give the median of what is in order."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _middle_log(prices: Sequence[float]) -> float:
    half = len(prices) // 2
    upper = math.log(prices[half])
    return upper if len(prices) % 2 else (math.log(prices[half - 1]) + upper) / 2


def _middle_distance(prices: Sequence[float], centre: float) -> float:
    """Give the median of the distances of the logarithms from a centre that lies among them.

    The nearer half of the values stands side by side: where it begins is found by halving, so that of a hundred prices
    only some twenty logarithms are taken.
    """

    def above(place: int) -> float:
        return math.log(prices[place]) - centre

    near = len(prices) // 2 + 1
    first, last_first = 0, len(prices) - near
    while first < last_first:
        place = (first + last_first) // 2
        if -above(place) > above(place + near):
            first = place + 1
        else:
            last_first = place
    last = first + near - 1
    lowest, highest = -above(first), above(last)
    if len(prices) % 2:
        return max(lowest, highest)
    next_farthest = max(-above(first + 1), highest) if lowest > highest else max(lowest, above(last - 1))
    return (next_farthest + max(lowest, highest)) / 2


@lru_cache(maxsize=8192)
def share_at_least(part: int, whole: int) -> float | None:
    """Give the lower bound of a share: Wilson's score interval, one-sided 95 % (z = 1.645); `None` of nothing.

    3 of 4 is not 300 of 400: with few events the bound stays low.
    """
    if whole <= 0:
        return None
    share = min(max(part, 0), whole) / whole
    squared = ONE_SIDED_95**2
    centre = share + squared / (2 * whole)
    margin = ONE_SIDED_95 * math.sqrt(share * (1 - share) / whole + squared / (4 * whole**2))
    return max((centre - margin) / (1 + squared / whole), 0.0)
