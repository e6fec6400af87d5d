"""From margins to probabilities, and what they are worth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from zhengpin.risk.calibration import ENOUGH_FOR_ISOTONIC, calibrate
from zhengpin.risk.metrics import measure, recall_at

CHANCE = np.random.default_rng(3)


def _listings(count: int, slope: float, start: float) -> tuple[np.ndarray, np.ndarray]:
    """Margins, and fakes drawn with the probability that the line says."""
    margins = CHANCE.normal(-1, 2, count)
    return margins, CHANCE.random(count) < expit(slope * margins + start)


@pytest.mark.parametrize("count", [400, 40_000], ids=["few fakes: a sigmoid", "many fakes: steps"])
def test_probabilities_mean_what_they_say(count: int) -> None:
    margins, fakes = _listings(count, 0.6, -1.5)
    assert (fakes.sum() >= ENOUGH_FOR_ISOTONIC) == (count > 400)
    calibration = calibrate(margins, fakes)
    for margin in (-3.0, -1.0, 1.0, 3.0):
        assert calibration(np.array([margin]))[0] == pytest.approx(expit(0.6 * margin - 1.5), abs=0.09)


@pytest.mark.parametrize("count", [400, 40_000])
def test_a_higher_margin_never_has_a_lower_probability(count: int) -> None:
    calibration = calibrate(*_listings(count, 0.6, -1.5))
    probabilities = calibration(np.linspace(-20, 20, 2001))
    assert (np.diff(probabilities) >= 0).all()
    assert 0 < probabilities[0] < probabilities[-1] < 1


def test_a_margin_that_misleads_gives_no_falling_curve() -> None:
    margins, fakes = _listings(400, 0.6, -1.5)
    assert (np.diff(calibrate(-margins, fakes)(np.linspace(-5, 5, 50))) >= 0).all()


def test_a_sure_and_right_model_has_full_marks() -> None:
    fakes = np.array([True] * 10 + [False] * 190)
    metrics = measure(fakes.astype(float), fakes)
    assert (metrics.average_precision, metrics.brier, metrics.brier_skill, metrics.recall_at_review) == (1, 0, 1, 1)


def test_to_say_the_base_rate_is_worth_nothing() -> None:
    fakes = np.array([True] * 20 + [False] * 180)
    metrics = measure(np.full(200, 0.1), fakes)
    assert metrics.brier_skill == pytest.approx(0)
    assert metrics.average_precision == pytest.approx(0.1)


def test_recall_counts_the_fakes_among_the_first() -> None:
    fakes = np.array([True, False, True, False] + [False] * 36)
    suspicion = np.linspace(1, 0, 40)
    assert recall_at(0.05, suspicion, fakes) == 0.5
    assert recall_at(0.1, suspicion, fakes) == 1


def test_bins_hold_every_listing_once() -> None:
    margins, fakes = _listings(3000, 1, -2)
    bins = measure(expit(margins - 2), fakes).calibration
    assert sum(each.listings for each in bins) == 3000
    assert all(each.low <= each.expected <= each.high for each in bins)
