"""Votes are stored once and counted at once, and what is wrong with one is told by name."""

from __future__ import annotations

import pytest

from builders import NOW, a_brand, a_listing
from vote_builders import THE_KETTLE, a_vote, a_voter
from zhengpin.detectors.matching import product_key
from zhengpin.domain.vote import Voter
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.cast_votes import CastVotes

CALL = Call("here", "CastVotes")


def open_polls(store: Store, *voters: Voter) -> CastVotes:
    """The kettle's listings and brand, and voters who may speak of it."""
    listings = [a_listing(), a_listing("second", supplier_id="other", factory_id="pots", origin_place="Ningbo, China")]
    with store.begin("here") as unit:
        unit.brands.upsert_many([a_brand(aliases=("ACME®",))], NOW)
        unit.listings.upsert_many([(each, product_key(each)) for each in listings], NOW)
        unit.voters.upsert_many(voters or [a_voter()])
    return CastVotes(store, lambda: NOW)


def test_a_vote_is_stored_and_counted_at_once(store: Store) -> None:
    cast = open_polls(store)
    assert cast(CALL, [a_vote()]) == [None]
    with store.read("here") as reader:
        assert reader.votes.find_many(["vote-1"]) == {"vote-1": a_vote()}
        (current,) = reader.current_votes.find_many([(THE_KETTLE, "voter-1")]).values()
        assert (current.vote_id, current.why_not, current.strength) == ("vote-1", None, 0.3)
        tally = reader.vote_tallies.find_many([THE_KETTLE])[THE_KETTLE]
        assert (tally.recommend_votes, tally.counted_recommend_votes, tally.circles) == (1, 1, 1)
        standing = reader.standings.find_many([THE_KETTLE])[THE_KETTLE]
        assert standing.effective_votes == pytest.approx(0.3 * current.trust)
