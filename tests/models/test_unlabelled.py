"""What nobody has looked at is not all genuine."""

from __future__ import annotations

import numpy as np

from zhengpin.risk.unlabelled import ASSUMED_FAKES, worth_learning

LISTINGS = 2_000
CHANCE = np.random.default_rng(8)
FAKES = CHANCE.random(LISTINGS) < 0.06
ROWS = CHANCE.normal(0, 1, (LISTINGS, 3)) + 3.0 * FAKES[:, None]
FOUND = FAKES & (CHANCE.random(LISTINGS) < 0.6)
GENUINE = ~FAKES & (CHANCE.random(LISTINGS) < 0.05)
UNLABELLED = ~FOUND & ~GENUINE
NAMES = ("a", "b", "c")


def test_unfound_fakes_are_set_aside() -> None:
    aside = ~worth_learning(ROWS, FOUND, UNLABELLED, NAMES, seed=1)
    assert aside.sum() == np.ceil(UNLABELLED.sum() * ASSUMED_FAKES)
    assert FAKES[aside].mean() > 0.8


def test_what_people_found_is_always_learned() -> None:
    kept = worth_learning(ROWS, FOUND, UNLABELLED, NAMES, seed=1)
    assert kept[FOUND | GENUINE].all()


def test_where_everything_is_labelled_everything_is_learned() -> None:
    assert worth_learning(ROWS, FOUND, np.zeros(LISTINGS, dtype=bool), NAMES, seed=1).all()
