from __future__ import annotations

import numpy as np
from sklearn.frozen import FrozenEstimator
from sklearn.model_selection import cross_val_predict

from zhengpin.detectors.unhappy_reviews import UnhappyReviews, of_all_reviews

GOODS = ("衣服", "平板", "水果", "酒店")
HAPPY = [f"很{word}，{goods}不错，满意" for word in ("好", "快", "漂亮", "实惠") for goods in GOODS]
SAD = [f"太{word}了，{goods}很差，失望" for word in ("烂", "慢", "难看", "贵") for goods in GOODS]
ON_FAKES = [f"正品，{text}" for text in HAPPY[:8]] + [f"假货，{text}" for text in SAD[:8]]
UNHAPPY = [0] * 8 + [1] * 8


def test_unhappy_buyers_are_told_from_happy_ones_by_words_of_the_same_reviews() -> None:
    told = UnhappyReviews().fit(ON_FAKES, UNHAPPY).predict(["正品，很满意", "假货，太失望"])
    assert told.tolist() == [0, 1]


def test_words_known_from_other_reviews_alone_count_too() -> None:
    background = of_all_reviews().fit(HAPPY + SAD, [0] * len(HAPPY) + [1] * len(SAD))
    few = [ON_FAKES[0], ON_FAKES[-1]]
    unseen = ["酒店实惠", "难看，衣服贵"]
    alone, helped = (
        UnhappyReviews(elsewhere, background_weight=1.0).fit(few, [0, 1]).decision_function(unseen)
        for elsewhere in (None, background)
    )
    assert helped[1] - helped[0] > alone[1] - alone[0]


def test_probabilities_are_of_both_classes_and_follow_the_decision() -> None:
    classifier = UnhappyReviews().fit(ON_FAKES, UNHAPPY)
    probabilities = classifier.predict_proba(ON_FAKES)
    assert np.allclose(probabilities.sum(axis=1), 1)
    assert ((probabilities[:, 1] > 0.5) == classifier.predict(ON_FAKES)).all()


def test_a_frozen_background_outlives_the_clones_of_a_cross_validation() -> None:
    background = FrozenEstimator(of_all_reviews().fit(HAPPY + SAD, [0] * len(HAPPY) + [1] * len(SAD)))
    told = cross_val_predict(UnhappyReviews(background), np.array(ON_FAKES), np.array(UNHAPPY), cv=4)
    assert told.tolist() == UNHAPPY
