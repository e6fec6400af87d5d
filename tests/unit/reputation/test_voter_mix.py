"""What sort of voters each target's votes come from."""

from __future__ import annotations

import numpy as np
import pytest

from zhengpin.reputation.trust import solve_trust
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_mix import mix_columns

DAY = 86_400.0


def columns(*votes: tuple[int, int, float]) -> VoteColumns:
    """Votes of (voter, target, opinion), a day apart."""
    voter, target, opinion = zip(*votes, strict=True)
    return VoteColumns(
        np.array(voter, np.int32),
        np.array(target, np.int32),
        np.array(opinion, np.float64),
        np.arange(len(votes), dtype=np.float64) * DAY,
        voters=max(voter) + 1,
        targets=max(target) + 2,  # nobody votes on the last
    )


CONTRARY = 8
"""The voter who says of each of a dozen targets what nobody else says."""
CROWD = [(voter, target, 1.0 if target % 2 else -1.0) for voter in range(CONTRARY) for target in range(12)]
AGAINST = [(CONTRARY, target, -1.0 if target % 2 else 1.0) for target in range(12)]


def test_a_voter_who_contradicts_everybody_again_and_again_is_distrusted() -> None:
    votes = columns(*CROWD, *AGAINST)
    mixes = mix_columns(votes, solve_trust(votes), np.zeros(len(votes), bool))
    assert mixes.distrusted[:12] == pytest.approx(1 / 9)
    assert np.all((mixes.disagreement[:12] >= 0) & (mixes.disagreement[:12] <= 1))


def test_whoever_agrees_with_others_is_not() -> None:
    votes = columns(*CROWD)
    assert mix_columns(votes, solve_trust(votes), np.zeros(len(votes), bool)).distrusted[:12] == pytest.approx(0)


def test_related_votes_are_a_share_of_their_target() -> None:
    votes = columns((0, 0, 1.0), (1, 0, 1.0), (2, 0, 1.0), (3, 0, -1.0), (0, 1, 1.0))
    mixes = mix_columns(votes, solve_trust(votes), np.array([True, False, False, False, False]))
    assert list(mixes.related[:2]) == [0.25, 0.0]


def test_nothing_is_known_of_targets_without_votes() -> None:
    votes = columns((0, 0, 1.0))
    mixes = mix_columns(votes, solve_trust(votes), np.zeros(1, bool))
    assert np.isnan([mixes.distrusted[1], mixes.related[1], mixes.disagreement[1]]).all()
