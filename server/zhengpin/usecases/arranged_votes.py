"""Find votes that look arranged, by who and what the columns' numbers stand for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from zhengpin.reputation.brigades import Brigade, find_brigades
from zhengpin.reputation.vote_roll import VoteRoll
from zhengpin.reputation.window_reasons import window_reasons
from zhengpin.usecases.raise_windows import ArrangedVotes


def arranged_votes(roll: VoteRoll) -> Iterator[ArrangedVotes]:
    """What brigades there are among the votes."""
    for brigade in find_brigades(roll.votes, roll.voters, roll.bought, counted=roll.counted):
        yield as_arranged(roll, brigade)


def as_arranged(roll: VoteRoll, brigade: Brigade) -> ArrangedVotes:
    """A brigade by who and what its numbers stand for."""
    voters = roll.votes.voter[brigade.rows].tolist()
    moments = roll.votes.at[brigade.rows].tolist()
    return ArrangedVotes(
        target=roll.targets[brigade.target],
        why=brigade.why,
        cast_at={
            roll.voter_ids[voter]: datetime.fromtimestamp(moment, UTC)
            for voter, moment in zip(voters, moments, strict=True)
        },
        expected=brigade.evidence.expected,
        evidence=window_reasons(brigade),
        rows=tuple(brigade.rows.tolist()),
    )
