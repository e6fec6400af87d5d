"""The formula of the score, for any history."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unit.suppliers.score.histories import (
    COUNTS,
    DAYS,
    HISTORIES,
    NOW,
    PRIOR,
    PRIORS,
    TODAY,
    a_good_year,
    points_of_history,
)
from zhengpin.domain.supplier_score import Band, DailyEvidence, EvidenceSums, Measure, Prior, Priors
from zhengpin.suppliers.score.grades import grade, graded
from zhengpin.suppliers.score.points import band_of, failing, moved, points_from
from zhengpin.suppliers.score.posterior import posterior, upper_bound
from zhengpin.suppliers.score.standards import STANDARDS, UNFITTED, Standard
from zhengpin.suppliers.score.sums import NO_EVIDENCE, fade, sum_evidence

ANY_STANDARD = st.sampled_from(STANDARDS)
ALL = len(STANDARDS)


def moved_by(standard: Standard, prior: Prior, counts: tuple[float, float]) -> float:
    return moved(standard, counts, posterior(prior, counts))


def is_failing(sums: EvidenceSums, priors: Priors, now: datetime) -> bool:
    return bool(failing([moved_by(*each) for each in zip(STANDARDS, priors, fade(sums, now), strict=True)]))


@given(PRIORS)
def test_without_evidence_everybody_has_200_points(priors: Priors) -> None:
    assert points_of_history([], priors).points == 200


@given(HISTORIES, st.sampled_from(Measure), DAYS, PRIORS)
def test_one_more_good_event_never_lowers_the_points(
    history: list[DailyEvidence], measure: Measure, day: date, priors: Priors
) -> None:
    with_one_more = [*history, DailyEvidence(day, measure, good=1)]
    assert points_of_history(with_one_more, priors).points >= points_of_history(history, priors).points


@given(HISTORIES, st.sampled_from(Measure), DAYS, PRIORS)
def test_one_more_bad_event_never_raises_the_points(
    history: list[DailyEvidence], measure: Measure, day: date, priors: Priors
) -> None:
    with_one_more = [*history, DailyEvidence(day, measure, bad=1)]
    assert points_of_history(with_one_more, priors).points <= points_of_history(history, priors).points


@given(st.lists(st.floats(0.0005, 0.9995), min_size=ALL, max_size=ALL), PRIORS)
def test_with_growing_evidence_the_points_tend_to_the_weighted_grades(shares: list[float], priors: Priors) -> None:
    events = 1e13
    known = points_from([(events * (1 - bad), events * bad) for bad in shares], priors)
    grades = [1000 * grade(each, bad) for each, bad in zip(STANDARDS, shares, strict=True)]
    penalties = [min(0, each.weight * (graded - 200)) for each, graded in zip(STANDARDS, grades, strict=True)]
    wanted = sum(each.weight * graded for each, graded in zip(STANDARDS, grades, strict=True))
    assert known.points == pytest.approx(min(wanted, 399) if failing(penalties) else wanted, abs=1)
    assert known.high - known.low <= 2


def test_the_points_grow_with_the_evidence_of_one_and_the_same_good_record() -> None:
    points = [points_of_history(a_good_year(orders)).points for orders in (10, 100, 1000, 10_000)]
    assert points == sorted(set(points))
    assert points[-1] >= 700


def test_a_record_of_nothing_but_faults_ends_at_the_bottom() -> None:
    assert points_from([(0.0, 1e6)] * ALL, UNFITTED).points < 40


@given(HISTORIES, PRIORS)
def test_the_interval_holds_the_points(history: list[DailyEvidence], priors: Priors) -> None:
    known = points_of_history(history, priors)
    assert 0 <= known.low <= known.points <= known.high <= 1000


@given(st.lists(st.floats(0.0005, 0.9995), min_size=ALL, max_size=ALL), PRIORS, st.floats(1e4, 1e7))
def test_the_interval_narrows_once_evidence_outweighs_the_prior(
    shares: list[float], priors: Priors, events: float
) -> None:
    def width(count: float) -> int:
        known = points_from([(count * (1 - bad), count * bad) for bad in shares], priors)
        return known.high - known.low

    assert width(4 * events) <= width(events) + 1  # each end is rounded by itself
    assert width(1e3 * events) < max(width(events), 3)


@pytest.mark.parametrize("orders", [0, 10, 100, 1000, 10_000])
def test_nine_truths_of_ten_lie_in_the_interval(orders: int) -> None:
    chance = np.random.default_rng(20_260_101)
    components = fade(sum_evidence(a_good_year(orders), TODAY), NOW)
    known = points_from(components, UNFITTED)
    truth = np.zeros(4000)
    for standard, prior, counts in zip(STANDARDS, UNFITTED, components, strict=True):
        believed = posterior(prior, counts)
        bad = chance.beta(believed.bad, believed.good, 4000)
        truth += 1000 * standard.weight * np.array([grade(standard, share) for share in bad])
    assert np.mean(truth > known.high) <= 0.07
    assert np.mean(truth < known.low) <= 0.09
    assert known.high < 1000


@given(ANY_STANDARD, PRIOR, st.tuples(COUNTS, COUNTS), st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_time_alone_brings_each_component_towards_a_newcomer_and_never_past_it(
    standard: Standard, prior: Prior, counts: tuple[float, float], left: tuple[float, float]
) -> None:
    (good, bad), sooner, later = counts, max(left), min(left)
    before = moved_by(standard, prior, (good * sooner, bad * sooner))
    after = moved_by(standard, prior, (good * later, bad * later))
    assert before * after >= 0
    assert abs(after) <= abs(before) + 1e-9


@given(HISTORIES, PRIORS, st.integers(0, 2000))
def test_the_points_fade_without_jumps_but_where_a_bar_ends(
    history: list[DailyEvidence], priors: Priors, days: int
) -> None:
    sums = sum_evidence(history, TODAY)
    then = NOW + timedelta(days=days)
    before = points_from(fade(sums, then), priors)
    after = points_from(fade(sums, then + timedelta(hours=1)), priors)
    assume(is_failing(sums, priors, then) == is_failing(sums, priors, then + timedelta(hours=1)))
    assert abs(after.points - before.points) <= 1


@given(HISTORIES, PRIORS)
def test_who_is_silent_for_long_is_a_newcomer_again(history: list[DailyEvidence], priors: Priors) -> None:
    then = NOW + timedelta(days=365 * 60)
    assert points_from(fade(sum_evidence(history, TODAY), then), priors).points == 200


def test_a_good_record_fades_day_by_day() -> None:
    sums = sum_evidence(a_good_year(), TODAY)
    faded = [points_from(fade(sums, NOW + timedelta(days=days)), UNFITTED).points for days in range(0, 2000, 10)]
    assert faded == sorted(faded, reverse=True)
    assert faded[0] > 600
    assert faded[-1] < 250


@given(ANY_STANDARD, PRIOR, COUNTS, COUNTS)
def test_a_components_value_lies_in_its_interval(standard: Standard, prior: Prior, good: float, bad: float) -> None:
    value, low, high = graded(standard, posterior(prior, (good, bad)))
    assert 0 <= low <= value <= high <= 1


def test_the_good_name_of_a_category_earns_nobody_points() -> None:
    fine, poor = Prior(0.001, 500), Prior(0.3, 500)
    delivery = STANDARDS[2]
    assert moved_by(delivery, fine, (100, 0)) == moved_by(delivery, Prior(0.001, 1), (100, 0))
    assert moved_by(delivery, poor, (100, 0)) < moved_by(delivery, fine, (100, 0))


def test_the_bad_name_of_a_category_costs_nobody_points() -> None:
    delivery = STANDARDS[2]
    poor, fine = Prior(0.9, 500), Prior(0.01, 500)
    assert moved_by(delivery, poor, (700, 300)) == moved_by(delivery, Prior(0.9, 1), (700, 300)) < 0
    assert moved_by(delivery, fine, (700, 300)) > moved_by(delivery, poor, (700, 300))


def test_half_of_a_reward_is_earned_by_fifty_good_events_and_none_by_bad_ones() -> None:
    delivery, prior = STANDARDS[2], Prior(0.001, 1)
    whole = delivery.weight * (1000 * grade(delivery, upper_bound(50, 0.01)) - 200)
    assert moved_by(delivery, prior, (50, 0.01)) == pytest.approx(whole / 2)


def test_a_trace_of_bad_evidence_costs_no_more_than_a_trace() -> None:
    assert -1e-3 < moved_by(STANDARDS[2], Prior(0.9, 1000), (0, 1e-6)) <= 0


def test_who_just_keeps_a_standard_deserves_to_be_preferred() -> None:
    kept = [((1 - each.tolerated) * 1e13, each.tolerated * 1e13) for each in STANDARDS]
    assert points_from(kept, UNFITTED).points == 700


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (1000, Band.PREFERRED),
        (700, Band.PREFERRED),
        (699, Band.GOOD),
        (400, Band.GOOD),
        (399, Band.NORMAL),
        (200, Band.NORMAL),
        (199, Band.AT_RISK),
        (100, Band.AT_RISK),
        (99, Band.STOP),
        (0, Band.STOP),
    ],
)
def test_bands_have_sharp_edges(points: int, band: Band) -> None:
    assert band_of(points) is band


def test_nothing_known_is_nothing_moved_by() -> None:
    assert all(moved_by(each, prior, (0.0, 0.0)) == 0 for each, prior in zip(STANDARDS, UNFITTED, strict=True))
    assert fade(NO_EVIDENCE, NOW) == ((0.0, 0.0),) * ALL
