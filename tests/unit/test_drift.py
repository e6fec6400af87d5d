import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.domain.model_check import ALARMING_PSI, Drift
from zhengpin.risk.drift import LOOK, Reference, Spread, count_into, drift_of, drifts, psi, reference_of, together

NAMES = ("price", "gated", "age")


def a_matrix(seed: int, listings: int, *, moved: float = 0.0) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Prices, a rare truth, and an age that is known of every second listing."""
    chance = np.random.default_rng(seed)
    matrix = np.column_stack(
        [
            chance.lognormal(moved, 1, listings),
            (chance.random(listings) < 0.03).astype(float),
            chance.exponential(30, listings),
        ]
    )
    matrix[::2, 2] = np.nan
    return matrix


def test_the_index_is_the_one_of_the_formula() -> None:
    shares, moved = np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.3, 0.3])
    by_hand = -0.1 * math.log(0.8) + 0.1 * math.log(1.5)
    assert psi(shares, moved) == pytest.approx(by_hand)
    assert psi(moved, shares) == pytest.approx(by_hand)
    assert psi(shares, shares) == 0


def test_another_sample_of_the_same_listings_has_not_moved() -> None:
    reference = reference_of(NAMES, a_matrix(1, 5000), np.linspace(0, 1, 5000))
    observed = count_into(reference, a_matrix(2, 5000), np.linspace(0, 1, 5000))
    score, *features = drifts(reference, observed)
    assert score == Drift("score", 0.0, score.by_chance)
    assert all(each.psi < LOOK for each in features)


def test_what_moved_is_named_first_and_alarms() -> None:
    reference = reference_of(NAMES, a_matrix(1, 5000), np.linspace(0, 1, 5000))
    observed = count_into(reference, a_matrix(2, 1000, moved=1.0), np.linspace(0, 1, 1000))
    _, first, *others = drifts(reference, observed)
    assert first.feature == "price"
    assert first.psi > ALARMING_PSI
    assert first.is_alarming
    assert not any(each.is_alarming for each in others)


def test_scores_that_moved_alarm_though_no_signal_did() -> None:
    reference = reference_of(NAMES, a_matrix(1, 5000), np.linspace(0, 1, 5000))
    score, *features = drifts(reference, count_into(reference, a_matrix(2, 1000), np.linspace(0.5, 1, 1000)))
    assert (score.feature, score.is_alarming) == ("score", True)
    assert not any(each.is_alarming for each in features)


def test_a_signal_that_is_no_longer_known_has_moved() -> None:
    reference = reference_of(NAMES, a_matrix(1, 2000), np.zeros(2000))
    unknown = a_matrix(2, 1000)
    unknown[:, 0] = np.nan
    observed = count_into(reference, unknown, np.zeros(1000))
    assert observed.features[0].counts[-1] == 1000
    assert drift_of(reference.features[0], observed.features[0]).is_alarming


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([0.0] * 50 + [1.0] * 950, [0.0] * 500 + [1.0] * 500),
        ([0.0] * 50 + [1.0] * 950, [0.0] * 1000),
        ([0.0] * 950 + [1.0] * 50, [0.0] * 500 + [1.0] * 500),
        ([1.0] * 1000, [0.0] * 1000),
        ([0.0] * 1000, [1.0] * 1000),
        ([0.0] * 30 + [1.0] * 30 + [2.0] * 940, [0.0] * 500 + [2.0] * 500),
        ([*np.linspace(0, 0.9, 80), *[1.0] * 920], [0.1] * 1000),
    ],
    ids=["less often true", "never true", "oftener true", "no longer", "now", "the rarest of three", "off the ceiling"],
)
def test_a_number_that_most_listings_share_hides_no_shift(before: list[float], after: list[float]) -> None:
    reference = reference_of(("x",), np.array(before)[:, None], np.zeros(1000))
    _, moved = drifts(reference, count_into(reference, np.array(after)[:, None], np.zeros(1000)))
    assert moved.psi > ALARMING_PSI
    assert moved.is_alarming


def test_a_handful_of_listings_sounds_no_alarm_however_far_they_lie() -> None:
    reference = reference_of(NAMES, a_matrix(1, 5000), np.zeros(5000))
    few = drift_of(reference.features[0], count_into(reference, a_matrix(2, 3), np.zeros(3)).features[0])
    assert few.psi > ALARMING_PSI
    assert not few.is_alarming


def test_chance_alone_seldom_sounds_an_alarm() -> None:
    reference = reference_of(NAMES, a_matrix(1, 5000), np.zeros(5000))
    looks = (drifts(reference, count_into(reference, a_matrix(seed + 10, 40), np.zeros(40))) for seed in range(300))
    found = [drift for look in looks for drift in look]
    assert sum(each.psi >= ALARMING_PSI for each in found) > 100
    assert sum(each.is_alarming for each in found) <= 3


@given(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), min_size=1, max_size=60))
def test_every_listing_is_counted_once_and_moves_nothing_against_itself(numbers: list[float]) -> None:
    column = np.array(numbers)
    whole = reference_of(("x",), column[:, None], column)
    (spread,) = whole.features
    assert spread.listings == len(numbers)
    assert spread.counts[-1] == sum(map(math.isnan, numbers))
    assert drift_of(spread, spread).psi == 0
    halves = [count_into(whole, half[:, None], half) for half in (column[::2], column[1::2])]
    assert together(*halves) == whole


def test_counts_of_other_bins_are_refused() -> None:
    one, other = (Spread("x", edges, (1, 2, 3, 0)) for edges in ((1.0, 2.0), (1.0, 3.0)))
    with pytest.raises(ValueError, match="different bins"):
        drift_of(one, other)
    with pytest.raises(ValueError, match="different bins"):
        together(Reference((one,), one), Reference((other,), one))
    with pytest.raises(ValueError, match="needs 4 counts"):
        Spread("x", (1.0, 2.0), (1, 2, 3))
    with pytest.raises(ValueError, match="must ascend"):
        Spread("x", (2.0, 1.0), (1, 2, 3, 0))
