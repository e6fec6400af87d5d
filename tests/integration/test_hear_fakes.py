"""Votes that call the goods fake are heard as they are cast, and count for as long as they stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from builders import KETTLE, NOW, a_listing
from snapshot_reads import HERE
from vote_builders import THE_KETTLE, a_current_vote, a_vote, a_voter
from zhengpin.domain.vote import Target, TargetKind, Vote, VoteTag, WhyNotCounted
from zhengpin.domain.votes_around import FakeWords
from zhengpin.reputation.weights import weight
from zhengpin.storage import Store
from zhengpin.storage.fake_votes import MOST_HEARD
from zhengpin.usecases.cast_votes import cast_votes
from zhengpin.usecases.hear_fakes import count_fakes, fake_vote, hear_fakes


def a_warning(voter: str = "voter-1", text: str = "", **changes: Any) -> Vote:
    ordinary: dict[str, Any] = {"voter_id": voter, "recommends": False, "tags": (), "text": text}
    return a_vote(f"vote-of-{voter}", **{**ordinary, **changes})


def cast(store: Store, *votes: Vote, trust: float = 1.0) -> None:
    """Have votes stand that count half a vote each, and hear them."""
    standing = [
        a_current_vote(vote.voter_id, vote_id=vote.vote_id, strength=0.15, trust=trust, cast_at=vote.cast_at)
        for vote in votes
    ]
    with store.begin(HERE) as unit:
        unit.current_votes.put_many(standing)
        hear_fakes(unit, votes, fake_vote, NOW)


def _near(value: float) -> float:
    return pytest.approx(value)  # type: ignore[return-value]


def words(store: Store) -> dict[str, FakeWords]:
    with store.read(HERE) as reader:
        return {listing_id: each for (_, listing_id), each in reader.fake_votes.words([THE_KETTLE]).items()}


def test_a_vote_that_is_cast_is_heard_at_once(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), KETTLE)], NOW)
        unit.voters.upsert_many([a_voter()])
        assert cast_votes(unit, [a_warning("voter-1", "绝对是假货!", listing_id="listing-1")], NOW) == [None]
        (vote,) = unit.current_votes.find_many([(THE_KETTLE, "voter-1")]).values()
    said = FakeWords(1, _near(weight(vote.strength, vote.trust, vote.at_most)), ("绝对是假货!",))
    assert words(store) == {"": said, "listing-1": said}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("物流很快。绝对是假货!", "绝对是假货!"),
        ("It is a fake. Don't buy.", "It is a fake."),
        ("É falso, não comprem", "É falso, não comprem"),
    ],
)
def test_a_warning_that_calls_the_goods_fake_is_quoted(text: str, sentence: str) -> None:
    heard = fake_vote(a_warning(text=text))
    assert heard is not None
    assert heard.sentence == sentence


@pytest.mark.parametrize("text", ["不是假货，就是贵", "是假货吗？", "如果是假货就退", "质量太差", ""])
def test_denials_questions_and_cases_call_nothing_fake(text: str) -> None:
    assert fake_vote(a_warning(text=text)) is None


def test_a_ticked_reason_counts_unless_the_words_say_otherwise() -> None:
    ticked = fake_vote(a_warning(tags=(VoteTag.FAKE,), text="太贵"))
    assert ticked is not None
    assert ticked.sentence == ""
    assert fake_vote(a_warning(tags=(VoteTag.FAKE,), text="鉴定过了，是正品")) is None


def test_who_recommends_calls_nothing_fake() -> None:
    assert fake_vote(a_vote(recommends=True, tags=(VoteTag.FAKE,), text="绝对是假货!")) is None


def test_votes_add_up_for_the_product_and_for_each_listing(store: Store) -> None:
    cast(
        store,
        a_warning("voter-1", "绝对是假货!", listing_id="listing-1"),
        a_warning("voter-2", "It is a fake.", listing_id="listing-2", cast_at=NOW - timedelta(days=180)),
        a_warning("voter-3", tags=(VoteTag.FAKE,)),
        a_warning("voter-4", "太贵"),
    )
    assert words(store) == {
        "": FakeWords(3, _near(1.25), ("绝对是假货!", "It is a fake.")),
        "listing-1": FakeWords(1, _near(0.5), ("绝对是假货!",)),
        "listing-2": FakeWords(1, _near(0.25), ("It is a fake.",)),
    }


def test_who_takes_it_back_is_heard_no_more(store: Store) -> None:
    cast(store, a_warning("voter-1", "绝对是假货!", listing_id="listing-1"))
    cast(store, a_warning("voter-1", "搞错了，是正品，只是贵"))
    assert words(store) == {"": FakeWords()}


def test_a_vote_that_never_stood_is_not_heard(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), KETTLE)], NOW)
        unit.voters.upsert_many([a_voter()])
        unit.current_votes.put_many([a_current_vote("voter-1", cast_at=NOW + timedelta(days=1))])
        assert cast_votes(unit, [a_warning("voter-1", "绝对是假货!")], NOW) == [None]
    assert words(store) == {}


def test_a_vote_that_is_left_out_is_heard_again_once_it_counts(store: Store) -> None:
    cast(store, a_warning("voter-1", "绝对是假货!"))
    left_out = a_current_vote("voter-1", why_not=WhyNotCounted.BURST)
    for standing, left in ((left_out, {"": 0.0}), (a_current_vote("voter-1", strength=0.3, trust=0.4), {"": 0.4})):
        with store.begin(HERE) as unit:
            unit.current_votes.put_many([standing])
            count_fakes(unit, {THE_KETTLE, Target(TargetKind.BRAND, "acme")}, NOW)
        assert {listing_id: each.weight for listing_id, each in words(store).items()} == left


def test_very_many_votes_that_weigh_next_to_nothing_silence_nobody(store: Store) -> None:
    cast(store, a_warning("honest", "绝对是假货!", listing_id="listing-1", cast_at=NOW - timedelta(days=1)))
    crowd = [a_warning(f"new-{number}", tags=(VoteTag.FAKE,)) for number in range(2 * MOST_HEARD)]
    cast(store, *crowd[:MOST_HEARD], trust=0.0001)
    cast(store, *crowd[MOST_HEARD:])
    with store.begin(HERE) as unit:
        banned = [a_current_vote(vote.voter_id, why_not=WhyNotCounted.BANNED) for vote in crowd[MOST_HEARD:]]
        unit.current_votes.put_many(banned)
        count_fakes(unit, {THE_KETTLE}, NOW)
    assert words(store)["listing-1"].quotes == ("绝对是假货!",)
    assert words(store)[""].votes == MOST_HEARD
