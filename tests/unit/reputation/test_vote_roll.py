"""Votes in columns: whose and on what they are, and which of them count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from builders import NOW
from vote_builders import a_voter
from zhengpin.domain.cast_vote import CastVote
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import KnownVoter
from zhengpin.reputation.vote_roll import RollCall, VoteRoll

KETTLE, ACME = Target(TargetKind.PRODUCT, "kettle"), Target(TargetKind.BRAND, "acme")


def a_cast_vote(voter_id: str, target: Target = KETTLE, **changes: Any) -> CastVote:
    vote = CastVote(target.kind, target.key, voter_id, True, NOW, False, False, "")
    return vote._replace(**changes)


def roll() -> VoteRoll:
    call = RollCall()
    call.add([a_cast_vote("a", ACME, recommends=False, bought=True), a_cast_vote("c", ACME, why_not="burst")])
    call.add([a_cast_vote("a", related=True, cast_at=NOW - timedelta(microseconds=1)), a_cast_vote("b")])
    known = (
        a_voter("a", registered_at=NOW - timedelta(days=1)),
        a_voter("b", invited_by="a"),
        a_voter("somebody who never voted"),
        a_voter("somebody who may not", banned=True),
        a_voter("c"),
    )
    return call.roll(map(KnownVoter, known))


def test_every_vote_is_a_row_by_voter_and_target() -> None:
    found = roll()

    assert [found.voter_ids[number] for number in found.votes.voter] == ["a", "c", "a", "b"]
    assert [found.targets[number] for number in found.votes.target] == [ACME, ACME, KETTLE, KETTLE]
    assert found.votes.opinion.tolist() == [-1, 1, 1, 1]
    assert found.votes.at.tolist() == [NOW.timestamp(), NOW.timestamp(), NOW.timestamp() - 1e-6, NOW.timestamp()]
    assert (found.votes.voters, found.votes.targets) == (3, 2)


def test_what_is_known_of_a_vote_stands_beside_it() -> None:
    found = roll()

    assert found.bought.tolist() == [True, False, False, False]
    assert found.related.tolist() == [False, False, True, False]
    assert found.counted.tolist() == [True, False, True, True]


def test_voters_are_known_by_their_number() -> None:
    found = roll()

    assert found.circles == ["a", "c", "a"]
    assert found.voters.circle[[0, 2]].tolist() == [found.voters.circle[0]] * 2
    assert found.voters.circle[1] != found.voters.circle[0]
    assert found.voters.registered_at[0] == (NOW - timedelta(days=1)).timestamp()


def test_who_never_voted_is_known_by_when_it_registered_unless_it_may_not_vote() -> None:
    assert roll().voters.silent_since.tolist() == [a_voter().registered_at.timestamp()]


def test_a_part_of_the_votes_keeps_the_numbers() -> None:
    found = roll()
    part = found.part(found.counted)

    assert part.voter.tolist() == found.votes.voter[[0, 2, 3]].tolist()
    assert (part.voters, part.targets) == (3, 2)


def test_votes_that_were_told_late_count_as_cast_so_much_later_where_conduct_is_looked_at() -> None:
    call = RollCall()
    call.add([a_cast_vote("a"), a_cast_vote("b", told_late=90.0), a_cast_vote("c", why_not="burst")])
    found = call.roll(())

    assert found.votes.at.tolist() == [NOW.timestamp()] * 3
    assert found.part_as_told(found.counted).at.tolist() == [NOW.timestamp(), NOW.timestamp() + 90]


def test_nobody_has_voted_yet() -> None:
    nothing = RollCall().roll([KnownVoter(a_voter())])

    assert (len(nothing.votes), nothing.votes.voters, nothing.targets) == (0, 0, [])
    assert nothing.counted.dtype == np.bool_
