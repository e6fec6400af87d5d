"""How well probabilities tell fakes, measured on listings whose truth is known or assumed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

BINS = 10
REVIEWED = 0.05
"""The share of listings that people have time to look at."""

SURE = 2.0
"""Standard errors beyond which a difference is not chance."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Listings of similar probability: what was expected of them, and what they were."""

    low: float
    high: float
    listings: float
    expected: float
    """Mean probability."""
    observed: float
    """Share of fakes."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a model is worth on one set of listings."""

    listings: int
    fakes: int
    average_precision: float
    brier: float
    """Mean squared error of the probability (Brier 1950)."""
    brier_skill: float
    """1 − Brier over that of always saying the base rate; 0 is worth nothing, below it worse."""
    recall_at_review: float
    """Share of the fakes among the most suspicious 5 % of listings."""
    calibration: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a model is worth on examples that it has not seen."""

    classifier: Metrics
    together: Metrics
    """Rules and classifier together."""
    rules_precision: float
    """Average precision of the rules alone, by how much evidence they raise."""


def measure(
    probabilities: NDArray[np.float64], fakes: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> Metrics:
    """Measure probabilities, (listings,), against the truth; there must be a fake and a genuine listing among them.

    `weights` count listings more or less than once. Ties in the review queue are broken by the order of the listings.
    """
    counted = np.ones(len(fakes)) if weights is None else weights
    base_rate = float(np.average(fakes, weights=counted))
    brier = float(np.average((probabilities - fakes) ** 2, weights=counted))
    return Metrics(
        listings=len(fakes),
        fakes=int(fakes.sum()),
        average_precision=float(average_precision_score(fakes, probabilities, sample_weight=counted)),
        brier=brier,
        brier_skill=1 - brier / (base_rate * (1 - base_rate)),
        recall_at_review=recall_at(REVIEWED, probabilities, fakes, counted),
        calibration=tuple(_bins(probabilities, fakes, counted)),
    )


def is_farther_off(
    probabilities: NDArray[np.float64],
    others: NDArray[np.float64],
    fakes: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> bool:
    """Whether probabilities have a higher Brier score than others of the same listings, by more than chance explains.

    Chance is the standard error of the mean difference over pairs; all arrays are (listings,).
    """
    gaps = (probabilities - fakes) ** 2 - (others - fakes) ** 2
    gap = np.average(gaps, weights=weights)
    error = np.sqrt(np.sum((weights * (gaps - gap)) ** 2)) / weights.sum()
    return bool(gap > SURE * error)


def recall_at(
    share: float, suspicion: NDArray[np.float64], fakes: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> float:
    """The share of the fakes that are among the most suspicious `share` of the listings."""
    counted = np.ones(len(fakes)) if weights is None else weights
    first = np.argsort(-suspicion, kind="stable")
    looked_at = first[np.cumsum(counted[first]) <= share * counted.sum()]
    return float((fakes * counted)[looked_at].sum() / (fakes * counted).sum())


def _bins(probabilities: NDArray[np.float64], fakes: NDArray[np.bool_], weights: NDArray[np.float64]) -> list[Bin]:
    """Bins with equally many listings each, but for ties."""
    edges = np.unique(np.quantile(probabilities, np.linspace(0, 1, BINS + 1)))
    place = np.clip(np.searchsorted(edges, probabilities, side="right") - 1, 0, max(len(edges) - 2, 0))
    found = []
    for each in np.unique(place):
        here = place == each
        found.append(
            Bin(
                low=float(edges[each]),
                high=float(edges[min(each + 1, len(edges) - 1)]),
                listings=float(weights[here].sum()),
                expected=float(np.average(probabilities[here], weights=weights[here])),
                observed=float(np.average(fakes[here], weights=weights[here])),
            )
        )
    return found
