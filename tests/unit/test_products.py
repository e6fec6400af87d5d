"""Which offers are of one product: what is read of them, how pairs compare, and what is joined."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.products.blocking import candidate_pairs
from zhengpin.detectors.products.catalogue import catalogue_of
from zhengpin.detectors.products.clusters import ScoredPair, clusters
from zhengpin.detectors.products.features import UNKNOWN, against_rivals, pair_features, table_of
from zhengpin.detectors.products.likeness import Likeness
from zhengpin.detectors.products.offer import Offer, read_offer
from zhengpin.detectors.products.thresholds import NEVER, best_f1_threshold, recall_at_precision, sure_threshold

ROUTER = Offer("Linksys WRT-54GL wireless router", "Linksys", "WRT54GL", price=60.0)
SAME_ROUTER = Offer("linksys wrt 54gl router", "Linksys", "", price=54.0)
OTHER_ROUTER = Offer("Linksys WRT-160N wireless router", "Linksys", "WRT160N", price=61.0)


def features(left: Offer, right: Offer) -> dict[str, float]:
    """The features of one pair among these two offers."""
    catalogue = catalogue_of([left, right])
    return Likeness(catalogue.texts[0], catalogue.texts[1], catalogue.weights).features()


def test_a_code_is_read_whole_and_in_parts_and_whole_numbers_lose_their_zeros() -> None:
    assert read_offer(Offer("Nero 7.0 XK-120")).title == ("nero", "7", "xk120", "xk", "120")


def test_chinese_text_is_read_two_characters_at_a_time() -> None:
    assert read_offer(Offer("墨盒黑色 X1")).title == ("墨盒", "盒黑", "黑色", "x1")


def test_the_same_code_agrees_however_it_is_written_and_another_one_does_not() -> None:
    same, other = features(ROUTER, SAME_ROUTER), features(ROUTER, OTHER_ROUTER)
    assert same["left model in right"] == 1
    assert other["left model in right"] == 0
    assert same["left contained"] > other["left contained"]
    assert same["codes left"] == same["codes right"] == 0
    assert other["codes left"] > 0 < other["codes right"]


def test_versions_years_colours_and_measures_agree_differ_or_are_not_known() -> None:
    first = Offer("Office 7.5 2006 black 500 ml")
    assert [features(first, Offer("Office 7.5 2006 preto 500ml"))[name] for name in VARIANTS] == [1, 1, 1, 1]
    assert [features(first, Offer("Office 8.5 2007 white 1 l"))[name] for name in VARIANTS] == [-1, -1, -1, -1]
    assert [features(first, Offer("Office"))[name] for name in VARIANTS] == [0, 0, 0, 0]
    assert all(np.isnan(features(Offer("Office"), Offer("Office"))[name]) for name in VARIANTS)


VARIANTS = ("versions", "years", "colours", "measures")


def test_a_price_is_compared_by_its_ratio_and_only_where_both_are_known() -> None:
    assert features(Offer("a", price=50.0), Offer("b", price=100.0))["price step"] == pytest.approx(-np.log(2))
    assert np.isnan(features(Offer("a", price=50.0), Offer("b"))["price distance"])


def test_a_pair_is_ranked_among_those_that_share_its_offer() -> None:
    rank, lead = against_rivals(np.array([0.2, 0.9, 0.5, 0.7]), np.array([4, 4, 4, 8]))
    assert rank.tolist() == [2, 0, 1, 0]
    assert lead == pytest.approx([-0.7, 0.4, -0.4, 0.0])


def test_a_table_has_no_gaps() -> None:
    table = table_of(pair_features(catalogue_of([Offer("a"), Offer("b")]), np.array([0]), np.array([1])))
    assert np.isfinite(table).all()
    assert UNKNOWN in table


def test_offers_that_share_a_rare_word_are_candidates_and_those_that_share_a_common_one_are_not() -> None:
    offers = [Offer("ink alpha"), Offer("ink beta"), Offer("alpha ink"), Offer("ink beta xl")]
    left, right = candidate_pairs(catalogue_of(offers), largest_block=3)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (1, 3)]


def test_without_anything_in_common_there_are_no_candidates() -> None:
    left, right = candidate_pairs(catalogue_of([Offer("alpha"), Offer("beta")]))
    assert left.size == right.size == 0


def test_the_best_threshold_parts_what_can_be_parted() -> None:
    assert best_f1_threshold(np.array([False, True, True]), np.array([0.1, 0.6, 0.9])) == 0.6


def test_a_threshold_is_sure_only_with_enough_pairs_above_it() -> None:
    probabilities = np.concatenate([np.full(100, 0.9), np.full(10, 0.5), np.full(10, 0.1)])
    labels = np.concatenate([np.full(100, fill_value=True), np.full(20, fill_value=False)])
    assert sure_threshold(labels, probabilities) == 0.9
    assert sure_threshold(labels[90:], probabilities[90:]) == NEVER


def test_recall_at_a_precision_is_the_best_that_keeps_it() -> None:
    labels = np.array([True, False, True, True])
    assert recall_at_precision(labels, np.array([0.9, 0.5, 0.8, 0.4])) == pytest.approx(2 / 3)


def test_a_chain_of_likely_pairs_makes_no_group() -> None:
    pairs = [(0, 1, 0.99), (1, 2, 0.98), (2, 3, 0.97)]
    assert clusters(4, pairs, 0.95, lambda _one, _other: False) == ((0, 1), (2, 3))
    assert clusters(3, [*pairs[:2], (0, 2, 0.96)], 0.95, lambda _one, _other: False) == ((0, 1, 2),)


def test_what_is_apart_is_never_joined_nor_what_is_unlikely() -> None:
    triangle = [(0, 1, 0.99), (0, 2, 0.99), (1, 2, 0.99)]
    assert clusters(3, triangle, 0.95, lambda one, other: {one, other} == {1, 2}) == ((0, 1),)
    assert clusters(2, [(0, 1, 0.94)], 0.95, lambda _one, _other: False) == ()


PLACES = st.integers(0, 7)
PAIRS = st.lists(st.tuples(PLACES, PLACES, st.floats(0, 1)).filter(lambda pair: pair[0] < pair[1]), max_size=28)


@given(PAIRS, st.randoms(use_true_random=False))
def test_in_a_group_all_pairs_are_likely_and_the_order_of_pairs_does_not_matter(
    pairs: list[ScoredPair], dice: Random
) -> None:
    scored = {pair[:2]: pair for pair in pairs}
    shuffled = list(scored.values())
    dice.shuffle(shuffled)
    found = clusters(8, scored.values(), 0.5, lambda one, other: one + other == 7)
    assert found == clusters(8, shuffled, 0.5, lambda one, other: one + other == 7)
    within = [(one, other) for group in found for one in group for other in group if one < other]
    assert all(scored[pair][2] >= 0.5 and sum(pair) != 7 for pair in within)
