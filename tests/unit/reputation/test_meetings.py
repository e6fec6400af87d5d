"""Who meets whom, against a plain count of all pairs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhengpin.reputation.meetings import CROWDED, Meetings, groups, meetings

VOTES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 3), st.floats(0, 100)), max_size=30, unique_by=lambda each: each[:2]
)
"""Voter, side and time: a voter votes once for a side."""
APART = 1_000


@given(VOTES, st.floats(0.1, 20), st.integers(1, 4))
def test_pairs_are_those_of_a_plain_count(votes: list[tuple[int, int, float]], span: float, least: int) -> None:
    marked = sorted((side * APART + moment, voter) for voter, side, moment in votes)
    voter = np.array([each for _, each in marked], dtype=np.int64)
    met = meetings(voter, np.array([mark for mark, _ in marked]), span, least)
    expected = Counter(
        (min(one, other), max(one, other))
        for (began, one), (ended, other) in combinations(marked, 2)
        if one != other and began + span >= ended
    )
    found = dict(zip(zip(met.one.tolist(), met.other.tolist(), strict=True), met.times.tolist(), strict=True))
    assert found == {pair: times for pair, times in expected.items() if times >= least}


def test_a_crowd_links_nobody() -> None:
    crowd = CROWDED + 2
    voter = np.tile(np.arange(crowd), 3)
    mark = np.concatenate([np.linspace(start, start + 1, crowd) for start in (0, 1000, 2000)])
    assert len(meetings(voter[: 3 * crowd], mark, 5.0, 3)) < crowd * CROWDED / 2


def test_groups_are_linked_directly_or_through_others() -> None:
    met = Meetings(np.array([1, 2, 7]), np.array([2, 3, 9]), np.array([3, 3, 3]))
    assert [each.tolist() for each in groups(met, least=3)] == [[1, 2, 3]]
    assert [each.tolist() for each in groups(met, least=2)] == [[1, 2, 3], [7, 9]]


def test_nobody_who_met_nobody_is_in_a_group() -> None:
    none = np.empty(0, np.int64)
    assert groups(Meetings(none, none, none), least=1) == []
