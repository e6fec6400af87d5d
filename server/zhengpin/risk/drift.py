"""Drift: whether signals and scores still spread as they did when a model was trained. Pure functions.

The measure is the population stability index (N. Siddiqi, Credit Risk Scorecards, 2006, ch. 8): below 0.1 nothing has
changed, from 0.1 on somebody should look, from 0.25 on the model judges another population than it learned from. Small
samples differ by chance alone: times `1/(1/n + 1/m)` the index of two samples of one population is about chi-square
distributed with one degree of freedom less than there are bins (B. Yurdakul, Statistical Properties of Population
Stability Index, 2018). An alarm needs both: an index of 0.25, and more than such chance explains.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from scipy.special import chdtri

from zhengpin.domain.model_check import Drift

LOOK: Final = 0.1
BY_CHANCE: Final = 0.001
"""How seldom chance may sound an alarm about one signal: some hundred of them are looked at every day."""
BINS: Final = 10
_EMPTY: Final = 0.5
"""Listings that an empty bin counts as: the logarithm of nothing would be infinite."""

Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"
Matrix: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.float64]]"


@dataclass(frozen=True, slots=True)
class Spread:
    """How one number was spread: how many listings had it in each bin."""

    name: str
    """A signal's or feature's, or `SCORE`."""
    edges: tuple[float, ...]
    """Ascending; a bin reaches from above one edge up to and including the next, and there is one beyond each end."""
    counts: tuple[int, ...]
    """Of each bin, and last of those listings whose number is unknown (NaN)."""

    def __post_init__(self) -> None:
        """Refuse counts that belong to other edges."""
        if list(self.edges) != sorted(set(self.edges)) or not all(map(math.isfinite, self.edges)):
            raise ValueError(f"the edges of {self.name} must ascend and be finite")
        if len(self.counts) != len(self.edges) + 2 or min(self.counts) < 0:
            raise ValueError(f"{self.name} has {len(self.edges)} edges and so needs {len(self.edges) + 2} counts ≥ 0")

    @property
    def listings(self) -> int:
        """How many listings were counted."""
        return sum(self.counts)


SCORE: Final = "score"
"""The name of the spread of a model's own probabilities."""


@dataclass(frozen=True, slots=True)
class Reference:
    """How features and scores were spread among the listings that a model was trained on."""

    features: tuple[Spread, ...]
    score: Spread


def reference_of(names: Sequence[str], matrix: Matrix, scores: Numbers) -> Reference:
    """Note how the columns of a matrix (listings × features, NaN for unknown) and the scores are spread.

    Bins are tenths of the listings, fewer where many have the same number. Numbers that are few, as with what is true
    or false, have a bin each; and where the lowest edge alone fills a tenth, what lies below it has one too.
    """
    columns = zip(names, matrix.T, strict=True)
    return Reference(tuple(_spread(name, column) for name, column in columns), _spread(SCORE, scores))


def count_into(reference: Reference, matrix: Matrix, scores: Numbers) -> Reference:
    """Count the features and scores of other listings into the same bins."""
    columns = zip(reference.features, matrix.T, strict=True)
    features = tuple(_counted(spread.name, spread.edges, column) for spread, column in columns)
    return Reference(features, _counted(SCORE, reference.score.edges, scores))


def together(one: Reference, other: Reference) -> Reference:
    """The counts of two samples in the same bins."""
    features = tuple(_added(*pair) for pair in zip(one.features, other.features, strict=True))
    return Reference(features, _added(one.score, other.score))


def drifts(reference: Reference, observed: Reference) -> tuple[Drift, ...]:
    """How far the scores have moved, and then each feature, the farthest first; both must count some listings."""
    pairs = zip(reference.features, observed.features, strict=True)
    moved = sorted((drift_of(*pair) for pair in pairs), key=lambda drift: -drift.psi)
    return (drift_of(reference.score, observed.score), *moved)


def drift_of(reference: Spread, observed: Spread) -> Drift:
    """How far a number has moved between two counts in the same bins, neither of them empty."""
    _check_bins(reference, observed)
    counts = np.array([reference.counts, observed.counts], dtype=np.float64)
    filled = np.maximum(counts[:, counts.any(axis=0)], _EMPTY)
    shares = filled / filled.sum(axis=1, keepdims=True)
    noise = 1 / reference.listings + 1 / observed.listings
    bins = filled.shape[1]
    by_chance = float(chdtri(bins - 1, BY_CHANCE)) * noise if bins > 1 else 0.0
    return Drift(reference.name, psi(shares[0], shares[1]), by_chance)


def psi(reference_shares: Numbers, observed_shares: Numbers) -> float:
    """The population stability index of two spreads over the same bins: `Σ (o - r) · ln(o / r)`; no share may be 0."""
    return float(np.sum((observed_shares - reference_shares) * np.log(observed_shares / reference_shares)))


def _spread(name: str, numbers: Numbers) -> Spread:
    return _counted(name, _edges(numbers[np.isfinite(numbers)]), numbers)


def _edges(known: Numbers) -> tuple[float, ...]:
    edges = np.unique(known)
    if len(edges) > BINS:
        edges = np.unique(np.quantile(known, np.arange(1, BINS) / BINS, method="lower"))
    if known.size and np.mean(known == edges[0]) >= 1 / BINS:  # else a shift to below it would stay in its bin
        edges = np.insert(edges, 0, np.nextafter(edges[0], -np.inf))
    return tuple(map(float, edges))


def _counted(name: str, edges: tuple[float, ...], numbers: Numbers) -> Spread:
    unknown = np.isnan(numbers)
    places = np.searchsorted(np.asarray(edges, dtype=np.float64), numbers[~unknown], side="left")
    counts = np.bincount(places, minlength=len(edges) + 1)
    return Spread(name, edges, (*map(int, counts), int(unknown.sum())))


def _added(one: Spread, other: Spread) -> Spread:
    _check_bins(one, other)
    return Spread(one.name, one.edges, tuple(map(sum, zip(one.counts, other.counts, strict=True))))


def _check_bins(one: Spread, other: Spread) -> None:
    if (one.name, one.edges) != (other.name, other.edges):
        raise ValueError(f"the spreads of {one.name} and {other.name} have different bins")
