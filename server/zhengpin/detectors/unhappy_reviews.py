"""Whether the buyer who wrote a review is unhappy, learned from reviews that a marketplace has ratings for.

Reviews that speak of genuine and fake goods are few, and words mean something else in them ("not" is praise in "not a
fake"). All other reviews are many. So there are two regressions over pieces of one to three characters, which need no
knowledge of where words begin: one of all reviews, whose log-odds the other, of the few, takes in beside its pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.validation import check_is_fitted

__all__ = ["UnhappyReviews", "of_all_reviews"]

_ROUNDS = 1000


def of_all_reviews(strength: float = 3.0) -> Pipeline:
    """Give an unfitted regression over pieces of texts, with `fit(texts, unhappy)` as scikit-learn has it."""
    return make_pipeline(_pieces(), _regression(strength))


class UnhappyReviews(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Tells unhappy buyers (1) from happy ones (0) by their reviews of one subject, in scikit-learn's terms.

    It is an option for a marketplace that rates its reviews; whether goods are *called* fake is `claim_of`'s to tell.
    """

    def __init__(self, background: Any = None, *, strength: float = 3.0, background_weight: float = 0.5) -> None:
        """Take log-odds from `background`, fitted elsewhere and left as it is, at so many standard deviations.

        `strength` is the inverse of the penalty on weights (C of scikit-learn). Give a `FrozenEstimator` as background
        where the estimator is cloned, as cross-validation does.
        """
        self.background = background
        self.strength = strength
        self.background_weight = background_weight

    def fit(self, texts: Sequence[str], unhappy: Sequence[int]) -> Self:
        """Learn from texts and, for each, whether its writer was unhappy (1) or not (0)."""
        self.pieces_ = _pieces().fit(texts)
        self.spread_ = float(np.std(self._odds_elsewhere(texts))) or 1.0
        self.regression_ = _regression(self.strength).fit(self._features(texts), unhappy)
        self.classes_ = self.regression_.classes_
        return self

    def decision_function(self, texts: Sequence[str]) -> Any:
        """Give each text's log-odds of an unhappy writer."""
        check_is_fitted(self)
        return self.regression_.decision_function(self._features(texts))

    def predict_proba(self, texts: Sequence[str]) -> Any:
        """Give each text's probabilities of a happy and of an unhappy writer (texts × 2)."""
        check_is_fitted(self)
        return self.regression_.predict_proba(self._features(texts))

    def predict(self, texts: Sequence[str]) -> Any:
        """Give 1 for each text whose writer is rather unhappy, else 0."""
        check_is_fitted(self)
        return self.regression_.predict(self._features(texts))

    def _features(self, texts: Sequence[str]) -> Any:
        odds = self.background_weight * self._odds_elsewhere(texts) / self.spread_
        return hstack([self.pieces_.transform(texts), csr_matrix(odds[:, None])]).tocsr()

    def _odds_elsewhere(self, texts: Sequence[str]) -> Any:
        return np.zeros(len(texts)) if self.background is None else self.background.decision_function(texts)


def _pieces() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, solver="liblinear", max_iter=_ROUNDS)
