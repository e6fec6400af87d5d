"""Listings that nobody has looked at are mostly genuine, and some of them are fakes that nobody has found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.boosting import boost
from zhengpin.risk.features import Matrix

ASSUMED_FAKES = 0.02
"""The share of unlabelled listings that is taken for unfound fakes: of world trade 2.3 % are (OECD/EUIPO 2025)."""
_FOLDS = 3
_TREES = 200


def worth_learning(
    rows: Matrix, fakes: NDArray[np.bool_], unlabelled: NDArray[np.bool_], signals: Sequence[str], seed: int
) -> NDArray[np.bool_]:
    """Which rows to learn from: all but the unlabelled ones that look most like found fakes, (rows,).

    To learn them as genuine would teach the classifier that what fakes look like is harmless; what is left of the
    unlabelled counts as genuine (reliable negatives: Liu et al. 2002, here by classifiers that have not seen the row).
    """
    if not unlabelled.any():
        return np.ones(len(rows), dtype=bool)
    folds = np.random.default_rng(seed).integers(0, _FOLDS, len(rows))
    margins = np.empty(len(rows))
    for fold in range(_FOLDS):
        here = folds == fold
        judge = boost(rows[~here], fakes[~here], signals, seed=seed, trees=_TREES)
        margins[here] = judge.margins(rows[here])
    doubtful = margins > np.quantile(margins[unlabelled], 1 - ASSUMED_FAKES)
    return ~(unlabelled & doubtful)
