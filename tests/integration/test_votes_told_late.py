"""Votes that are told long after they were cast: a past that comes all at once proves nothing of its voter."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from builders import NOW, a_listing
from polls import DAY, HERE, at, grown_ups, know, weigh
from vote_builders import a_vote
from zhengpin.domain.vote import Target, TargetKind, Vote
from zhengpin.reputation.trust import solve_trust
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.call import Call
from zhengpin.usecases.cast_votes import CastVotes

GOODS = [Target(TargetKind.PRODUCT, f"gtin:{n}") for n in range(10)]


@pytest.fixture
def market(store: Store) -> Store:
    """Ten products, and who may speak of them."""
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(target.key, images=()), target.key) for target in GOODS], NOW)
    know(store, grown_ups(2))
    return store


def history(voter_id: str, *, cast_every: timedelta) -> list[Vote]:
    """A vote on each of the goods, the last one an hour ago."""
    moments = [NOW - timedelta(hours=1) - n * cast_every for n in reversed(range(len(GOODS)))]
    return [
        a_vote(f"{voter_id} on {target.key}", voter_id=voter_id, target=target, cast_at=moment)
        for target, moment in zip(GOODS, moments, strict=True)
    ]


def cast(store: Store, votes: list[Vote], *, imported: bool = False) -> None:
    call = Call(HERE, "CastVotes", str(uuid4()))
    assert CastVotes(store, at(NOW), time_ordered_id)(call, votes, imported=imported) == [None] * len(votes)


def trust(store: Store) -> dict[str, float]:
    with store.read(HERE) as reader:
        return {voter_id: each.trust for voter_id, each in reader.voters.trust(["voter-0", "voter-1"]).items()}


def test_who_tells_of_two_years_at_once_is_trusted_as_one_who_voted_within_two_days(market: Store) -> None:
    cast(market, history("voter-0", cast_every=70 * DAY))
    told = trust(market)["voter-0"]
    weigh(market, solve=solve_trust)
    assert [told, trust(market)["voter-0"]] == pytest.approx([0.149, 0.149], abs=0.001)


def test_what_is_imported_from_records_is_believed_to_be_as_old_as_it_says(market: Store) -> None:
    cast(market, history("voter-0", cast_every=70 * DAY), imported=True)
    told = trust(market)["voter-0"]
    weigh(market, solve=solve_trust)
    assert [told, trust(market)["voter-0"]] == pytest.approx([0.463, 0.463], abs=0.001)


def test_what_is_told_in_time_counts_from_when_it_was_cast(market: Store) -> None:
    cast(market, history("voter-0", cast_every=timedelta(hours=5)))
    cast(market, history("voter-1", cast_every=timedelta(hours=5)), imported=True)
    told = trust(market)
    assert told["voter-1"] > told["voter-0"], "the second agrees with the first"
    with market.read(HERE) as reader:
        assert {vote.told_late for vote in reader.weighing.votes_behind(None, 100)} == {0.0}


def test_however_late_a_vote_is_told_it_stands_where_it_was_cast(market: Store) -> None:
    old, new = (
        a_vote(key, voter_id="voter-0", target=GOODS[0], cast_at=NOW - days * DAY)
        for key, days in (("old", 500), ("new", 100))
    )
    cast(market, [new])
    cast(market, [old])
    with market.read(HERE) as reader:
        (current,) = reader.weighing.votes_behind(None, 100)
    assert (current.vote_id, current.cast_at, current.told_late) == ("new", NOW - 100 * DAY, 98 * 86_400.0)


def test_the_log_keeps_when_a_vote_was_told_and_whether_it_was_imported(market: Store) -> None:
    cast(market, [a_vote("cast", voter_id="voter-0", target=GOODS[0])])
    cast(market, [a_vote("imported", voter_id="voter-1", target=GOODS[0], cast_at=NOW - 9 * DAY)], imported=True)
    with market._engine.connect() as connection:
        rows = connection.execute(text("SELECT vote_id, imported, received_at FROM votes ORDER BY number")).all()
    assert [(row.vote_id, row.imported, str(row.received_at)[:10]) for row in rows] == [
        ("cast", 0, str(NOW.date())),
        ("imported", 1, str(NOW.date())),
    ]
