import numpy as np
import pytest

from ballots import votes_of
from zhengpin.reputation.vote_columns import VoteColumns


@pytest.mark.parametrize(
    ("ballot", "told"),
    [
        ((-1, 0, 1.0, 0.0), "voter of vote 1 is -1: it must be a number from 0 below 2"),
        ((0, 3, 1.0, 0.0), "target of vote 1 is 3: it must be a number from 0 below 2"),
        ((0, 0, 1.5, 0.0), "opinion of vote 1 is 1.5: it must be from -1 to 1"),
        ((0, 0, float("nan"), 0.0), "opinion of vote 1 is nan: it must be from -1 to 1"),
        ((0, 0, 1.0, float("inf")), "at of vote 1 is inf: it must be a number of seconds"),
    ],
)
def test_a_vote_that_nobody_can_have_cast_is_named(ballot: tuple[int, int, float, float], told: str) -> None:
    voter, target, opinion, at = ballot
    with pytest.raises(ValueError, match="^" + told + "$"):
        VoteColumns(
            np.array([1, voter], dtype=np.int32),
            np.array([1, target], dtype=np.int32),
            np.array([1.0, opinion]),
            np.array([0.0, at]),
            voters=2,
            targets=2,
        )


def test_columns_of_different_lengths_are_refused() -> None:
    one, two = np.zeros(1, dtype=np.int32), np.zeros(2, dtype=np.int32)
    with pytest.raises(ValueError, match=r"different lengths: \[1, 2\]"):
        VoteColumns(one, two, np.zeros(2), np.zeros(2), voters=1, targets=1)


def test_votes_in_order_are_by_voter_and_then_by_time() -> None:
    ordered = votes_of((1, 0, 1.0, 2.0), (0, 1, -1.0, 5.0), (1, 2, -1.0, 1.0)).in_order()
    assert ordered.voter.tolist() == [0, 1, 1]
    assert ordered.target.tolist() == [1, 2, 0]
    assert ordered.opinion.tolist() == [-1.0, -1.0, 1.0]


def test_values_are_summed_for_voters_and_targets_who_have_none_too() -> None:
    votes = votes_of((1, 0, 1.0, 0.0), (1, 2, 1.0, 0.0), voters=3, targets=4)
    assert votes.by_voter(np.array([2.0, 3.0])).tolist() == [0, 5, 0]
    assert votes.by_target(np.array([2.0, 3.0])).tolist() == [2, 0, 3, 0]
