"""The votes on many targets added up at once: the sums that `RunningTallies` comes to vote by vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.tallies import Evidence
from zhengpin.reputation.weights import shrunk


@dataclass(frozen=True, slots=True)
class CircleColumns:
    """What circles say: a row for each circle and target with a vote that weighs something."""

    target: NDArray[np.int64]
    """In rising order."""
    circle: NDArray[np.int64]
    recommends: NDArray[np.int64]
    """Votes."""
    warns: NDArray[np.int64]
    recommend_squares: NDArray[np.float64]
    """Sums of the squares of grown weights."""
    warn_squares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TallyColumns:
    """What the votes on each target are worth, by its number."""

    recommend: NDArray[np.float64]
    """What its circles count for it, grown."""
    warn: NDArray[np.float64]
    circles: NDArray[np.int64]
    """Of which any vote counts."""

    def at(self, target: int, now: datetime) -> Evidence:
        """What the votes on one target are worth at a moment."""
        recommend, warn = float(self.recommend[target]), float(self.warn[target])
        return Evidence(shrunk(recommend, now), shrunk(warn, now), int(self.circles[target]))


def circle_columns(
    target: NDArray[np.integer],
    circle: NDArray[np.integer],
    recommends: NDArray[np.bool_],
    grown: NDArray[np.float64],
) -> CircleColumns:
    """The sums of circles from counted votes, one a row in any order, with weights as `grown_columns` gives them.

    Circles and targets are numbered from 0.
    """
    weighs = grown > 0
    circles = int(circle.max(initial=0)) + 1
    pairs = target[weighs].astype(np.int64) * circles + circle[weighs]
    found, row = np.unique(pairs, return_inverse=True)
    squares, positive = grown[weighs] ** 2, recommends[weighs]
    count = len(found)
    return CircleColumns(
        found // circles,
        found % circles,
        np.bincount(row[positive], minlength=count),
        np.bincount(row[~positive], minlength=count),
        _summed(row[positive], squares[positive], count),
        _summed(row[~positive], squares[~positive], count),
    )


def tally_columns(circles: CircleColumns, targets: int) -> TallyColumns:
    """What the votes on targets numbered below `targets` are worth."""
    norm = np.sqrt(circles.recommend_squares + circles.warn_squares)
    norm[norm == 0] = 1.0  # squares of the oldest votes vanish
    return TallyColumns(
        _summed(circles.target, circles.recommend_squares / norm, targets),
        _summed(circles.target, circles.warn_squares / norm, targets),
        np.bincount(circles.target, minlength=targets),
    )


def _summed(row: NDArray[np.integer], values: NDArray[np.float64], rows: int) -> NDArray[np.float64]:
    return np.bincount(row, values, rows).astype(np.float64, copy=False)  # it is told to be of integers
