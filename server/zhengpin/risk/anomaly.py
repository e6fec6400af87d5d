"""How unlike the others a row of signals is, without anybody having said what a bad one looks like.

No one idea of an outlier is right on all data: what lies in a tail, what lies where few others do, and what few cuts
set apart are different rows. There are three plain views, each standardised on the training rows:

- *tails*: over the columns, how few values are as low, or as high (ECOD: Li et al. 2022);
- *sparsity*: over the columns, how few values are near (HBOS: Goldstein & Dengel 2012);
- *isolation*: how few random cuts set the row apart (Liu, Ting & Zhou 2008), which sees columns together.

A row is as odd as its oddest view says: where one is blind, its mean with others would bury what they see (Aggarwal &
Sathe 2015 on maxima and averages). What is missing is neither suspicious nor soothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, OutlierMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from zhengpin.risk.isolation import Forest
from zhengpin.risk.marginals import Floats
from zhengpin.risk.surprisals import Parts, Surprisals

MOST_ROWS = 100_000
"""More rows than these are learned from a sample of so many."""
SMALLEST_CATEGORY = 30
"""Rows below which a category is judged as all rows are."""


class AnomalyDetector(OutlierMixin, BaseEstimator):
    """A detector of unlike rows, in scikit-learn's terms: lower scores are odder, and −1 is an outlier.

    Any matrix of numbers will do: missing (NaN), constant, heavy-tailed and coded columns included.
    """

    def __init__(
        self,
        *,
        trees: int = 100,
        sample: int = 256,
        prior_rows: float = 100,
        contamination: float = 0.1,
        random_state: Any = None,
    ) -> None:
        """Grow so many trees on samples of so many rows; `prior_rows` of all rows back up each category.

        `contamination` is the share of training rows that `predict` calls outliers; no score depends on it.
        """
        self.trees = trees
        self.sample = sample
        self.prior_rows = prior_rows
        self.contamination = contamination
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, *, categories: Sequence[str] | None = None) -> Self:  # noqa: ARG002, N803
        """Learn from rows (rows × columns) and, if given, the category of each."""
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", ensure_min_samples=2)
        random = check_random_state(self.random_state)
        names = _names(categories, len(rows))
        if len(rows) > MOST_ROWS:
            chosen = random.choice(len(rows), MOST_ROWS, replace=False)
            rows, names = rows[chosen], names[chosen]
        self._part_of = {name: number for number, name in enumerate(_large(names), 1)}
        parts = self._parts(names)
        self.middles_ = _middles(rows)
        self._surprisals = Surprisals.of(rows, parts, prior=self.prior_rows)
        self._forest = Forest.grown(
            np.where(np.isnan(rows), self.middles_, rows), trees=self.trees, sample=self.sample, random_state=random
        )
        views = self._views(rows, parts)
        self.means_, spreads = views.mean(axis=1), views.std(axis=1)
        self.spreads_ = np.where(spreads > 0, spreads, 1.0)
        self.offset_ = float(np.quantile(self._scores(views), self.contamination))
        return self

    def score_samples(self, X: Any, *, categories: Sequence[str] | None = None) -> Floats:  # noqa: N803
        """Score rows: minus the standard deviations by which their oddest view lies above its mean."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return self._scores(self._views(rows, self._parts(_names(categories, len(rows)))))

    def score_one(self, row: Sequence[float], category: str | None = None) -> float:
        """Score a single row as `score_samples` does, without its checks: numbers, NaN where missing."""
        values = np.asarray(row, dtype=np.float64)
        tails, sparsity = self._surprisals.of_one(row, self._part_of.get(category, 0))
        isolation = self._forest.isolation_of_one(np.where(np.isnan(values), self.middles_, values))
        return -max(((np.array([tails, sparsity, isolation]) - self.means_) / self.spreads_).tolist())

    def decision_function(self, X: Any, *, categories: Sequence[str] | None = None) -> Floats:  # noqa: N803
        """Score rows so that outliers are below 0."""
        return self.score_samples(X, categories=categories) - self.offset_

    def predict(self, X: Any, *, categories: Sequence[str] | None = None) -> Any:  # noqa: N803
        """Give −1 for outliers and 1 for all others."""
        return np.where(self.decision_function(X, categories=categories) < 0, -1, 1)

    def _views(self, rows: Floats, parts: Parts) -> Floats:
        isolation = self._forest.isolation(np.where(np.isnan(rows), self.middles_, rows))
        return np.vstack([self._surprisals.of_rows(rows, parts), isolation])

    def _scores(self, views: Floats) -> Floats:
        scores: Floats = -((views - self.means_[:, None]) / self.spreads_[:, None]).max(axis=0)
        return scores

    def _parts(self, names: Any) -> Parts:
        return np.array([self._part_of.get(name, 0) for name in names.tolist()], dtype=np.intp)

    def __sklearn_tags__(self) -> Any:
        """Say that missing values are welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _names(categories: Sequence[str] | None, rows: int) -> Any:
    names = np.asarray([""] * rows if categories is None else categories, dtype=str)
    if len(names) != rows:
        raise ValueError(f"categories: {len(names)} for {rows} rows: give one for each row")
    return names


def _large(names: Any) -> list[str]:
    """Give the categories that have rows enough; the nameless is none."""
    kinds, counts = np.unique(names, return_counts=True)
    large: list[str] = kinds[(counts >= SMALLEST_CATEGORY) & (kinds != "")].tolist()
    return large


def _middles(rows: Floats) -> Floats:
    """Give each column's median, which stands for what is missing where columns are seen together."""
    known = ~np.isnan(rows)
    return np.array([np.median(column[own]) if own.any() else 0.0 for column, own in zip(rows.T, known.T, strict=True)])
