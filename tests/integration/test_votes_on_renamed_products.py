"""Votes on a listing whose product can be told only later: its voters have one voice, not two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import NOW, a_listing
from polls import HERE, assert_sums_are_those_of_the_votes, cast, grown_ups, know
from vote_builders import a_vote
from zhengpin.domain.vote import Target, TargetKind, Vote, VoteTag, WhyNotCounted
from zhengpin.storage import Store

FOR_ITSELF = Target(TargetKind.PRODUCT, "listing:listing-1")
PRODUCT = Target(TargetKind.PRODUCT, "gtin:1")
SUPERSEDED = WhyNotCounted.SUPERSEDED


@pytest.fixture
def market(store: Store) -> Store:
    """A listing whose product can't be told, and who may speak of it."""
    offer(store, "")
    know(store, grown_ups(2))
    return store


def offer(store: Store, product_key: str) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(images=()), product_key)], NOW)


def a_warning(vote_id: str, days_ago: int, *, listing_id: str = "listing-1") -> Vote:
    return a_vote(
        vote_id,
        voter_id="voter-0",
        target=FOR_ITSELF if listing_id else PRODUCT,
        listing_id=listing_id,
        recommends=False,
        tags=(VoteTag.FAKE,),
        cast_at=NOW - timedelta(days=days_ago),
    )


def why_not(store: Store) -> dict[tuple[str, str], WhyNotCounted | None]:
    """Of each current vote, by its target's key and its id."""
    with store.read(HERE) as reader:
        return {(each.target.key, each.vote_id): each.why_not for each in reader.weighing.votes_behind(None, 100)}


def test_who_speaks_of_the_product_of_a_listing_speaks_no_longer_of_the_listing_alone(market: Store) -> None:
    cast(market, [a_warning("first", 2)])
    with market.read(HERE) as reader:
        before = reader.voters.trust(["voter-0"])
    offer(market, "gtin:1")
    cast(market, [a_warning("second", 1)])
    assert why_not(market) == {(FOR_ITSELF.key, "first"): SUPERSEDED, (PRODUCT.key, "second"): None}
    with market.read(HERE) as reader:
        assert reader.voters.trust(["voter-0"]) == before, "a change of mind is no further vote"
        assert reader.fake_votes.counted(FOR_ITSELF) == []
        words = reader.fake_votes.words([FOR_ITSELF, PRODUCT])
        assert {target.key: each.votes for (target, _), each in words.items()} == {FOR_ITSELF.key: 0, PRODUCT.key: 1}
    assert_sums_are_those_of_the_votes(market)


def test_the_later_of_both_stands_however_they_arrive(market: Store) -> None:
    cast(market, [a_warning("later", 1)])
    offer(market, "gtin:1")
    cast(market, [a_warning("earlier", 2)])
    assert why_not(market) == {(FOR_ITSELF.key, "later"): None, (PRODUCT.key, "earlier"): SUPERSEDED}
    cast(market, [a_warning("latest", 0)])
    assert why_not(market) == {(FOR_ITSELF.key, "later"): SUPERSEDED, (PRODUCT.key, "latest"): None}
    assert_sums_are_those_of_the_votes(market)


def test_a_listing_without_a_product_again_is_spoken_of_again(market: Store) -> None:
    cast(market, [a_warning("first", 3)])
    offer(market, "gtin:1")
    cast(market, [a_warning("second", 2)])
    offer(market, "")
    cast(market, [a_warning("third", 1)])
    assert why_not(market)[FOR_ITSELF.key, "third"] is None
    assert_sums_are_those_of_the_votes(market)


def test_who_never_named_the_listing_speaks_of_the_product_only(market: Store) -> None:
    cast(market, [a_warning("first", 2)])
    offer(market, "gtin:1")
    cast(market, [a_warning("second", 1, listing_id="")])
    assert why_not(market) == {(FOR_ITSELF.key, "first"): None, (PRODUCT.key, "second"): None}
