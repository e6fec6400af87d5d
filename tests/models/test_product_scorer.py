"""A scorer of pairs learns what tells products apart, and the same each time."""

import numpy as np

from zhengpin.detectors.products.scorer import FOLDS, train


def training_pairs(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs whose first feature tells most of the truth."""
    dice = np.random.default_rng(seed)
    labels = np.arange(count) % 3 == 0
    return np.column_stack([labels + dice.normal(0, 0.3, count), dice.normal(size=count)]), labels


def test_a_scorer_learns_and_the_same_pairs_and_seed_give_the_same_one() -> None:
    table, labels = training_pairs(240, seed=1)
    first, second = (train(table, labels, seed=7) for _ in range(2))
    fresh, truth = training_pairs(240, seed=2)
    assert first.scorer.probabilities(fresh).tolist() == second.scorer.probabilities(fresh).tolist()
    assert ((first.scorer.probabilities(fresh) >= first.scorer.best_f1) == truth).mean() > 0.85
    assert len(first.scorer.folds) == FOLDS


def test_what_thresholds_are_chosen_by_was_not_learned_by_heart() -> None:
    table = np.random.default_rng(3).normal(size=(240, 2))
    labels = np.random.default_rng(4).random(240) < 0.5
    trained = train(table, labels, seed=7)
    assert ((trained.unseen >= 0.5) == labels).mean() < 0.65
    assert ((trained.scorer.probabilities(table) >= 0.5) == labels).mean() > 0.8
