"""Sums that follow votes are those of the votes, whatever happens and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW
from polls import (
    BRAND,
    DAY,
    HERE,
    TARGETS,
    assert_sums_are_those_of_the_votes,
    cast,
    current_votes,
    grown_ups,
    know,
    open_polls,
    tallies,
    votes_of,
    weigh,
    weighing,
)
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.domain.vote import Target
from zhengpin.storage import Store
from zhengpin.usecases.cast_votes import cast_votes

CASTS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(TARGETS), st.booleans(), st.integers(0, 400)), min_size=1, max_size=8
)
HAPPENINGS = st.lists(
    st.one_of(
        CASTS,
        CASTS,
        st.just("weigh"),
        st.tuples(st.integers(0, 7), st.booleans(), st.sampled_from(["", "aunt", "uncle"])),
    ),
    max_size=8,
)
MARKETPLACES = count()


@pytest.fixture(scope="module")
def polls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store, with a marketplace for each history."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('polls') / 'votes.db'}")
    store.migrate()
    yield store
    store.close()


def happen(store: Store, marketplace: str, happenings: list[Any]) -> None:
    """Let it happen: votes, full weighings, and voters who are banned, pardoned or brought in by somebody else."""
    ids = count()
    for each in happenings:
        if each == "weigh":
            weigh(store, marketplace=marketplace)
        elif isinstance(each, tuple):
            number, banned, inviter = each
            voter = a_voter(f"voter-{number}", registered_at=NOW - 800 * DAY, banned=banned, invited_by=inviter)
            know(store, [voter], marketplace)
        else:
            votes = [
                a_vote(
                    f"vote-{next(ids)}",
                    voter_id=f"voter-{voter}",
                    target=target,
                    recommends=recommends,
                    cast_at=NOW - days * DAY,
                )
                for voter, target, recommends, days in each
            ]
            with store.begin(marketplace, len(votes)) as unit:
                cast_votes(unit, votes, NOW)  # a banned voter's are refused


def a_market(store: Store) -> str:
    marketplace = f"market-{next(MARKETPLACES)}"
    open_polls(store, grown_ups(8), marketplace)
    return marketplace


@settings(max_examples=25)
@given(happenings=HAPPENINGS)
def test_whatever_happens_sums_are_those_of_the_votes(polls: Store, happenings: list[Any]) -> None:
    marketplace = a_market(polls)

    happen(polls, marketplace, happenings)

    assert_sums_are_those_of_the_votes(polls, marketplace)


@settings(max_examples=25)
@given(casts=st.lists(CASTS, min_size=1, max_size=5))
def test_vote_by_vote_and_all_at_once_come_to_the_same(polls: Store, casts: list[Any]) -> None:
    by_and_by, at_once = a_market(polls), a_market(polls)

    happen(polls, by_and_by, [each for page in casts for each in (page, "weigh")])
    happen(polls, at_once, [*casts, "weigh"])

    assert current_votes(polls, by_and_by) == current_votes(polls, at_once)
    one, other = (tallies(polls, marketplace=marketplace) for marketplace in (by_and_by, at_once))
    assert one.keys() == other.keys()
    for target, tally in one.items():
        assert astuple(tally) == pytest.approx(astuple(other[target]), rel=1e-9, abs=1e-7)
    stood, stood_too = (_stood(polls, marketplace) for marketplace in (by_and_by, at_once))
    assert stood.keys() == stood_too.keys()
    for target, (share, low, high) in stood.items():
        assert (share, low, high) == pytest.approx(stood_too[target])


def _stood(store: Store, marketplace: str) -> dict[Target, tuple[float, float, float]]:
    with store.read(marketplace) as reader:
        found = reader.standings.find_many(TARGETS)
    return {target: (each.share, each.low, each.high) for target, each in found.items()}


def test_votes_may_be_cast_while_others_are_weighed(store: Store) -> None:
    voters = grown_ups(20)
    open_polls(store, voters)
    cast(store, votes_of(voters[:10]))
    number = count()
    for _part in weighing(store)(HERE):
        nth = next(number)
        said = {"voter_id": f"voter-{nth + 8}", "recommends": False}
        cast(store, [a_vote(f"{target.kind}-{nth}", target=target, **said) for target in (THE_KETTLE, BRAND)])
        assert_sums_are_those_of_the_votes(store)
    with store.read(HERE) as reader:
        followed = reader.voters.trust(["voter-8", "voter-12"])
    assert followed["voter-8"].trust < 1  # has voted after it was read, before it was weighed
    assert followed["voter-8"].solved_at is None
    assert followed["voter-12"].trust < 1

    assert weigh(store)["votes_weighed"] > 0
    assert {vote.trust for vote in current_votes(store)} == {1.0}
    assert_sums_are_those_of_the_votes(store)
