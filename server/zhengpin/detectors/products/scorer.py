"""How likely two offers are of the same product: gradient boosting over their features, and the thresholds it needs.

Probabilities for the thresholds are cross-validated: each pair is scored by trees that never saw it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from zhengpin.detectors.products.catalogue import Column
from zhengpin.detectors.products.thresholds import Labels, best_f1_threshold, sure_threshold

Table: TypeAlias = npt.NDArray[np.float64]

FOLDS = 5


@dataclass(frozen=True, slots=True)
class PairScorer:
    """A trained scorer. Its probability is the mean over the trees of all folds."""

    folds: tuple[HistGradientBoostingClassifier, ...]
    best_f1: float
    """The threshold of the highest F1 among the training pairs."""
    sure: float
    """The threshold from which on a match is surely one (`sure_threshold`)."""

    def probabilities(self, table: Table) -> Column:
        """How likely each row's pair is of one product."""
        with _alone():
            return np.asarray(np.mean([_probabilities(fold, table) for fold in self.folds], axis=0), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Trained:
    """A scorer, and what it said of each training pair by the trees that hadn't seen it."""

    scorer: PairScorer
    unseen: Column


def train(table: Table, labels: Labels, seed: int) -> Trained:
    """Train on labelled pairs, of each kind `FOLDS` at least; the same pairs and seed give the same scorer."""
    unseen = np.empty(len(labels))
    folds = []
    with _alone():
        for learning, held_out in _folds(labels, seed):
            fold = _untrained(seed).fit(table[learning], labels[learning])
            unseen[held_out] = _probabilities(fold, table[held_out])
            folds.append(fold)
    scorer = PairScorer(tuple(folds), best_f1_threshold(labels, unseen), sure_threshold(labels, unseen))
    return Trained(scorer, unseen)


def _alone() -> threadpool_limits:
    """Keep to one thread: some thousand rows are too few to share, and threads would mostly wait for one another."""
    return threadpool_limits(limits=1, user_api="openmp")


def _folds(labels: Labels, seed: int) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    yield from StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(np.zeros(len(labels)), labels)


def _untrained(seed: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=15,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )


def _probabilities(fold: HistGradientBoostingClassifier, table: Table) -> Column:
    return np.asarray(fold.predict_proba(table)[:, 1], dtype=np.float64)
