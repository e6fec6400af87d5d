"""Votes added up one by one and all at once, in circles that count the square root of their size."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_columns import circle_columns, tally_columns
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_tally import CircleTally, CurrentVote, VoteTally
from zhengpin.reputation.tallies import Evidence, RunningTallies, counted_weight, evidence_of
from zhengpin.reputation.weights import grown_columns, weight

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TARGETS = [Target(TargetKind.PRODUCT, key) for key in ("kettle", "lamp", "mug")]
UNPROVEN = 0.3
CIRCLES = ["aunts", "choir", "school", "gym"]


def a_vote(
    weight: float = 1.0,
    *,
    recommends: bool = True,
    circle: str = CIRCLES[0],
    target: Target = TARGETS[0],
    days_ago: float = 0.0,
    why_not: WhyNotCounted | None = None,
) -> CurrentVote:
    cast_at = NOW - timedelta(days=days_ago)
    return CurrentVote(target, "voter", "vote", recommends, cast_at, circle, UNPROVEN, trust=weight, why_not=why_not)


VOTES = st.builds(
    a_vote,
    st.one_of(st.just(0.0), st.floats(1e-3, 1.0)),
    recommends=st.booleans(),
    circle=st.sampled_from(CIRCLES),
    target=st.sampled_from(TARGETS),
    days_ago=st.floats(0, 1000),
    why_not=st.sampled_from([None, None, None, WhyNotCounted.BURST]),
)
HISTORIES = st.lists(VOTES, max_size=30)


def summed(*votes: CurrentVote) -> RunningTallies:
    sums = RunningTallies()
    for vote in votes:
        sums.put_in(vote)
    return sums


def worth(sums: RunningTallies, target: Target = TARGETS[0]) -> Evidence:
    return evidence_of(sums.tallies.get(target, VoteTally()), NOW)


def all_at_once(votes: list[CurrentVote]) -> tuple[dict[tuple[Target, str], CircleTally], list[Evidence]]:
    counted = [vote for vote in votes if vote.why_not is None]
    weights = np.array([weight(vote.strength, vote.trust, vote.at_most) for vote in counted], np.float64)
    at = np.array([vote.cast_at.timestamp() for vote in counted], np.float64)
    circles = circle_columns(
        np.array([TARGETS.index(vote.target) for vote in counted], int),
        np.array([CIRCLES.index(vote.circle) for vote in counted], int),
        np.array([vote.recommends for vote in counted], bool),
        grown_columns(weights, at),
    )
    tallies = tally_columns(circles, len(TARGETS))
    columns = circles.recommends, circles.warns, circles.recommend_squares, circles.warn_squares
    rows = (CircleTally(*row) for row in zip(*(column.tolist() for column in columns), strict=True))
    keys = zip(circles.target.tolist(), circles.circle.tolist(), strict=True)
    named = {(TARGETS[target], CIRCLES[circle]): row for (target, circle), row in zip(keys, rows, strict=True)}
    return named, [tallies.at(target, NOW) for target in range(len(TARGETS))]


def assert_same(one: Evidence, other: Evidence) -> None:
    assert one.circles == other.circles
    assert one.recommend == pytest.approx(other.recommend, rel=1e-9, abs=1e-6)
    assert one.warn == pytest.approx(other.warn, rel=1e-9, abs=1e-6)


@given(votes=HISTORIES)
def test_votes_add_up_to_the_same_one_by_one_and_all_at_once(votes: list[CurrentVote]) -> None:
    sums = summed(*votes)
    circles, evidence = all_at_once(votes)

    assert sums.circles.keys() == circles.keys()
    for seat, circle in circles.items():
        assert (sums.circles[seat].recommends, sums.circles[seat].warns) == (circle.recommends, circle.warns)
        assert sums.circles[seat].recommend_squares == pytest.approx(circle.recommend_squares)
        assert sums.circles[seat].warn_squares == pytest.approx(circle.warn_squares)
    for target, at_once in zip(TARGETS, evidence, strict=True):
        assert_same(worth(sums, target), at_once)


@given(votes=HISTORIES, taken=st.lists(VOTES, max_size=10), seed=st.integers(0, 99))
def test_a_vote_taken_out_again_leaves_nothing_behind(
    votes: list[CurrentVote], taken: list[CurrentVote], seed: int
) -> None:
    sums, never = summed(*_shuffled([*votes, *taken], seed)), summed(*votes)

    for vote in taken:
        sums.take_out(vote)

    for target in TARGETS:
        assert_same(worth(sums, target), worth(never, target))
        assert _counts(sums, target) == _counts(never, target)
        assert _trusted(sums, target) == pytest.approx(_trusted(never, target), abs=1e-9)


@given(votes=HISTORIES, seed=st.integers(0, 99))
def test_the_last_vote_taken_out_leaves_nothing_at_all(votes: list[CurrentVote], seed: int) -> None:
    sums = summed(*votes)

    for vote in _shuffled(votes, seed):
        sums.take_out(vote)

    assert set(sums.tallies.values()) <= {VoteTally()}
    assert set(sums.circles.values()) <= {CircleTally()}


@given(votes=HISTORIES, seed=st.integers(0, 99))
def test_the_order_of_votes_does_not_matter(votes: list[CurrentVote], seed: int) -> None:
    sums, shuffled = summed(*votes), summed(*_shuffled(votes, seed))

    for target in TARGETS:
        assert_same(worth(sums, target), worth(shuffled, target))


def _shuffled(votes: list[CurrentVote], seed: int) -> list[CurrentVote]:
    return Random(seed).sample(votes, len(votes))  # noqa: S311 no secret


def _counts(sums: RunningTallies, target: Target) -> VoteTally:
    return replace(sums.tallies.get(target, VoteTally()), recommend=0.0, warn=0.0, backing=0.0, praise=0.0)


def _trusted(sums: RunningTallies, target: Target) -> tuple[float, float]:
    tally = sums.tallies.get(target, VoteTally())
    return tally.backing, tally.praise


def test_a_target_keeps_how_far_those_are_trusted_whose_votes_count() -> None:
    votes = [a_vote(0.5), a_vote(0.25, recommends=False), a_vote(0.9, why_not=WhyNotCounted.BURST)]

    assert _trusted(summed(*votes), TARGETS[0]) == (0.3125, 0.1875)


@given(votes=HISTORIES)
def test_every_vote_is_told_and_those_left_out_are_not_counted(votes: list[CurrentVote]) -> None:
    sums = summed(*votes)

    for target in TARGETS:
        on_it = [vote for vote in votes if vote.target == target]
        counted = [vote.recommends for vote in on_it if vote.why_not is None]
        tally = sums.tallies.get(target, VoteTally())
        assert tally.recommend_votes + tally.warn_votes == len(on_it)
        assert (tally.counted_recommend_votes, tally.counted_warn_votes) == (counted.count(True), counted.count(False))


@given(votes=HISTORIES)
def test_acquaintances_never_count_more_than_the_square_root_of_their_number(votes: list[CurrentVote]) -> None:
    sums = summed(*votes)

    for target in TARGETS:
        sizes = [circle.recommends + circle.warns for seat, circle in sums.circles.items() if seat[0] == target]
        assert worth(sums, target).effective_votes <= sum(map(sqrt, sizes)) + 1e-9


@pytest.mark.parametrize("friends", [1, 4, 25])
def test_equal_votes_of_a_circle_count_their_weight_times_the_square_root_of_their_number(friends: int) -> None:
    assert worth(summed(*[a_vote(0.4)] * friends)).recommend == pytest.approx(0.4 * sqrt(friends))


def test_strangers_count_in_full() -> None:
    votes = [a_vote(0.5, circle=circle, recommends=circle != "gym") for circle in CIRCLES]

    assert_same(worth(summed(*votes)), Evidence(recommend=1.5, warn=0.5, circles=4))


def test_acquaintances_without_trust_do_not_silence_one_who_has_it() -> None:
    crowd = [a_vote(0.01)] * 100

    assert worth(summed(a_vote(1.0, recommends=False), *crowd)).warn > 0.99


@given(votes=HISTORIES, more=VOTES)
def test_one_more_vote_never_counts_against_what_it_says(votes: list[CurrentVote], more: CurrentVote) -> None:
    before, after = worth(summed(*votes), more.target), worth(summed(*votes, more), more.target)

    for_it, against = after.recommend - before.recommend, after.warn - before.warn
    if not more.recommends:
        for_it, against = against, for_it
    assert for_it >= -1e-9
    assert against <= 1e-9


@given(votes=HISTORIES)
def test_what_each_vote_counts_adds_up_to_what_its_target_has(votes: list[CurrentVote]) -> None:
    sums = summed(*votes)

    counted = [counted_weight(vote, sums.circles.get((vote.target, vote.circle), CircleTally()), NOW) for vote in votes]

    assert all(0 <= weight <= vote.trust + 1e-9 for weight, vote in zip(counted, votes, strict=True))
    assert sum(counted) == pytest.approx(sum(worth(sums, target).effective_votes for target in TARGETS))


def test_a_voter_of_no_weight_is_no_circle() -> None:
    assert worth(summed(a_vote(0.0))) == Evidence()
    assert all_at_once([a_vote(0.0)])[1][0] == Evidence()
