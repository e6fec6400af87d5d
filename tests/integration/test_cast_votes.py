"""Votes are stored once and counted at once; what is wrong with one is told by its field."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from builders import NOW, a_brand, a_listing
from polls import (
    BRAND,
    FACTORY,
    HERE,
    ORIGIN,
    assert_sums_are_those_of_the_votes,
    at,
    current_votes,
    know,
    tallies,
)
from polls import open_polls as open_polls_of
from purchases import the_vote
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.domain.vote import Purchase, Target, TargetKind, Vote, Voter, WhyNotCounted
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.cast_votes import CastVotes
from zhengpin.usecases.record_facts import Problems

DAY = timedelta(days=1)
THE_LISTING = Target(TargetKind.PRODUCT, "listing:listing-1")


def open_polls(store: Store, *voters: Voter) -> None:
    """A kettle that two suppliers offer, and who may speak of it."""
    open_polls_of(store, voters or [a_voter()])


def cast(store: Store, *votes: Vote, request_id: str = "") -> Problems:
    """Cast votes in one call."""
    return CastVotes(store, at(NOW), time_ordered_id)(
        Call(HERE, "CastVotes", request_id or str(uuid4()), "digest"), votes
    )


def told(problems: Problems) -> list[str]:
    return ["" if problem is None else str(problem) for problem in problems]


def stored(store: Store, *vote_ids: str) -> dict[str, Vote]:
    with store.read(HERE) as reader:
        return reader.votes.find_many(vote_ids)


def test_a_vote_is_stored_as_it_was_cast_and_counted_at_once(store: Store) -> None:
    open_polls(store)
    assert cast(store, a_vote()) == [None]
    assert stored(store, "vote-1") == {"vote-1": a_vote()}
    current = the_vote(store)
    assert (current.vote_id, current.why_not, current.strength, current.bought) == ("vote-1", None, 0.3, False)
    with store.read(HERE) as reader:
        standing = reader.standings.find_many([THE_KETTLE])[THE_KETTLE]
    assert standing.effective_votes == pytest.approx(current.trust)
    assert (standing.counts.recommend, standing.circles) == (1, 1)


@pytest.mark.parametrize(
    ("target", "field", "remedy"),
    [
        (Target(TargetKind.PRODUCT, "listing:gone"), "target.listing_id: names 'gone'", "with UpsertListings"),
        (Target(TargetKind.PRODUCT, "gtin:1"), "target.product_key: names 'gtin:1'", "name a listing of it"),
        (Target(TargetKind.BRAND, "Acme"), "target.brand_id: names 'Acme'", "with RegisterBrands"),
        (Target(TargetKind.FACTORY, "nobody"), "target.factory_id: names 'nobody'", "with UpsertSuppliers"),
        (Target(TargetKind.ORIGIN, "atlantis"), "target.origin: names 'atlantis'", "write it as an origin_place"),
    ],
)
def test_a_vote_on_what_nobody_has_told_of_is_refused_alone(
    store: Store, target: Target, field: str, remedy: str
) -> None:
    open_polls(store)
    refused, fine = told(cast(store, a_vote("astray", target=target), a_vote()))
    assert refused.startswith(field)
    assert remedy in refused
    assert fine == ""
    assert not stored(store, "astray")


def test_votes_of_who_is_not_known_is_banned_or_was_not_there_yet_are_refused(store: Store) -> None:
    open_polls(store, a_voter("banned", banned=True), a_voter("new", registered_at=NOW))
    votes = [
        a_vote("1", voter_id="nobody"),
        a_vote("2", voter_id="banned"),
        a_vote("3", voter_id="new", cast_at=NOW - timedelta(seconds=1)),
        a_vote("4", voter_id="new"),
    ]
    nobody, banned, early, fine = told(cast(store, *votes))
    assert nobody == "voter_id: names 'nobody', whom nobody has registered: tell of it with UpsertVoters first"
    what_to_do = "lift the ban with UpsertVoters, or leave the vote out"
    assert banned == f"voter_id: is of a voter whom the marketplace has banned: {what_to_do}"
    registered = "lies before the voter was registered (2026-03-01T12:00:00+00:00)"
    assert early == f"cast_at: {registered}: correct it, or the voter's registered_at"
    assert fine == ""
    assert stored(store, "1", "2", "3", "4").keys() == {"4"}


def test_a_call_that_is_sent_again_is_answered_the_same_and_counts_once(store: Store) -> None:
    open_polls(store)
    votes = [a_vote(), a_vote("astray", target=Target(TargetKind.BRAND, "nobody's"))]
    first = cast(store, *votes, request_id="r")
    before = current_votes(store), tallies(store)
    assert told(cast(store, *votes, request_id="r")) == told(first)
    assert (current_votes(store), tallies(store)) == before


def test_a_vote_that_comes_again_in_another_call_counts_once(store: Store) -> None:
    open_polls(store)
    cast(store, a_vote())
    before = current_votes(store), tallies(store)
    assert cast(store, a_vote(), a_vote()) == [None, None]
    assert (current_votes(store), tallies(store)) == before


def test_a_vote_that_comes_again_is_taken_though_what_it_spoke_of_is_gone(store: Store) -> None:
    open_polls(store)
    cast(store, a_vote(target=THE_LISTING))
    with store.begin(HERE) as unit:
        unit.listings.delete("listing-1", NOW)
        unit.listings.delete("second", NOW)
        unit.voters.upsert_many([a_voter(banned=True)])
    assert cast(store, a_vote(target=THE_LISTING)) == [None]


@pytest.mark.parametrize(
    "change",
    [
        {"voter_id": "other"},
        {"recommends": False},
        {"cast_at": NOW - DAY},
        {"target": BRAND},
        {"target": THE_LISTING, "listing_id": "listing-1"},
        {"tags": ()},
        {"text": "烧水很慢"},
        {"purchase": Purchase("order-1")},
    ],
)
def test_another_vote_under_an_id_that_was_used_is_refused(store: Store, change: dict[str, Any]) -> None:
    open_polls(store, a_voter(), a_voter("other"))
    cast(store, a_vote())
    refused = ["vote_id: was used before for another vote: give every vote an id of its own"]
    assert told(cast(store, a_vote(**change))) == refused
    assert told(cast(store, a_vote("new"), a_vote("new", **change)))[1:] == refused
    assert stored(store, "vote-1", "new") == {"vote-1": a_vote(), "new": a_vote("new")}


def test_the_latest_of_a_voters_votes_stands_and_those_before_stay_in_the_log(store: Store) -> None:
    open_polls(store)
    first, second = a_vote("1", cast_at=NOW - DAY), a_vote("2", recommends=False)
    cast(store, first)
    cast(store, second)
    tally = tallies(store)[THE_KETTLE]
    assert (the_vote(store).vote_id, tally.recommend_votes, tally.warn_votes, tally.circles) == ("2", 0, 1, 1)
    assert_sums_are_those_of_the_votes(store)
    with store.read(HERE) as reader:
        assert [vote for _, vote in reader.votes.of_voter("voter-1", 9)] == [second, first]


@pytest.mark.parametrize("order", [*permutations(range(3))])
@pytest.mark.parametrize("together", [True, False], ids=["in one call", "one by one"])
def test_in_whatever_order_votes_arrive_the_latest_cast_stands(
    sqlite_url: str,
    order: tuple[int, ...],
    together: bool,
) -> None:
    store = Store(sqlite_url)
    open_polls(store)
    votes = [a_vote(str(n), recommends=n != 1, cast_at=NOW - (2 - n) * DAY) for n in order]
    for page in [votes] if together else [[vote] for vote in votes]:
        assert cast(store, *page) == [None] * len(page)
    tally = tallies(store)[THE_KETTLE]
    assert (the_vote(store).vote_id, tally.recommend_votes, tally.warn_votes) == ("2", 1, 0)
    assert_sums_are_those_of_the_votes(store)
    with store.read(HERE) as reader:
        hour = int(NOW.timestamp()) // 3600
        hours = reader.vote_tallies.hours(THE_KETTLE, 0, hour + 1)
    assert [(each.hour, each.recommends, each.warns) for each in hours if each.recommends or each.warns] == [
        (hour, 1, 0)
    ], "an hour counts voters, not how often they change their mind"
    store.close()


def test_of_two_votes_of_one_moment_the_same_one_stands_however_they_arrive(store: Store) -> None:
    open_polls(store, a_voter(), a_voter("other"))
    cast(store, a_vote("a"), a_vote("b", recommends=False))
    cast(store, a_vote("d", voter_id="other", recommends=False), a_vote("c", voter_id="other"))
    assert [the_vote(store, voter).vote_id for voter in ("voter-1", "other")] == ["b", "d"]


def test_votes_on_ones_own_goods_brand_and_factory_are_kept_and_do_not_count(store: Store) -> None:
    open_polls(store, a_voter("maker", supplier_id="pots"), a_voter("owner", supplier_id="acme-owner"), a_voter())
    votes = [
        a_vote("1", voter_id="maker"),
        a_vote("2", voter_id="maker", target=FACTORY),
        a_vote("3", voter_id="owner"),
        a_vote("4", voter_id="owner", target=BRAND),
        a_vote("5", voter_id="owner", target=ORIGIN),
        a_vote("6"),
    ]
    assert cast(store, *votes) == [None] * 6
    assert {vote.vote_id: vote.why_not for vote in current_votes(store)} == {
        "1": WhyNotCounted.OWN_TARGET,
        "2": WhyNotCounted.OWN_TARGET,
        "3": WhyNotCounted.OWN_TARGET,
        "4": WhyNotCounted.OWN_TARGET,
        "5": None,
        "6": None,
    }
    tally = tallies(store)[THE_KETTLE]
    assert (tally.recommend_votes, tally.counted_recommend_votes) == (3, 1)
    assert_sums_are_those_of_the_votes(store)


def test_goods_that_one_supplier_alone_offers_are_its_own(store: Store) -> None:
    open_polls(store, a_voter(supplier_id="other"))
    cast(store, a_vote())
    assert the_vote(store).why_not is None, "two offer the kettle"
    with store.begin(HERE) as unit:
        unit.listings.delete("listing-1", NOW)
    cast(store, a_vote("again", cast_at=NOW + DAY))
    assert the_vote(store).why_not is WhyNotCounted.OWN_TARGET


def test_a_listing_whose_product_can_not_be_told_is_a_product_of_its_own(store: Store) -> None:
    open_polls(store)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing("odd", brand="", model=""), "")], NOW)
    assert cast(store, a_vote(target=Target(TargetKind.PRODUCT, "listing:odd"))) == [None]
    assert the_vote(store, target=Target(TargetKind.PRODUCT, "listing:odd")).why_not is None


def test_a_brand_is_known_by_all_its_names_and_only_once_it_is_registered(store: Store) -> None:
    open_polls(store, a_voter("late", supplier_id="other"))
    zeta = Target(TargetKind.BRAND, "zeta")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing("z", brand="ZETA®", supplier_id="other"), "")], NOW)
    (refused,) = told(cast(store, a_vote(target=zeta, voter_id="late")))
    assert refused.startswith("target.brand_id: names 'zeta', which is no brand here: ")
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand("zeta", name="泽塔", aliases=("Zeta®",), owner_id="")], NOW)
    cast(store, a_vote(target=zeta, voter_id="late"))
    assert the_vote(store, "late", zeta).strength == 0.6, "it sells goods of the brand, by another of its names"


def test_votes_stay_on_a_place_that_no_listing_names_any_more(store: Store) -> None:
    open_polls(store, a_voter(), a_voter("other"))
    cast(store, a_vote(target=ORIGIN))
    with store.begin(HERE) as unit:
        unit.listings.delete("listing-1", NOW)
        unit.listings.delete("second", NOW)
    assert cast(store, a_vote("2", voter_id="other", target=ORIGIN)) == [None]
    assert tallies(store)[ORIGIN].recommend_votes == 2


def test_a_page_may_speak_of_one_target_as_often_as_it_likes(store: Store) -> None:
    voters = [a_voter(f"voter-{n}", invited_by=f"voter-{n % 3}") for n in range(20)]
    open_polls(store, *voters)
    votes = [
        a_vote(f"{n} {turn}", voter_id=f"voter-{n}", recommends=(n + turn) % 3 > 0, cast_at=NOW + turn * DAY)
        for turn in range(3)
        for n in range(20)
    ]
    cast(store, *votes[:30])
    cast(store, *votes[30:])
    tally = tallies(store)[THE_KETTLE]
    assert (tally.recommend_votes + tally.warn_votes, tally.circles) == (20, 3)
    assert_sums_are_those_of_the_votes(store)


def test_a_voter_who_comes_to_another_circle_takes_its_vote_along(store: Store) -> None:
    open_polls(store)
    cast(store, a_vote())
    know(store, [a_voter(invited_by="somebody")])
    cast(store, a_vote("2", cast_at=NOW + DAY))
    assert the_vote(store).circle == "somebody"
    assert tallies(store)[THE_KETTLE].circles == 1
    assert_sums_are_those_of_the_votes(store)


def test_of_two_votes_under_one_id_the_first_one_is_heard(store: Store) -> None:
    open_polls(store, a_voter(), a_voter("other"))
    fake = a_vote(recommends=False, text="绝对是假货!", target=THE_LISTING)
    praise = a_vote(voter_id="other", text="很好")
    assert [problem is None for problem in cast(store, fake, praise)] == [True, False]
    with store.read(HERE) as reader:
        (words,) = {each.quotes for each in reader.fake_votes.words([THE_KETTLE]).values()}
    assert words == ("绝对是假货!",)
