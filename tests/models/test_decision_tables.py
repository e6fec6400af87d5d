"""Trees as tables: as scikit-learn answers, and explained as exact Shapley values."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from zhengpin.risk.boosting import boost, tables_of
from zhengpin.risk.decision_tables import DecisionTables

LISTINGS, FEATURES = 600, 6
NAMES = tuple(f"signal.{place}" for place in range(FEATURES))


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    """Numbers, a boolean, and unknown values."""
    chance = np.random.default_rng(5)
    found = chance.normal(size=(LISTINGS, FEATURES))
    found[:, 1] = found[:, 1] > 0
    found[chance.random(found.shape) < 0.15] = np.nan
    return found


@pytest.fixture(scope="module")
def fakes(rows: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.nan_to_num(rows[:, 0] * rows[:, 2]) + np.nan_to_num(rows[:, 1]) > 0.8
    return found


@pytest.fixture(scope="module")
def forest(rows: np.ndarray, fakes: np.ndarray) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_depth=3, max_leaf_nodes=8, max_iter=20, min_samples_leaf=5, early_stopping=False, random_state=0
    ).fit(rows, fakes)


@pytest.fixture(scope="module")
def tables(forest: HistGradientBoostingClassifier) -> DecisionTables:
    return tables_of(forest, np.arange(FEATURES), FEATURES)


def test_margins_are_those_of_scikit_learn(
    forest: HistGradientBoostingClassifier, tables: DecisionTables, rows: np.ndarray
) -> None:
    assert np.abs(tables.margins(rows) - forest.decision_function(rows)).max() < 1e-12


def test_a_row_alone_and_among_others_has_the_same_margin(tables: DecisionTables, rows: np.ndarray) -> None:
    alone = [tables.margins(row[None])[0] for row in rows[:50]]
    assert np.abs(tables.margins(rows)[:50] - alone).max() < 1e-12


def test_contributions_add_up_to_the_margin(tables: DecisionTables, rows: np.ndarray) -> None:
    added = tables.contributions(rows[:100]).sum(axis=1) + tables.expected
    assert np.abs(added - tables.margins(rows[:100])).max() < 1e-12


def test_contributions_are_the_mean_gain_over_all_orders_of_ablation(tables: DecisionTables, rows: np.ndarray) -> None:
    orders = list(permutations(range(FEATURES)))
    for row in rows[:3]:
        worth = {
            known: _expected(tables, row, set(known))
            for size in range(FEATURES + 1)
            for known in map(frozenset, combinations(range(FEATURES), size))
        }
        gains = np.zeros(FEATURES)
        for order in orders:
            for place, feature in enumerate(order):
                before = frozenset(order[:place])
                gains[feature] += (worth[before | {feature}] - worth[before]) / len(orders)
        assert tables.contributions(row[None])[0] == pytest.approx(gains, abs=1e-9)


def test_contributions_are_those_of_shap(
    forest: HistGradientBoostingClassifier, tables: DecisionTables, rows: np.ndarray
) -> None:
    shap = pytest.importorskip("shap")
    assert np.abs(tables.contributions(rows[:20]) - shap.TreeExplainer(forest).shap_values(rows[:20])).max() < 1e-9


def test_what_never_varies_is_left_aside(rows: np.ndarray, fakes: np.ndarray) -> None:
    idle = np.column_stack([np.full(LISTINGS, np.nan), rows, np.full(LISTINGS, 3.0)])
    tables = boost(idle, fakes, ("idle", *NAMES, "still"), seed=1, trees=20)
    assert tables.width == FEATURES + 2
    assert np.flatnonzero(tables.contributions(idle[:1])[0]).min() >= 1
    assert tables.contributions(idle[:1])[0, -1] == 0


def test_a_higher_price_never_raises_the_margin(rows: np.ndarray, fakes: np.ndarray) -> None:
    names = ("price.vs_market", *NAMES[1:])
    tables = boost(rows, fakes, names, seed=1, trees=20)
    dear = rows.copy()
    dear[:, 0] = rows[:, 0] + 1.5
    known = ~np.isnan(rows[:, 0])
    assert (tables.margins(dear)[known] <= tables.margins(rows)[known] + 1e-12).all()
    assert (tables.margins(dear)[known] < tables.margins(rows)[known]).any()


def _expected(tables: DecisionTables, row: np.ndarray, known: set[int]) -> float:
    """The margin expected of a row of which some features are known: walked tree by tree, question by question."""
    return tables.base + sum(_walk(tables, tree, 0, row, known) for tree in range(len(tables.leaves)))


def _walk(tables: DecisionTables, tree: int, question: int, row: np.ndarray, known: set[int]) -> float:
    if question >= tables.features.shape[1]:
        return float(tables.leaves[tree, question - tables.features.shape[1]])
    feature = tables.features[tree, question]
    left, right = (_walk(tables, tree, 2 * question + side, row, known) for side in (1, 2))
    if feature not in known:
        share = tables.weights[tree, question]
        return float(share * left + (1 - share) * right)
    value = row[feature]
    goes_left = tables.unknown_left[tree, question] if np.isnan(value) else value <= tables.thresholds[tree, question]
    return left if goes_left else right
