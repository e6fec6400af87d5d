"""A banned voter has no vote that counts, and a pardoned one has the same votes again; however many they are."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import pytest

from builders import NOW, a_listing
from polls import HERE, assert_sums_are_those_of_the_votes, at, cast, current_votes, open_polls, tallies, votes_of
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.domain.vote import Target, TargetKind, Voter, WhyNotCounted
from zhengpin.errors import DeadlinePassed, FieldViolation, InvalidInput, Unavailable
from zhengpin.storage import Store, UnitOfWork
from zhengpin.usecases.call import Call
from zhengpin.usecases.record_facts import Problems
from zhengpin.usecases.recount_votes import AT_ONCE
from zhengpin.usecases.upsert_voters import UpsertVoters

VERY_MANY = 2 * AT_ONCE + 100
GOES_ON = "when only a part was written: send it again with the same request_id, and it goes on where it stopped"


def upsert(store: Store, *voters: Voter | InvalidInput, request_id: str = "") -> Problems:
    return UpsertVoters(store, at(NOW))(Call(HERE, "UpsertVoters", request_id or str(uuid4()), "digest"), voters)


def who_counts(store: Store) -> dict[str, bool]:
    """Of each voter whether its votes count."""
    return {vote.voter_id: vote.why_not is None for vote in current_votes(store)}


def test_a_ban_takes_all_votes_out_and_a_pardon_puts_them_back(store: Store) -> None:
    voters = [a_voter("good"), a_voter("bad")]
    open_polls(store, voters)
    cast(store, votes_of(voters))
    before = current_votes(store)
    upsert(store, a_voter("bad", banned=True))
    assert {vote.voter_id: vote.why_not for vote in current_votes(store)} == {
        "good": None,
        "bad": WhyNotCounted.BANNED,
    }
    assert tallies(store)[THE_KETTLE].counted_recommend_votes == 1
    with store.read(HERE) as reader:
        assert reader.standings.find_many([THE_KETTLE])[THE_KETTLE].counts.excluded == 1
    assert_sums_are_those_of_the_votes(store)
    upsert(store, a_voter("bad"))
    assert current_votes(store) == before
    assert_sums_are_those_of_the_votes(store)


def test_who_is_pardoned_has_no_more_votes_than_before(store: Store) -> None:
    open_polls(store, [a_voter(supplier_id="pots")])
    cast(store, [a_vote()])
    for banned in (True, False):
        upsert(store, a_voter(supplier_id="pots", banned=banned))
        assert [vote.why_not for vote in current_votes(store)] == [WhyNotCounted.OWN_TARGET]


def test_of_one_voter_who_comes_twice_the_last_word_holds(store: Store) -> None:
    open_polls(store, [a_voter()])
    cast(store, [a_vote()])
    upsert(store, a_voter(banned=True), a_voter())
    assert who_counts(store) == {"voter-1": True}
    upsert(store, a_voter(), a_voter(banned=True))
    assert who_counts(store) == {"voter-1": False}


def test_a_call_that_is_sent_again_is_answered_the_same_and_changes_nothing(store: Store) -> None:
    refused = InvalidInput(FieldViolation("registered_at", "must not lie before 2000"))
    first = upsert(store, a_voter(banned=True), refused, request_id="r")
    upsert(store, a_voter())
    again = upsert(store, a_voter(banned=True), refused, request_id="r")
    assert [str(each) for each in first] == [str(each) for each in again] == ["None", str(refused)]
    with store.read(HERE) as reader:
        assert not reader.voters.find_many(["voter-1"])["voter-1"].banned


class ShortOfTime(Store):
    """A store that is away from some unit of work on."""

    units_left = 10**9

    @contextmanager
    def begin(self, marketplace: str, items: int = 1) -> Generator[UnitOfWork]:
        self.units_left -= 1
        if self.units_left < 0:
            raise Unavailable("the store is away")
        with super().begin(marketplace, items) as unit:
            yield unit


def let_one_voter_speak_of_many_places(store: Store, number: int) -> None:
    places = [Target(TargetKind.ORIGIN, f"place{n}") for n in range(number)]
    listings = [(a_listing(place.key, origin_place=place.key, images=()), "") for place in places]
    with store.begin(HERE) as unit:
        unit.listings.upsert_many(listings, NOW)
        unit.voters.upsert_many([a_voter()])
    cast(store, [a_vote(place.key, target=place) for place in places])


def test_very_many_votes_are_taken_out_page_by_page_and_whoever_is_interrupted_goes_on(sqlite_url: str) -> None:
    store = ShortOfTime(sqlite_url)
    let_one_voter_speak_of_many_places(store, VERY_MANY)
    store.units_left = 2
    with pytest.raises(Unavailable):
        upsert(store, a_voter(banned=True), request_id="r")
    assert sum(vote.why_not is None for vote in current_votes(store)) == VERY_MANY - 2 * AT_ONCE
    store.units_left = 2
    upsert(store, a_voter(banned=True), request_id="r")
    assert {vote.why_not for vote in current_votes(store)} == {WhyNotCounted.BANNED}
    assert_sums_are_those_of_the_votes(store)
    store.close()


def test_whoever_waits_no_longer_is_told_whether_a_part_was_written(store: Store) -> None:
    open_polls(store, [a_voter()])
    cast(store, [a_vote()])
    for units, told in ((0, "before anything was written: send it again"), (1, GOES_ON)):
        patience = iter([False] * units + [True])
        call = Call(HERE, "UpsertVoters", "r", "digest", partial(next, patience))
        with pytest.raises(DeadlinePassed) as caught:
            UpsertVoters(store, at(NOW))(call, [a_voter(banned=True)])
        assert str(caught.value) == f"the deadline of UpsertVoters passed {told}"
    assert upsert(store, a_voter(banned=True), request_id="r") == [None]


class Interrupted(Store):
    """A store in which somebody else writes after the next unit of work."""

    interrupt: Callable[[], object] | None = None

    @contextmanager
    def begin(self, marketplace: str, items: int = 1) -> Generator[UnitOfWork]:
        with super().begin(marketplace, items) as unit:
            yield unit
        interrupt, self.interrupt = self.interrupt, None
        if interrupt is not None:
            interrupt()


def test_of_a_ban_and_a_pardon_at_once_the_last_word_holds_and_both_end(sqlite_url: str) -> None:
    store, elsewhere = Interrupted(sqlite_url), Store(sqlite_url)
    let_one_voter_speak_of_many_places(elsewhere, AT_ONCE + 1)
    store.interrupt = lambda: upsert(elsewhere, a_voter(banned=False))
    upsert(store, a_voter(banned=True))
    with store.read(HERE) as reader:
        assert not reader.voters.find_many(["voter-1"])["voter-1"].banned
    assert {vote.why_not for vote in current_votes(store)} == {None}
    assert_sums_are_those_of_the_votes(store)
    for each in (store, elsewhere):
        each.close()
