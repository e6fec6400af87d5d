"""How a category's prices move from week to week: by it an older price is brought to today.

Each cell is the median log price of one product in one week. What is common to a week is told from what is common to a
product by median polish (Tukey 1977, Exploratory Data Analysis, ch. 11); the levels are then smoothed as a random
walk that is seen with noise (the local-level model, Durbin & Koopman 2012, ch. 2), so that a thin week leans on its
neighbours. Trend and season are both in the level: of neither is a shape assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WEEKS_FOR_AN_INDEX = 6
PRODUCTS_FOR_A_WEEK = 5
_SWEEPS = 4
_MAD_TO_SIGMA = 1.4826
_MEDIAN_VARIANCE = np.pi / 2
"""A median's variance over a mean's, of normal values."""


class Cell(NamedTuple):
    """What one product cost in one week."""

    product: int
    week: int
    log_price: float


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """The level of log prices in consecutive weeks."""

    first_week: int = 0
    levels: tuple[float, ...] = (0.0,)

    def change(self, week: int, until: int) -> float:
        """Give by how much log prices rose from one week to another; outside the known weeks nothing moves."""
        return self._level(until) - self._level(week)

    def _level(self, week: int) -> float:
        return self.levels[min(max(week - self.first_week, 0), len(self.levels) - 1)]


FLAT = PriceIndex()
"""Where too little is known: prices stay."""


def index_of(cells: Sequence[Cell]) -> PriceIndex:
    """Find the index of one category; `FLAT` with fewer than six weeks of five products each."""
    if not cells:
        return FLAT
    products, weeks, logs = (np.array(column) for column in zip(*cells, strict=True))
    first = int(weeks.min())
    effects, residuals = _polished(products, weeks - first, logs)
    counts = np.bincount(weeks - first)
    seen = counts >= PRODUCTS_FOR_A_WEEK
    if seen.sum() < WEEKS_FOR_AN_INDEX:
        return FLAT
    noise = (_MAD_TO_SIGMA * float(np.median(np.abs(residuals)))) ** 2 * _MEDIAN_VARIANCE
    variances = np.where(seen, noise / np.maximum(counts, 1), np.inf)
    return PriceIndex(first, tuple(_smoothed(effects, variances).tolist()))


def _polished(
    products: NDArray[np.int64], weeks: NDArray[np.int64], logs: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what is common to each week, and what neither week nor product tells."""
    effects = np.zeros(int(weeks.max()) + 1)
    residuals = logs.astype(np.float64)
    for _ in range(_SWEEPS):
        residuals = residuals - _medians(residuals, products)[products]
        common = _medians(residuals, weeks)
        effects += common
        residuals = residuals - common[weeks]
    return effects, residuals


def _medians(values: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the median of each group, by its number; 0 of an empty one."""
    found = np.zeros(int(groups.max()) + 1)
    order = np.argsort(groups, kind="stable")
    named, starts = np.unique(groups[order], return_index=True)
    for group, part in zip(named, np.split(values[order], starts[1:]), strict=True):
        found[group] = np.median(part)
    return found


def _smoothed(seen: NDArray[np.float64], variances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth levels that walk at random: a Kalman filter forwards, Rauch, Tung & Striebel's smoother backwards."""
    step = _step_variance(seen, variances)
    levels, errors = np.zeros(len(seen)), np.zeros(len(seen))
    level, error = 0.0, 1e6
    for week, (value, variance) in enumerate(zip(seen, variances, strict=True)):
        error += step
        gain = error / (error + variance)
        level, error = level + gain * (value - level), error * (1 - gain)
        levels[week], errors[week] = level, error
    for week in reversed(range(len(seen) - 1)):
        pull = errors[week] / (errors[week] + step)
        levels[week] += pull * (levels[week + 1] - levels[week])
    return levels


def _step_variance(seen: NDArray[np.float64], variances: NDArray[np.float64]) -> float:
    """Estimate how far levels walk in a week: what is left of their steps' squares without the noise."""
    known = np.isfinite(variances)
    places = np.flatnonzero(known)
    weeks = np.diff(places)
    squares = np.diff(seen[known]) ** 2 - variances[places[1:]] - variances[places[:-1]]
    return max(float(squares.sum() / weeks.sum()), 1e-8)
