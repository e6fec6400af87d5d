"""Votes that come all at once are looked at as they come: arranged ones leave the count, an honest crowd stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest

from builders import NOW, an_order_event
from polls import (
    BRAND,
    FACTORY,
    HERE,
    ORIGIN,
    assert_sums_are_those_of_the_votes,
    at,
    current_votes,
    grown_ups,
    know,
    open_polls,
    votes_of,
    weigh,
)
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.domain.standing import Standing
from zhengpin.domain.vote import Purchase, Vote, Voter, WhyNotCounted
from zhengpin.domain.vote_lists import WindowFilter
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.cast_votes import CastVotes

DAY = timedelta(days=1)
REGULARS = grown_ups(120, "regular")
SILENT = [a_voter(f"silent-{n}", registered_at=NOW - (40 + 11 * n) * DAY) for n in range(40)]
NEW = [a_voter(f"new-{n}", registered_at=NOW - timedelta(hours=3)) for n in range(20)]
CROWD = [voter for some in zip(SILENT, NEW, REGULARS[::2], REGULARS[1::2], strict=False) for voter in some]
HIRED = [a_voter(f"hired-{n}", registered_at=NOW - 3 * DAY, invited_by=f"boss-{n % 6}") for n in range(30)]


def cast(store: Store, *votes: Vote, now: datetime = NOW) -> None:
    call = Call(HERE, "CastVotes", str(uuid4()), "digest")
    assert CastVotes(store, at(now), time_ordered_id)(call, votes) == [None] * len(votes)


def cast_in_pages(store: Store, votes: Sequence[Vote], size: int) -> None:
    for first in range(0, len(votes), size):
        cast(store, *votes[first : first + size])


def bring_in(store: Store, votes: Sequence[Vote]) -> None:
    """Cast votes of the past, from records."""
    call = Call(HERE, "CastVotes", str(uuid4()), "digest")
    assert CastVotes(store, at(NOW), time_ordered_id)(call, votes, imported=True) == [None] * len(votes)


@pytest.fixture
def market(sqlite_url: str) -> Iterator[Store]:
    """Two months in which regulars vote now and then, half of them having bought the goods; weighed once."""
    store = Store(sqlite_url)
    open_polls(store, [*REGULARS, *SILENT, *NEW, *HIRED])
    with store.begin(HERE) as unit:
        orders = [f"order of {voter.voter_id}" for voter in REGULARS[::2]]
        unit.orders.record_many([an_order_event(each, order_id=each) for each in orders])
    dice = Random(5)  # noqa: S311  nothing secret is drawn
    votes = [
        a_vote(
            f"{voter.voter_id} {target.kind}",
            voter_id=voter.voter_id,
            target=target,
            recommends=dice.random() < 0.8,
            cast_at=NOW - dice.uniform(1, 60) * DAY,
            purchase=Purchase(f"order of {voter.voter_id}"),
        )
        for voter in REGULARS
        for target in (THE_KETTLE, BRAND)
    ]
    bring_in(store, votes)
    weigh(store)
    yield store
    store.close()


def windows(store: Store) -> tuple[VoteWindow, ...]:
    with store.read(HERE) as reader:
        return reader.vote_windows.list(WindowFilter(), 99).windows


def left_out(store: Store) -> set[str]:
    return {vote.voter_id for vote in current_votes(store) if vote.why_not is WhyNotCounted.BURST}


def standing(store: Store) -> Standing:
    with store.read(HERE) as reader:
        return reader.standings.find_many([THE_KETTLE])[THE_KETTLE]


def warnings(voters: Sequence[Voter], apart: timedelta = timedelta(minutes=1)) -> list[Vote]:
    """Each warns of the kettle, one after another, until now."""
    began = NOW - len(voters) * apart
    return [
        a_vote(f"of {voter.voter_id}", voter_id=voter.voter_id, recommends=False, cast_at=began + n * apart)
        for n, voter in enumerate(voters)
    ]


@pytest.mark.parametrize("page", [1, 30], ids=["one by one", "in one call"])
def test_an_arranged_burst_leaves_the_count_before_the_call_is_answered(market: Store, page: int) -> None:
    before = standing(market)
    cast_in_pages(market, warnings(HIRED), page)
    hired = {voter.voter_id for voter in HIRED}
    assert left_out(market) <= hired
    assert len(left_out(market)) >= 0.9 * len(hired)
    (window,) = windows(market)
    assert (window.target, window.why, window.voters) == (THE_KETTLE, WhyNotCounted.BURST, len(left_out(market)))
    assert window.expected_voters is not None
    assert window.expected_voters < 2
    assert window.evidence
    after = standing(market)
    assert after.alarmed
    assert abs(after.share - before.share) <= 0.05
    assert_sums_are_those_of_the_votes(market)


def test_an_honest_crowd_stays_in_the_count(market: Store) -> None:
    cast(market, *warnings(CROWD))
    assert (windows(market), left_out(market), standing(market).alarmed) == ((), set(), False)
    assert standing(market).counts.counted_warn >= len(CROWD)


def test_grown_accounts_that_never_voted_before_leave_the_count_as_they_come(market: Store) -> None:
    before = standing(market)
    cast_in_pages(market, warnings(SILENT), 1)
    silent = {voter.voter_id for voter in SILENT}
    assert left_out(market) <= silent
    assert len(left_out(market)) >= 0.9 * len(silent)
    assert abs(standing(market).share - before.share) <= 0.05


def test_a_chain_of_guests_who_have_voted_before_leaves_the_count_as_it_comes(market: Store) -> None:
    before = standing(market)
    chain = [
        replace(voter, invited_by=f"silent-{n - 1}", registered_at=NOW - (90 + 11 * n) * DAY)
        for n, voter in enumerate(SILENT)
    ]
    know(market, chain)
    for target, days in ((BRAND, 50), (FACTORY, 30)):
        votes = votes_of(chain, target, cast_at=NOW - days * DAY)
        cast_in_pages(market, [replace(vote, vote_id=f"{vote.vote_id} {target.kind}") for vote in votes], 80)
    weigh(market)
    cast_in_pages(market, warnings(chain), 1)
    assert len(left_out(market)) >= 0.9 * len(chain)
    assert abs(standing(market).share - before.share) <= 0.05


def test_who_adds_hired_warnings_does_not_rid_itself_of_those_of_regulars(market: Store) -> None:
    for target in (FACTORY, ORIGIN):
        before = votes_of(REGULARS[:40], target, cast_at=NOW - 40 * DAY)
        bring_in(market, [replace(each, vote_id=f"more {each.vote_id}") for each in before])
    weigh(market)
    mixed = [voter for pair in zip(REGULARS[:40], HIRED + HIRED[:10], strict=True) for voter in pair]
    cast_in_pages(market, warnings(list(dict.fromkeys(mixed))), 10)
    assert left_out(market)
    assert not left_out(market) & {voter.voter_id for voter in REGULARS}


def test_votes_that_come_slowly_raise_no_alarm(market: Store) -> None:
    know(market, [replace(voter, registered_at=NOW - 40 * DAY) for voter in HIRED])
    for vote in warnings(HIRED, apart=timedelta(hours=9)):
        cast(market, vote, now=vote.cast_at)
    assert windows(market) == ()


def test_an_import_of_old_votes_is_left_to_the_next_weighing(market: Store) -> None:
    old = [replace(voter, registered_at=NOW - 99 * DAY) for voter in HIRED]
    know(market, old)
    cast(market, *votes_of(old, warns=len(old), cast_at=NOW - 90 * DAY))
    assert windows(market) == ()


def test_before_the_first_weighing_nobody_knows_what_is_usual(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    open_polls(store, [*HIRED])
    cast(store, *warnings(HIRED))
    assert windows(store) == ()
    store.close()


def test_bursts_that_were_left_out_do_not_become_the_usual_past(market: Store) -> None:
    for week in (4, 3, 2, 1, 0):
        then = NOW - week * 7 * DAY
        gang = [
            replace(
                voter,
                voter_id=f"{voter.voter_id} {week}",
                registered_at=then - 3 * DAY,
                invited_by=f"boss-{n % 6} {week}",
            )
            for n, voter in enumerate(HIRED)
        ]
        know(market, gang)
        votes = [
            replace(vote, vote_id=f"{vote.vote_id} {week}", cast_at=vote.cast_at - (NOW - then))
            for vote in warnings(gang)
        ]
        cast(market, *votes, now=then)
        assert len(left_out(market) & {voter.voter_id for voter in gang}) >= 0.9 * len(gang)


def test_a_later_vote_does_not_hide_the_hours_of_an_alarm(market: Store) -> None:
    (later,) = warnings(REGULARS[:1])
    cast(market, replace(later, cast_at=NOW - timedelta(hours=1)))
    hired = [replace(vote, cast_at=vote.cast_at - timedelta(hours=30)) for vote in warnings(HIRED)]
    cast(market, *hired)
    assert len(left_out(market) & {voter.voter_id for voter in HIRED}) >= 0.9 * len(HIRED)
