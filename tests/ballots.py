"""Votes in columns, for tests: of a few hand-written rows, or whatever Hypothesis thinks of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from zhengpin.reputation.behaviour import DAY
from zhengpin.reputation.vote_columns import VoteColumns

Ballot = tuple[int, int, float, float]
"""Voter, target, opinion, and the day on which it was cast."""


def votes_of(*ballots: Ballot, voters: int = 0, targets: int = 0) -> VoteColumns:
    """Votes in columns, with as many voters and targets as are named or asked for."""
    voter, target, opinion, day = zip(*ballots, strict=True) if ballots else ((), (), (), ())
    return VoteColumns(
        np.array(voter, dtype=np.int32),
        np.array(target, dtype=np.int32),
        np.array(opinion, dtype=np.float64),
        np.array(day, dtype=np.float64) * DAY,
        max((*(each + 1 for each in voter), voters)),
        max((*(each + 1 for each in target), targets)),
    )


def ballots(most_voters: int = 8, most_targets: int = 6) -> st.SearchStrategy[list[Ballot]]:
    """Any votes of a few voters on a few targets, no voter twice on one."""
    ballot = st.tuples(
        st.integers(0, most_voters - 1),
        st.integers(0, most_targets - 1),
        st.sampled_from((-1.0, -0.4, 0.1, 1.0)),
        st.floats(0, 400, allow_nan=False),
    )
    return st.lists(ballot, min_size=1, max_size=40, unique_by=lambda each: each[:2])


def a_steady_crowd(voters: int, targets: int, opinion_of: Sequence[float]) -> list[Ballot]:
    """Votes of honest veterans: each votes on every target as it deserves, one every tenth day."""
    return [(voter, target, opinion_of[target], 10.0 * target) for voter in range(voters) for target in range(targets)]
