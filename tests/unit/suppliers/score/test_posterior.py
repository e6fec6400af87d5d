"""What is known of a share, what is usual, and what both forecast."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from unit.suppliers.score.histories import COUNTS
from zhengpin.detectors.statistics import share_at_least
from zhengpin.domain.supplier_score import Prior
from zhengpin.suppliers.score.forecast import LATE, chance_above
from zhengpin.suppliers.score.grades import grade, grade_moments
from zhengpin.suppliers.score.posterior import Posterior, lower_bound, posterior, upper_bound
from zhengpin.suppliers.score.priors import STRENGTHS, fit_priors
from zhengpin.suppliers.score.standards import STANDARDS, UNFITTED
from zhengpin.suppliers.score.sums import Counts

DELIVERY = STANDARDS[2]
NOTHING: Counts = (0.0, 0.0)


def test_bounds_are_wilsons() -> None:
    assert lower_bound(95, 5) == pytest.approx(share_at_least(5, 100), abs=1e-5)
    assert upper_bound(95, 5) == pytest.approx(1 - (share_at_least(95, 100) or 0), abs=1e-5)
    assert (lower_bound(0, 0), upper_bound(0, 0)) == (0, 1)
    assert lower_bound(100, 0) == 0
    assert upper_bound(0, 100) == pytest.approx(1)


@given(COUNTS, COUNTS)
def test_both_bounds_are_each_others_mirror_image(good: float, bad: float) -> None:
    assert lower_bound(good, bad) == pytest.approx(1 - upper_bound(bad, good), abs=1e-9)


@given(COUNTS, COUNTS, st.floats(1, 100))
def test_bounds_close_in_on_a_share_as_it_is_seen_more_often(good: float, bad: float, times: float) -> None:
    assert upper_bound(good * times, bad * times) <= upper_bound(good, bad) + 1e-12
    assert lower_bound(good * times, bad * times) >= lower_bound(good, bad) - 1e-12


@pytest.mark.parametrize(("good", "bad"), [(20, 2), (98, 2), (50, 50), (3, 30), (990, 10)])
def test_nine_tenths_of_the_posterior_lie_within_its_bounds(good: float, bad: float) -> None:
    known = Posterior(good, bad)
    inside = beta.cdf(known.high, bad, good) - beta.cdf(known.low, bad, good)
    assert 0.84 <= inside <= 0.94


def test_the_prior_counts_as_events_do() -> None:
    known = posterior(Prior(0.1, 20), (30, 10))
    assert (known.good, known.bad) == (48, 12)
    assert known.bad_share == pytest.approx(0.2)


@pytest.mark.parametrize(("good", "bad"), [(10, 0.03), (20, 2), (98, 2), (50, 50), (990, 10)])
def test_the_expected_grade_is_that_of_drawn_shares(good: float, bad: float) -> None:
    drawn = np.random.default_rng(20_260_101).beta(bad, good, 100_000)
    for standard in STANDARDS:
        mean = np.mean([grade(standard, share) for share in drawn[:20_000]])
        assert grade_moments(standard, Posterior(good, bad))[0] == pytest.approx(mean, abs=0.01)


def test_priors_are_found_again_in_suppliers_that_were_drawn_from_them() -> None:
    chance = np.random.default_rng(20_260_101)
    share, strength = 0.08, 25.0
    rates = chance.beta(share * strength, (1 - share) * strength, 4000)
    orders = chance.integers(5, 200, 4000)
    bad = chance.binomial(orders, rates)
    suppliers = [_delivering(float(n - k), float(k)) for n, k in zip(orders, bad, strict=True)]
    fitted = fit_priors(suppliers)
    assert fitted[2].bad_share == pytest.approx(share, rel=0.05)
    assert fitted[2].strength == pytest.approx(strength, rel=0.15)


def test_suppliers_that_differ_by_luck_alone_are_pooled() -> None:
    chance = np.random.default_rng(20_260_102)
    bad = chance.binomial(50, 0.08, 500)
    fitted = fit_priors(_delivering(50.0 - k, float(k)) for k in bad)
    assert fitted[2].strength > 300


def test_alike_suppliers_get_the_strongest_prior_there_is() -> None:
    assert fit_priors([_delivering(90, 10)] * 20)[2] == Prior(0.1, STRENGTHS[1])


def test_of_few_suppliers_nothing_is_said() -> None:
    assert fit_priors([_delivering(90, 10)] * 9) == UNFITTED
    assert fit_priors([]) == UNFITTED


def test_a_component_without_evidence_keeps_what_was_expected() -> None:
    fitted = fit_priors([_delivering(90, 10)] * 20)
    assert fitted[:2] + fitted[3:] == UNFITTED[:2] + UNFITTED[3:]


def test_the_forecast_is_the_part_of_the_posterior_above_the_limit() -> None:
    prior, counts = Prior(0.05, 20), (80.0, 20.0)
    at_once = chance_above(LATE, DELIVERY, prior, counts, coming=timedelta(0))
    assert at_once == pytest.approx(beta.sf(LATE, 21, 99))
    half = chance_above(LATE, DELIVERY, prior, counts, coming=2 * DELIVERY.half_life)
    assert half == pytest.approx(beta.sf(LATE, 11, 59))


def test_the_farther_the_forecast_the_nearer_to_what_is_usual() -> None:
    prior = Prior(0.05, 20)
    days = (0, 90, 360, 3600)
    late = [chance_above(LATE, DELIVERY, prior, (70, 30), timedelta(days=each)) for each in days]
    assert late == sorted(late, reverse=True)
    assert late[-1] == pytest.approx(chance_above(LATE, DELIVERY, prior, NOTHING), abs=1e-3)


def _delivering(good: float, bad: float) -> tuple[Counts, ...]:
    return (NOTHING, NOTHING, (good, bad), *[NOTHING] * (len(STANDARDS) - 3))
