"""A listing's signals as a row of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from zhengpin.errors import InvalidModel
from zhengpin.risk.boosting import FALLING, RISING
from zhengpin.risk.features import DECIDED_BY_RULES, WITHHELD, FeatureReader, feature_names, signal_of
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.signal import SignalType, SignalValues

NAMES = ("price.vs_market", "brand.authorised", "supplier.kind=agent", "text.replica_terms=高仿")


def test_numbers_booleans_choices_and_sets_become_numbers() -> None:
    some: SignalValues = {
        "price.vs_market": 0.8,
        "brand.authorised": True,
        "supplier.kind": "agent",
        "text.replica_terms": ("原单", "高仿"),
    }
    assert FeatureReader(NAMES).matrix([some]).tolist() == [[0.8, 1.0, 1.0, 1.0]]


def test_another_choice_is_none_of_this_one() -> None:
    others: SignalValues = {"supplier.kind": "factory", "text.replica_terms": (), "brand.authorised": False}
    assert FeatureReader(NAMES).matrix([others])[:, 1:].tolist() == [[0.0, 0.0, 0.0]]


def test_what_is_not_known_is_no_number() -> None:
    assert np.isnan(FeatureReader(NAMES).matrix([{}])).all()


def test_no_listing_makes_an_empty_matrix() -> None:
    assert FeatureReader(NAMES).matrix([]).shape == (0, len(NAMES))


def test_a_model_never_sees_what_people_decided_nor_amounts_of_money() -> None:
    seen = {signal_of(name) for name in feature_names()}
    assert not seen & WITHHELD
    assert {CATALOGUE[name].unit for name in seen}.isdisjoint({"currency"})
    assert "price.vs_market" in seen


def test_every_feature_is_read_from_a_signal_that_gives_it() -> None:
    for name in feature_names():
        signal, _, choice = name.partition("=")
        assert (choice in CATALOGUE[signal].choices) if choice else signal in CATALOGUE


def test_what_is_held_back_or_held_to_a_direction_is_in_the_catalogue() -> None:
    assert set(CATALOGUE) >= WITHHELD | DECIDED_BY_RULES | RISING | FALLING
    assert not RISING & FALLING
    ordered = {CATALOGUE[name].type for name in RISING | FALLING}
    assert ordered <= {SignalType.NUMBER, SignalType.INTEGER}


def test_a_feature_that_no_signal_gives_is_refused_by_name() -> None:
    with pytest.raises(InvalidModel, match=r"price\.vs_yesterday"):
        FeatureReader(("price.vs_market", "price.vs_yesterday"))


def test_other_features_have_another_digest() -> None:
    digests = {FeatureReader(names).digest for names in (NAMES, NAMES[:2], (*NAMES[:3], "text.replica_terms=原单"))}
    assert len(digests) == 3
