"""The anomaly detector: what it finds, what it bears, and that it scores one row as it scores many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.utils.estimator_checks import check_estimator

from zhengpin.risk.anomaly import AnomalyDetector
from zhengpin.risk.model_file import state_from_bytes, state_to_bytes

Rows = np.ndarray[Any, Any]


def some_rows(many: int = 400, columns: int = 6, seed: int = 0) -> Rows:
    return np.random.default_rng(seed).normal(size=(many, columns))


def an_odd_crowd(seed: int = 0) -> tuple[Rows, Rows]:
    """Ordinary rows of prices, codes, flags, gaps and a constant; and odd ones: dear, of a rare code, or flagged."""
    random = np.random.default_rng(seed)
    rows = np.column_stack(
        [
            random.lognormal(0, 1, 500),
            random.choice([1, 2, 9], 500, p=[0.6, 0.39, 0.01]),
            np.zeros(500),
            np.full(500, 7.0),
        ]
    )
    rows[random.random(500) < 0.3, 0] = np.nan
    odd = np.array([[400.0, 1, 0, 7], [1.0, 9, 1, 7], [np.nan, 9, 0, 7], [0.001, 1, 1, 7], [1.0, 1, 0, 8]])
    return rows, odd


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_it_keeps_the_contract_of_scikit_learn() -> None:
    check_estimator(AnomalyDetector(trees=10, random_state=0))


def test_odd_rows_score_lower_than_nearly_all_others() -> None:
    rows, odd = an_odd_crowd()
    detector = AnomalyDetector(random_state=1).fit(rows)
    assert detector.score_samples(odd).max() < np.quantile(detector.score_samples(rows), 0.03)


def test_one_row_scores_as_it_does_among_many() -> None:
    rows, odd = an_odd_crowd()
    detector = AnomalyDetector(random_state=1).fit(rows)
    together = detector.score_samples(np.vstack([rows, odd]))
    alone = [detector.score_one(row) for row in np.vstack([rows, odd])]
    np.testing.assert_allclose(alone, together, rtol=0, atol=1e-9)


def test_the_same_seed_gives_the_same_scores() -> None:
    rows = some_rows()
    first, second = (AnomalyDetector(random_state=5).fit(rows).score_samples(rows) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_its_state_is_plain_and_scores_as_it_did() -> None:
    rows = some_rows()
    names = ["a"] * 200 + ["b"] * 200
    detector = AnomalyDetector(random_state=5).fit(rows, categories=names)
    again = AnomalyDetector.from_state(state_from_bytes(state_to_bytes(detector.to_state()), "model.skops"))
    np.testing.assert_array_equal(
        again.score_samples(rows, categories=names), detector.score_samples(rows, categories=names)
    )
    np.testing.assert_array_equal(again.predict(rows), detector.predict(rows))


def test_what_is_missing_makes_no_row_odder() -> None:
    rows = some_rows()
    detector = AnomalyDetector(random_state=1).fit(rows)
    assert detector.score_one(np.full(6, np.nan)) > np.median(detector.score_samples(rows))


def test_rows_of_nothing_but_gaps_can_be_learned() -> None:
    detector = AnomalyDetector(random_state=1).fit(np.full((20, 3), np.nan))
    assert np.isfinite(detector.score_samples(np.array([[np.nan, 1.0, -1e300]]))).all()


def test_constant_rows_leave_only_what_is_new_odd() -> None:
    detector = AnomalyDetector(random_state=1).fit(np.full((50, 4), 3.0))
    same, new = detector.score_samples(np.array([[3.0] * 4, [3.0, 3.0, 3.0, 4.0]]))
    assert new < same


def test_a_price_is_judged_within_its_category() -> None:
    random = np.random.default_rng(3)
    prices = np.concatenate([random.normal(10, 1, 400), random.normal(1000, 50, 400)])[:, None]
    names = ["pencil"] * 400 + ["watch"] * 400
    detector = AnomalyDetector(random_state=1).fit(prices, categories=names)
    dear_pencil, watch = detector.score_samples(np.full((2, 1), 1000.0), categories=["pencil", "watch"])
    assert dear_pencil < detector.offset_ < watch
    assert detector.score_one(np.array([1000.0]), "pencil") == pytest.approx(dear_pencil, abs=1e-9)


def test_a_category_of_few_rows_is_judged_as_all_rows_are() -> None:
    rows = some_rows(200)
    detector = AnomalyDetector(random_state=1).fit(rows, categories=["many"] * 120 + ["few"] * 80)
    assert (
        detector.score_one(rows[0], "few") == detector.score_one(rows[0], "never seen") == detector.score_one(rows[0])
    )


def test_categories_that_are_not_one_a_row_are_refused() -> None:
    with pytest.raises(ValueError, match="categories: 2 for 400 rows: give one for each row"):
        AnomalyDetector().fit(some_rows(), categories=["a", "b"])


@pytest.mark.parametrize("kind", ["far", "between", "heavy"])
def test_it_finds_outliers_of_several_kinds(kind: str) -> None:
    random = np.random.default_rng(7)
    halves = np.where(random.random((600, 8)) < 0.5, -4.0, 4.0)
    rows = {
        "far": random.normal(size=(600, 8)),
        "between": halves + 0.5 * random.normal(size=(600, 8)),
        "heavy": random.standard_cauchy((600, 8)),
    }[kind]
    odd = {
        "far": random.normal(size=(30, 8)) * 3,
        "between": halves[:30] * (random.random((30, 8)) < 0.6) + 0.5 * random.normal(size=(30, 8)),
        "heavy": random.standard_cauchy((30, 8)) * 8,
    }[kind]
    together, is_odd = np.vstack([rows, odd]), [0] * 600 + [1] * 30
    detector = AnomalyDetector(random_state=1).fit(together)
    assert roc_auc_score(is_odd, -detector.score_samples(together)) > 0.85
