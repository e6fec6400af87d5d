"""The formula of the score in columns: what `points`, `grades` and `posterior` say of one supplier, said of many.

All suppliers are scored anew every day, and Python takes fifty times as long on them one by one. A property test holds
both to one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import log
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.supplier_score import Cap, PriorTable, ScorePoints
from zhengpin.suppliers.score.grades import JUST_KEPT
from zhengpin.suppliers.score.points import (
    FAILING_AT_MOST,
    HALF_SURE,
    MOST,
    NEWCOMER,
    TOLD,
    band_of,
    lasting,
    limit_of,
)
from zhengpin.suppliers.score.posterior import Z
from zhengpin.suppliers.score.priors import Moments, PriorFit
from zhengpin.suppliers.score.standards import GOODS_AND_SERVICE, STANDARDS
from zhengpin.suppliers.score.sums import left_over

Columns: TypeAlias = NDArray[np.float64]
"""A row a supplier, a column a component."""

_WEIGHTS: Final = np.array([standard.weight for standard in STANDARDS])
_BARS: Final = np.array([standard.name in GOODS_AND_SERVICE for standard in STANDARDS])
_TOLERATED: Final = np.array([standard.tolerated for standard in STANDARDS])
_STEEPNESS: Final = -log(JUST_KEPT) / _TOLERATED


def fade_columns(sums: bytes, now: datetime) -> tuple[Columns, Columns]:
    """Good and bad events as they weigh now, of grown sums: eight good ones and eight bad ones a supplier, float64."""
    grown = np.frombuffer(sums, "<f8").reshape(-1, 2, len(STANDARDS)) * np.array(left_over(now))
    return grown[:, 0], grown[:, 1]


def add_columns(fit: PriorFit, categories: Sequence[str], good: Columns, bad: Columns) -> None:
    """Add many suppliers to a fit."""
    names, places = np.unique(np.array(categories, dtype=object), return_inverse=True)
    events = good + bad
    known = events > 0
    by_share = np.divide(bad * bad, events, out=np.zeros_like(events), where=known)
    for component in range(len(STANDARDS)):
        parts = (known, events, bad, events * events, by_share)
        sums = [np.bincount(places, weights=part[:, component], minlength=len(names)) for part in parts]
        for name, moments in zip(names, zip(*(each.tolist() for each in sums), strict=True), strict=True):
            fit.merge(name, component, Moments(*moments))


def points_in_columns(
    good: Columns, bad: Columns, table: PriorTable, categories: Sequence[str], caps: Sequence[Sequence[Cap]]
) -> list[ScorePoints]:
    """How suppliers stand, each with its caps."""
    prior_good, prior_bad = _priors(table, categories)
    known_good, known_bad = prior_good + good, prior_bad + bad
    moves = _moved(good, bad, known_good, known_bad)
    earned = NEWCOMER + moves.sum(axis=1)
    mean, margin = _expected(known_good, known_bad)
    is_failing = (moves[:, _BARS] < -TOLD).any(axis=1)
    limit = np.where(is_failing, FAILING_AT_MOST, MOST)
    points = np.minimum(_whole(earned), np.minimum(limit, [limit_of(each) for each in caps]))
    most = np.minimum(limit, [limit_of(lasting(each)) for each in caps])
    low = np.minimum(points, _whole(MOST * (mean - margin)))
    high = np.maximum(points, np.minimum(_whole(MOST * (mean + margin)), most))
    rows = zip(points.tolist(), low.tolist(), high.tolist(), strict=True)
    return [ScorePoints(*row, band_of(row[0])) for row in rows]


def _priors(table: PriorTable, categories: Sequence[str]) -> tuple[Columns, Columns]:
    """The prior's good and bad ones of each supplier."""
    names, places = np.unique(np.array(categories, dtype=object), return_inverse=True)
    priors = [table.of(name) for name in names]
    shares = np.array([[prior.bad_share for prior in each] for each in priors])[places]
    strengths = np.array([[prior.strength for prior in each] for each in priors])[places]
    return (1 - shares) * strengths, shares * strengths


def _moved(good: Columns, bad: Columns, known_good: Columns, known_bad: Columns) -> Columns:
    pessimistic = MOST * _grade(np.maximum(_upper(good, bad), _upper(known_good, known_bad)))
    optimistic = MOST * _grade(np.minimum(_lower(good, bad), _lower(known_good, known_bad)))
    reward = good / (good + HALF_SURE) * (pessimistic - NEWCOMER)
    penalty = -np.maximum(0.0, NEWCOMER - optimistic)
    moved = _WEIGHTS * np.where(pessimistic > NEWCOMER, reward, penalty)
    return np.where(good + bad > 0, moved, 0.0)


def _expected(known_good: Columns, known_bad: Columns) -> tuple[Columns, Columns]:
    """The mean of what points come to if everything is known, and half of the 90 % interval."""
    share = known_bad / (known_good + known_bad)
    rate = (known_good + known_bad + 1) / (1 - share)
    shape = share * rate
    of_grade = np.exp(-shape * np.log1p(_STEEPNESS / rate))
    squared = np.exp(-shape * np.log1p(2 * _STEEPNESS / rate))
    variance = (_WEIGHTS**2 * np.maximum(0.0, squared - of_grade**2)).sum(axis=1)
    return (_WEIGHTS * of_grade).sum(axis=1), Z * np.sqrt(variance)


def _grade(bad_share: Columns) -> Columns:
    grades: Columns = np.power(JUST_KEPT, bad_share / _TOLERATED)
    return grades


def _upper(good: Columns, bad: Columns) -> Columns:
    return (bad + _margin(good, bad)) / (good + bad + Z * Z)


def _lower(good: Columns, bad: Columns) -> Columns:
    count = good + bad
    below = count * (bad + _margin(good, bad))
    return np.divide(bad * bad, below, out=np.zeros_like(below), where=count > 0)


def _margin(good: Columns, bad: Columns) -> Columns:
    count = good + bad
    within = np.divide(good * bad, count, out=np.zeros_like(count), where=count > 0)
    return Z * Z / 2 + Z * np.sqrt(within + Z * Z / 4)


def _whole(points: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.clip(np.rint(np.round(points, 6)), 0, MOST).astype(np.int64)
