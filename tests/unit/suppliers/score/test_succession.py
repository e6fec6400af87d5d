"""Who inherits which part of a good record."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from zhengpin.suppliers.score.succession import circles_in, shares_of

STEPS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12, unique=True)


def _shares(steps: list[tuple[str, str]]) -> dict[str, dict[str, float]]:
    predecessors, successors = defaultdict(list), defaultdict(list)
    for before, after in steps:
        predecessors[after].append(before)
        successors[before].append(after)
    circles = circles_in(predecessors)
    return {each: shares_of(each, predecessors, successors, circles) for each in "abcdef"}


@given(STEPS)
def test_however_companies_go_on_in_one_another_no_good_record_is_more_than_one(steps: list[tuple[str, str]]) -> None:
    shares = _shares(steps)
    for owner in "abcdef":
        assert sum(each.get(owner, 0.0) for each in shares.values()) <= 1 + 1e-9


def test_in_a_row_the_last_one_has_the_record() -> None:
    shares = _shares([("a", "b"), ("b", "c"), ("c", "d")])
    assert shares["d"] == {"a": 1, "b": 1, "c": 1, "d": 1}
    assert set(shares["c"].values()) == {0}
    assert shares["a"] == {"a": 0}


def test_in_a_circle_each_has_its_own_record_and_answers_for_all() -> None:
    shares = _shares([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    assert shares["a"] == {"a": 1, "b": 0, "c": 0}
    assert shares["d"] == {"a": 0, "b": 0, "c": 0, "d": 1}
