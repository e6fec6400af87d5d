"""Votes added up one by one and all at once, in circles that count the square root of their size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.reputation.tallies import CircleSums, Evidence, Tally, circle_columns, tally_columns
from zhengpin.reputation.weights import grown, grown_columns

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CIRCLES, TARGETS = 4, 3


@dataclass(frozen=True)
class Cast:
    target: int
    circle: int
    recommends: bool
    weight: float
    days_ago: float = 0.0

    @property
    def cast_at(self) -> datetime:
        return NOW - timedelta(days=self.days_ago)


CASTS = st.builds(
    Cast,
    target=st.integers(0, TARGETS - 1),
    circle=st.integers(0, CIRCLES - 1),
    recommends=st.booleans(),
    weight=st.one_of(st.just(0.0), st.floats(1e-3, 1.0)),
    days_ago=st.floats(0, 1000),
)
HISTORIES = st.lists(CASTS, max_size=30)


class Rows:
    """The rows that a store keeps, changed vote by vote."""

    def __init__(self, *casts: Cast) -> None:
        self.circles: dict[tuple[int, int], CircleSums] = defaultdict(CircleSums)
        self.tallies: dict[int, Tally] = defaultdict(Tally)
        for cast in casts:
            self.add(cast)

    def add(self, cast: Cast) -> None:
        before = self.circles[cast.target, cast.circle]
        self._put(cast, before, before.plus(grown(cast.weight, cast.cast_at), recommends=cast.recommends))

    def take_out(self, cast: Cast) -> None:
        before = self.circles[cast.target, cast.circle]
        self._put(cast, before, before.minus(grown(cast.weight, cast.cast_at), recommends=cast.recommends))

    def at(self, target: int = 0) -> Evidence:
        return self.tallies[target].at(NOW)

    def _put(self, cast: Cast, before: CircleSums, after: CircleSums) -> None:
        self.circles[cast.target, cast.circle] = after
        self.tallies[cast.target] = self.tallies[cast.target].moved(before, after)


def all_at_once(casts: list[Cast]) -> tuple[dict[tuple[int, int], CircleSums], list[Evidence]]:
    weight = np.array([cast.weight for cast in casts], float)
    at = np.array([cast.cast_at.timestamp() for cast in casts], float)
    circles = circle_columns(
        np.array([cast.target for cast in casts], int),
        np.array([cast.circle for cast in casts], int),
        np.array([cast.recommends for cast in casts], bool),
        grown_columns(weight, at),
    )
    tallies = tally_columns(circles, TARGETS)
    columns = circles.recommends, circles.warns, circles.recommend_squares, circles.warn_squares
    rows = (CircleSums(*row) for row in zip(*(column.tolist() for column in columns), strict=True))
    keys = zip(circles.target.tolist(), circles.circle.tolist(), strict=True)
    return dict(zip(keys, rows, strict=True)), [tallies.of(target).at(NOW) for target in range(TARGETS)]


def assert_same(one: Evidence, other: Evidence) -> None:
    assert one.circles == other.circles
    assert one.recommend == pytest.approx(other.recommend, rel=1e-9, abs=1e-6)
    assert one.warn == pytest.approx(other.warn, rel=1e-9, abs=1e-6)


@given(casts=HISTORIES)
def test_votes_add_up_to_the_same_one_by_one_and_all_at_once(casts: list[Cast]) -> None:
    rows = Rows(*casts)
    circles, evidence = all_at_once(casts)

    assert {key: sums for key, sums in rows.circles.items() if sums.speaks}.keys() == circles.keys()
    for key, sums in circles.items():
        assert (rows.circles[key].recommends, rows.circles[key].warns) == (sums.recommends, sums.warns)
        assert rows.circles[key].recommending == pytest.approx(sums.recommending)
        assert rows.circles[key].warning == pytest.approx(sums.warning)
    for target in range(TARGETS):
        assert_same(rows.at(target), evidence[target])


@given(casts=HISTORIES, taken=st.lists(CASTS, max_size=10), seed=st.integers(0, 99))
def test_a_vote_taken_out_again_leaves_nothing_behind(casts: list[Cast], taken: list[Cast], seed: int) -> None:
    rows = Rows(*_shuffled([*casts, *taken], seed))

    for cast in taken:
        rows.take_out(cast)

    for target in range(TARGETS):
        assert_same(rows.at(target), Rows(*casts).at(target))


@given(casts=HISTORIES, seed=st.integers(0, 99))
def test_the_order_of_votes_does_not_matter(casts: list[Cast], seed: int) -> None:
    for target in range(TARGETS):
        assert_same(Rows(*casts).at(target), Rows(*_shuffled(casts, seed)).at(target))


def _shuffled(casts: list[Cast], seed: int) -> list[Cast]:
    return Random(seed).sample(casts, len(casts))  # noqa: S311 no secret


@given(casts=st.lists(CASTS, max_size=30))
def test_acquaintances_never_count_more_than_the_square_root_of_their_number(casts: list[Cast]) -> None:
    rows = Rows(*casts)

    for target in range(TARGETS):
        sizes = [sums.recommends + sums.warns for key, sums in rows.circles.items() if key[0] == target]
        assert rows.at(target).effective_votes <= sum(map(sqrt, sizes)) + 1e-9


@pytest.mark.parametrize("friends", [1, 4, 25])
def test_equal_votes_of_a_circle_count_their_weight_times_the_square_root_of_their_number(friends: int) -> None:
    rows = Rows(*[Cast(0, 1, recommends=True, weight=0.4)] * friends)

    assert rows.at().recommend == pytest.approx(0.4 * sqrt(friends))


def test_strangers_count_in_full() -> None:
    rows = Rows(*[Cast(0, circle, recommends=circle != 2, weight=0.5) for circle in range(4)])

    assert_same(rows.at(), Evidence(recommend=1.5, warn=0.5, circles=4))


def test_acquaintances_without_trust_do_not_silence_one_who_has_it() -> None:
    trusted = Cast(0, 0, recommends=False, weight=1.0)
    crowd = [Cast(0, 0, recommends=True, weight=0.01)] * 100

    assert Rows(trusted, *crowd).at().warn > 0.99


@given(casts=HISTORIES, more=CASTS)
def test_one_more_vote_never_counts_against_what_it_says(casts: list[Cast], more: Cast) -> None:
    before, after = Rows(*casts).at(more.target), Rows(*casts, more).at(more.target)

    gained, lost = after.recommend - before.recommend, after.warn - before.warn
    if not more.recommends:
        gained, lost = lost, gained
    assert gained >= -1e-9
    assert lost <= 1e-9


@given(casts=st.lists(CASTS, min_size=1, max_size=30))
def test_what_each_vote_of_a_circle_counts_adds_up_to_what_the_circle_counts(casts: list[Cast]) -> None:
    rows = Rows(*casts)

    counted = sum(
        2 ** (-cast.days_ago / 180)
        * rows.circles[cast.target, cast.circle].counted(cast.weight, grown(cast.weight, cast.cast_at))
        for cast in casts
    )

    assert counted == pytest.approx(sum(rows.at(target).effective_votes for target in range(TARGETS)))


def test_a_voter_of_no_weight_is_no_circle() -> None:
    assert Rows(Cast(0, 0, recommends=True, weight=0.0)).at() == Evidence()
    assert all_at_once([Cast(0, 0, recommends=True, weight=0.0)])[1][0] == Evidence()
