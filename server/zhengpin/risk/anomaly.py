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

from collections.abc import Mapping, Sequence
from dataclasses import fields
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
_LEARNED = ("n_features_in_", "categories_", "middles_", "standards_", "offset_")


class AnomalyDetector(OutlierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
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
        """Grow so many trees on samples of so many rows.

        Each category is learned as if it had `prior_rows` more rows like all; with fewer of its own it counts as none.

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
        self.categories_ = _large(names, self.prior_rows)
        parts = self._parts(names.tolist())
        self.middles_ = _middles(rows)
        self._surprisals = Surprisals.of(rows, parts, prior=self.prior_rows)
        self._forest = Forest.grown(self._filled(rows), trees=self.trees, sample=self.sample, random_state=random)
        views = self._views(rows, parts)
        self.standards_ = np.column_stack([views.mean(axis=1), _or_one(views.std(axis=1))])
        self.offset_ = float(np.quantile(self._scores(views), self.contamination))
        return self

    def score_samples(self, X: Any, *, categories: Sequence[str] | None = None) -> Floats:  # noqa: N803
        """Score rows: minus the standard deviations by which their oddest view lies above its mean."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return self._scores(self._views(rows, self._parts(_names(categories, len(rows)).tolist())))

    def score_one(self, row: Floats, category: str | None = None) -> float:
        """Score a single row as `score_samples` does, without its checks: numbers, NaN where missing."""
        (score,) = self._scores(self._views(row[None], self._parts([category]))).tolist()
        return float(score)

    def decision_function(self, X: Any, *, categories: Sequence[str] | None = None) -> Floats:  # noqa: N803
        """Score rows so that outliers are below 0."""
        return self.score_samples(X, categories=categories) - self.offset_

    def predict(self, X: Any, *, categories: Sequence[str] | None = None) -> Any:  # noqa: N803
        """Give −1 for outliers and 1 for all others."""
        return np.where(self.decision_function(X, categories=categories) < 0, -1, 1)

    def to_state(self) -> dict[str, Any]:
        """Give what was learned as plain numbers, texts and arrays."""
        check_is_fitted(self)
        learned = {name: getattr(self, name) for name in _LEARNED}
        return {
            "parameters": {name: value for name, value in self.get_params().items() if name != "random_state"},
            "learned": learned,
            "surprisals": _fields(self._surprisals),
            "forest": _fields(self._forest),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """Make a detector of what `to_state` gave."""
        detector = cls(**state["parameters"])
        for name in _LEARNED:
            setattr(detector, name, state["learned"][name])
        detector._surprisals = Surprisals(**state["surprisals"])
        detector._forest = Forest(**state["forest"])
        return detector

    def _views(self, rows: Floats, parts: Parts) -> Floats:
        """Give the three views of each row: views × rows."""
        views = np.empty((3, len(rows)))
        views[:2] = self._surprisals.of_rows(rows, parts)
        views[2] = self._forest.isolation(self._filled(rows))
        return views

    def _scores(self, views: Floats) -> Floats:
        scores: Floats = -((views - self.standards_[:, :1]) / self.standards_[:, 1:]).max(axis=0)
        return scores

    def _filled(self, rows: Floats) -> Floats:
        return np.where(np.isnan(rows), self.middles_, rows)

    def _parts(self, names: Sequence[str | None]) -> Parts:
        numbers: dict[str | None, int] = {name: number for number, name in enumerate(self.categories_, 1)}
        return np.array([numbers.get(name, 0) for name in names], dtype=np.intp)

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


def _large(names: Any, fewest: float) -> list[str]:
    """Give the categories that have rows enough for tables of their own; the nameless is none."""
    kinds, counts = np.unique(names, return_counts=True)
    large: list[str] = kinds[(counts >= fewest) & (kinds != "")].tolist()
    return large


def _middles(rows: Floats) -> Floats:
    """Give each column's median, which stands for what is missing where columns are seen together."""
    return np.array([np.median(known) if known.size else 0.0 for known in (each[~np.isnan(each)] for each in rows.T)])


def _or_one(spreads: Floats) -> Floats:
    return np.where(spreads > 0, spreads, 1.0)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
