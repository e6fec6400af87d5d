"""From a margin to a probability that means what it says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

ENOUGH_FOR_ISOTONIC = 200
"""Fewer fakes than this make steps out of chance: then a sigmoid, which has two parameters."""
_KNOTS = 257
_BEYOND = 6.0
"""How far, in log-odds, a sigmoid is tabled beyond the margins that it was fitted on."""


@dataclass(frozen=True)
class Calibration:
    """A rising curve by its knots; between them it is straight, beyond them level."""

    margins: NDArray[np.float64]
    probabilities: NDArray[np.float64]

    def __call__(self, margins: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities by margin, (rows,)."""
        return np.interp(margins, self.margins, self.probabilities)


def calibrate(
    margins: NDArray[np.float64], fakes: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> Calibration:
    """Learn the curve from margins, (rows,), that the model was not trained on, a fake and a genuine one among them.

    Isotonic (Zadrozny and Elkan 2002) where there are enough fakes, else a sigmoid (Platt 1999).
    """
    counted = np.ones(len(fakes)) if weights is None else weights
    if fakes.sum() >= ENOUGH_FOR_ISOTONIC:
        return _isotonic(margins, fakes, counted)
    return _sigmoid(margins, fakes, counted)


def _sigmoid(margins: NDArray[np.float64], fakes: NDArray[np.bool_], weights: NDArray[np.float64]) -> Calibration:
    model = LogisticRegression(C=1e3).fit(margins[:, None], fakes, sample_weight=weights)
    knots = np.linspace(margins.min() - _BEYOND, margins.max() + _BEYOND, _KNOTS)
    slope, start = max(float(model.coef_.item()), 0.0), float(model.intercept_.item())
    return Calibration(knots, expit(slope * knots + start))


def _isotonic(margins: NDArray[np.float64], fakes: NDArray[np.bool_], weights: NDArray[np.float64]) -> Calibration:
    """Centred: each step of the isotonic curve becomes one knot at its middle, so that higher margins stay higher.

    No step says 0 or 1: half a fake and half a genuine listing are added to each (Jeffreys' prior).
    """
    steps = IsotonicRegression().fit_transform(margins, fakes, sample_weight=weights)
    values, place = np.unique(steps, return_inverse=True)
    mass = np.bincount(place, weights=weights)
    middles = np.bincount(place, weights=weights * margins) / mass
    shares = (values * mass + 0.5) / (mass + 1)
    return Calibration(middles, np.maximum.accumulate(shares))
