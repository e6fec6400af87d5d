"""The compiled loops beside plain numpy, and what they say of what lies beyond an array."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from zhengpin.risk.isolation import Forest
from zhengpin.risk.marginals import places_of
from zhengpin.risk.questions import Questions
from zhengpin.risk.surprisals import Surprisals

COLUMNS = 5


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    """Whole numbers, so that many are knots, with gaps and infinite ones."""
    chance = np.random.default_rng(11)
    found = chance.integers(-9, 9, (300, COLUMNS)).astype(float)
    found[:, 0] = chance.normal(size=len(found))
    return found


def test_a_value_is_looked_up_at_its_place_among_the_knots(rows: np.ndarray) -> None:
    parts = np.arange(len(rows)) % 3
    learned = Surprisals.of(rows, parts, prior=10)
    asked = np.where(np.random.default_rng(12).random(rows.shape) < 0.2, [[np.nan], [np.inf], [-np.inf]] * 100, rows)
    expected = np.zeros((2, len(rows)))
    for column, knots in enumerate(learned.knots):
        finite = knots[np.isfinite(knots)]
        places = np.where(np.isnan(asked[:, column]), -1, places_of(asked[:, column], finite))
        expected += learned.tables[parts, :, column, places].T
    np.testing.assert_allclose(learned.of_rows(asked, parts), expected, rtol=1e-12)


def test_a_row_comes_to_the_leaf_that_its_cuts_lead_to(rows: np.ndarray) -> None:
    forest = Forest.grown(rows, trees=7, sample=64, random_state=3)
    lengths = np.zeros((len(rows), len(forest.roots)))
    for place, row in enumerate(rows):
        for tree, node in enumerate(forest.roots):
            while forest.left[node] != node:
                node = forest.left[node] + int(row[forest.feature[node]] > forest.threshold[node])  # noqa: PLW2901
            lengths[place, tree] = forest.length[node]
    np.testing.assert_allclose(forest.isolation(rows), 2.0 ** -lengths.mean(axis=1), rtol=1e-12)


def test_a_forest_that_leads_out_of_itself_is_an_error(rows: np.ndarray) -> None:
    forest = Forest.grown(rows, trees=2, sample=64, random_state=3)
    with pytest.raises(IndexError):
        replace(forest, left=forest.left + len(forest.left)).isolation(rows)


@pytest.mark.parametrize("column", [COLUMNS, -1])
def test_a_question_about_a_column_that_a_row_has_not_is_an_error(rows: np.ndarray, column: int) -> None:
    asked = Questions(np.full((1, 7), column), np.zeros((1, 7)), np.zeros((1, 7), dtype=bool))
    with pytest.raises(IndexError, match=f"{column}.* of {COLUMNS}"):
        asked.patterns(rows)
