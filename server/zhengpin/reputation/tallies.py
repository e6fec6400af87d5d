"""The votes on one target, added up: acquaintances agree easily, so n of them count √n.

The votes of one circle on one target, recommending with weights w⁺ and warning with w⁻, count together √Σw², and each
side its part of that:

    recommending  Σw⁺² / √(Σw⁺² + Σw⁻²)        warning  Σw⁻² / √(Σw⁺² + Σw⁻²)

Of n equal weights w that is w·√n, of a single one w. √n times the *mean* weight would let acquaintances whom nobody
trusts silence one who is trusted, and a recommending vote could lower the share; by squares neither is possible.
Squares of grown weights add up, so that two rows hold it all: one a circle and target, one a target.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.weights import shrunk


@dataclass(frozen=True, slots=True)
class CircleSums:
    """What one circle's votes on one target are kept as. Votes that weigh nothing leave no trace in it."""

    recommends: int = 0
    warns: int = 0
    recommend_squares: float = 0.0
    """Sum of the squares of grown weights."""
    warn_squares: float = 0.0

    def plus(self, grown: float, *, recommends: bool) -> CircleSums:
        """With one more counted vote, of this grown weight."""
        return self._moved(grown, 1, recommends=recommends) if grown > 0 else self

    def minus(self, grown: float, *, recommends: bool) -> CircleSums:
        """Without a vote that was counted with this grown weight."""
        return self._moved(grown, -1, recommends=recommends) if grown > 0 else self

    @property
    def recommending(self) -> float:
        """What it counts for the target, grown."""
        return self.recommend_squares / self._norm if self._norm else 0.0

    @property
    def warning(self) -> float:
        """What it counts against the target, grown."""
        return self.warn_squares / self._norm if self._norm else 0.0

    @property
    def speaks(self) -> bool:
        """Whether any of its votes counts."""
        return self.recommends + self.warns > 0

    def counted(self, weight: float, grown: float) -> float:
        """What a vote of it counts, of its weight: less, the more of its circle vote on the same target."""
        return weight * min(1.0, grown / self._norm) if self._norm else 0.0

    @property
    def _norm(self) -> float:
        return sqrt(self.recommend_squares + self.warn_squares)

    def _moved(self, grown: float, votes: int, *, recommends: bool) -> CircleSums:
        square = votes * grown**2
        if recommends:
            count, squares = _settled(self.recommends + votes, self.recommend_squares + square)
            return CircleSums(count, self.warns, squares, self.warn_squares)
        count, squares = _settled(self.warns + votes, self.warn_squares + square)
        return CircleSums(self.recommends, count, self.recommend_squares, squares)


def _settled(votes: int, total: float) -> tuple[int, float]:
    """Without what rounding leaves behind when votes are taken out again."""
    return votes, max(0.0, total) if votes > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the votes on a target are worth at one moment."""

    recommend: float = 0.0
    warn: float = 0.0
    circles: int = 0

    @property
    def effective_votes(self) -> float:
        """As many votes of full weight by strangers."""
        return self.recommend + self.warn


@dataclass(frozen=True, slots=True)
class Tally:
    """What the votes on one target are kept as."""

    recommend: float = 0.0
    """What its circles count for it, grown."""
    warn: float = 0.0
    circles: int = 0
    """Of which any vote counts."""

    def moved(self, before: CircleSums, after: CircleSums) -> Tally:
        """With one of its circles as it is after a change, and no longer as before."""
        circles = self.circles + after.speaks - before.speaks
        if circles <= 0:
            return Tally()
        recommend = self.recommend + after.recommending - before.recommending
        warn = self.warn + after.warning - before.warning
        return Tally(max(0.0, recommend), max(0.0, warn), circles)

    def at(self, now: datetime) -> Evidence:
        """What it is worth now."""
        return Evidence(shrunk(self.recommend, now), shrunk(self.warn, now), self.circles)


@dataclass(frozen=True, slots=True)
class CircleColumns:
    """`CircleSums` of many circles: a row for each circle and target with a vote that weighs something."""

    target: NDArray[np.int64]
    """In rising order."""
    circle: NDArray[np.int64]
    recommends: NDArray[np.int64]
    warns: NDArray[np.int64]
    recommend_squares: NDArray[np.float64]
    warn_squares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TallyColumns:
    """`Tally` of every target, by its number."""

    recommend: NDArray[np.float64]
    warn: NDArray[np.float64]
    circles: NDArray[np.int64]

    def of(self, target: int) -> Tally:
        """One target's."""
        return Tally(float(self.recommend[target]), float(self.warn[target]), int(self.circles[target]))


def circle_columns(
    target: NDArray[np.integer],
    circle: NDArray[np.integer],
    recommends: NDArray[np.bool_],
    grown: NDArray[np.float64],
) -> CircleColumns:
    """The sums of circles from counted votes, one a row in any order. Circles and targets are numbered from 0."""
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
    """The tallies of targets numbered below `targets`."""
    norm = np.sqrt(circles.recommend_squares + circles.warn_squares)
    norm[norm == 0] = 1.0  # squares of the oldest votes vanish
    return TallyColumns(
        _summed(circles.target, circles.recommend_squares / norm, targets),
        _summed(circles.target, circles.warn_squares / norm, targets),
        np.bincount(circles.target, minlength=targets),
    )


def _summed(row: NDArray[np.integer], values: NDArray[np.float64], rows: int) -> NDArray[np.float64]:
    return np.bincount(row, values, rows).astype(np.float64, copy=False)  # it is told to be of integers
