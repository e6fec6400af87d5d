"""How good a share of bad events is, measured by a component's standard."""

from __future__ import annotations

from math import exp, log, log1p
from typing import Final

from zhengpin.suppliers.score.posterior import Posterior
from zhengpin.suppliers.score.standards import Standard

JUST_KEPT: Final = 0.7
"""The grade of who just keeps the standard: the border of the preferred."""


def grade(standard: Standard, bad_share: float) -> float:
    """From 1 without a fault by 0.7 where the tolerated share is just kept towards 0."""
    return float(JUST_KEPT ** (bad_share / standard.tolerated))


def grade_moments(standard: Standard, known: Posterior) -> tuple[float, float]:
    """The expected grade, and the expected square of it.

    A grade is e^(-λx) of the bad share x. The Beta distribution is taken for the Gamma distribution with its mean and
    variance, of which that has a closed form: (1 + λ / rate)^(-shape).
    """
    rate = (known.good + known.bad + 1) / (1 - known.bad_share)
    shape, steepness = known.bad_share * rate, -log(JUST_KEPT) / standard.tolerated
    return exp(-shape * log1p(steepness / rate)), exp(-shape * log1p(2 * steepness / rate))


def graded(standard: Standard, known: Posterior) -> tuple[float, float, float]:
    """The expected grade, and the 90 % interval's bounds: low and high."""
    low, high = grade(standard, known.high), grade(standard, known.low)
    return min(max(grade_moments(standard, known)[0], low), high), low, high
