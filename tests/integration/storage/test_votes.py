"""Votes as they lie in the store: a log that only grows, what stands, and what it adds up to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from builders import NOW
from vote_builders import THE_KETTLE, a_current_vote, a_standing, a_vote, a_voter, a_window
from zhengpin.domain.listing import Image
from zhengpin.domain.standing import Board
from zhengpin.domain.vote import Purchase, Target, TargetKind, Vote, VoteTag, WhyNotCounted
from zhengpin.domain.vote_tally import CircleTally, KnownVoter, VoteHour, VoterTrust, VoteTally
from zhengpin.storage import Store
from zhengpin.storage.standing_changes import Reached
from zhengpin.storage.standings import ListedStanding

HERE = "here"
ACME = Target(TargetKind.BRAND, "acme")
HOUR = 492_323
TRUST = VoterTrust("voter-1", 0.1 + 0.2, 3, 1.5, 2.5, 0.25, 5.0, 2.0, 1.25, 0.75, 0.9, NOW, "voter-0")


def full_vote(vote_id: str = "vote-1") -> Vote:
    return a_vote(
        vote_id,
        tags=tuple(VoteTag),
        text="好\n“quoted” 🧧",
        images=(Image("https://img.example/1.jpg", "a" * 64, 2**64 - 1),),
        purchase=Purchase("order-1", "https://r.example/1"),
        predicted_share=0.1 + 0.2,
        listing_id="listing-1",
    )


def test_a_vote_is_read_as_it_was_cast(store: Store) -> None:
    vote = full_vote()
    with store.begin(HERE) as unit:
        unit.votes.add_many([vote], NOW, imported=False)
    with store.read(HERE) as reader:
        assert reader.votes.find_many(["vote-1", "another"]) == {"vote-1": vote}


@pytest.mark.parametrize("change", ["UPDATE votes SET voter_id = 'x'", "DELETE FROM votes"])
def test_the_database_refuses_to_change_or_delete_a_vote(store: Store, database_url: str, change: str) -> None:
    with store.begin(HERE) as unit:
        unit.votes.add_many([a_vote()], NOW, imported=False)
    engine = create_engine(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="votes is append-only"):
        connection.execute(text(change))
    engine.dispose()
    with store.read(HERE) as reader:
        assert reader.votes.find_many(["vote-1"])


def test_votes_are_numbered_as_they_are_stored(store: Store) -> None:
    for page in (["b", "a"], ["c"]):
        with store.begin(HERE) as unit:
            unit.votes.add_many(
                [a_vote(each, cast_at=NOW - timedelta(days=len(each))) for each in page], NOW, imported=False
            )
    with store.read(HERE) as reader:
        assert [(number, vote.vote_id) for number, vote in reader.votes.of_voter("voter-1", 9)] == [
            (3, "c"),
            (2, "a"),
            (1, "b"),
        ]
        assert [vote.vote_id for _, vote in reader.votes.of_voter("voter-1", 1, before=3)] == ["a"]


def test_an_order_belongs_to_whoever_named_it_first(store: Store) -> None:
    with store.begin(HERE) as unit:
        assert unit.votes.claim_orders({"1": "a", "2": "b"}) == {"1": "a", "2": "b"}
        assert unit.votes.claim_orders({"1": "b", "3": "b"}) == {"1": "a", "3": "b"}


def test_whoever_comes_to_vote_is_known_with_trust_and_inviter(store: Store) -> None:
    newcomer, guest = a_voter("new"), a_voter(invited_by="owner")
    lost, owner = a_voter("lost", invited_by="nobody", banned=True), a_voter("owner", supplier_id="pots")
    with store.begin(HERE) as unit:
        unit.voters.upsert_many([newcomer, guest, lost, owner])
        unit.voters.put_trust([TRUST])
    with store.read(HERE) as reader:
        assert reader.voters.at_polls(["voter-1", "new", "lost", "stranger"]) == {
            "voter-1": KnownVoter(guest, TRUST, "pots"),
            "new": KnownVoter(newcomer),
            "lost": KnownVoter(lost),
        }
        assert reader.voters.trust(["voter-1"]) == {"voter-1": TRUST}
        everybody = [KnownVoter(lost), KnownVoter(newcomer), KnownVoter(owner), KnownVoter(guest, None, "pots")]
        assert list(reader.voters.all()) == everybody


def test_a_current_vote_takes_the_place_of_the_one_before(store: Store) -> None:
    before = a_current_vote(related=True, strength=0.06, at_most=0.2)
    after = a_current_vote(
        recommends=False, bought=True, trust=0.1 + 0.2, why_not=WhyNotCounted.DRIP, window_id="w", vote_id="again"
    )
    for vote in (before, after):
        with store.begin(HERE) as unit:
            unit.current_votes.put_many([vote])
        with store.read(HERE) as reader:
            assert reader.current_votes.find_many([(THE_KETTLE, "voter-1"), (ACME, "voter-1")]) == {
                (THE_KETTLE, "voter-1"): vote
            }


def test_the_votes_that_were_cast_last_on_a_target_are_found_the_latest_first(store: Store) -> None:
    votes = [a_current_vote(f"voter-{n}", cast_at=NOW + timedelta(hours=n)) for n in range(4)]
    with store.begin(HERE) as unit:
        unit.current_votes.put_many([*votes, a_current_vote("elsewhere", target=ACME)])
    with store.read(HERE) as reader:
        assert reader.current_votes.latest_of_target(THE_KETTLE, 3) == votes[:0:-1]


def test_a_voters_votes_are_found_and_counted_by_why_they_do_not_count(store: Store) -> None:
    burst = {"why_not": WhyNotCounted.BURST, "window_id": "window-1"}
    with store.begin(HERE) as unit:
        unit.current_votes.put_many(
            [a_current_vote(), a_current_vote(target=ACME, **burst), a_current_vote("other", **burst)]
        )
    with store.read(HERE) as reader:
        votes = reader.current_votes
        assert votes.counts_of_voter("voter-1") == {None: 1, WhyNotCounted.BURST: 1}
        assert [vote.target for vote in votes.of_voter("voter-1", None, 9)] == [THE_KETTLE]
        assert {vote.voter_id for vote in votes.of_window("window-1", WhyNotCounted.BURST, 9)} == {"voter-1", "other"}
        assert len(votes.of_window("window-1", WhyNotCounted.BURST, 1)) == 1
        assert votes.of_window("window-1", None, 9) == []
        asked = [("voter-1", None), ("other", None), ("other", WhyNotCounted.BURST), ("nobody", None)]
        assert votes.voters_with(asked) == {"voter-1", "other"}


def test_sums_are_kept_and_hours_add_up(store: Store) -> None:
    tally = VoteTally(5, 4, 3, 2, 0.1 + 0.2, 1e300, 7, 0.5, -0.25)
    circle = CircleTally(2, 1, 1e-300, 0.1 + 0.2)
    with store.begin(HERE) as unit:
        unit.vote_tallies.put_many({THE_KETTLE: VoteTally(9), ACME: VoteTally(1)})
        unit.vote_tallies.put_many({THE_KETTLE: tally})
        unit.vote_tallies.put_circles({(THE_KETTLE, "aunt"): circle})
        unit.vote_tallies.add_hours({THE_KETTLE: [VoteHour(HOUR, 2, 1), VoteHour(HOUR + 1, 1)]})
        unit.vote_tallies.add_hours({THE_KETTLE: [VoteHour(HOUR, -1, 1)], ACME: [VoteHour(HOUR, 9)]})
    with store.read(HERE) as reader:
        assert reader.vote_tallies.find_many([THE_KETTLE]) == {THE_KETTLE: tally}
        assert reader.vote_tallies.circles([(THE_KETTLE, "aunt"), (ACME, "aunt")]) == {(THE_KETTLE, "aunt"): circle}
        assert reader.vote_tallies.hours(THE_KETTLE, HOUR, HOUR + 1) == [VoteHour(HOUR, 1, 2)]
        assert reader.vote_tallies.hours(THE_KETTLE, 0, HOUR + 9) == [VoteHour(HOUR, 1, 2), VoteHour(HOUR + 1, 1)]


def test_a_target_is_alarmed_while_one_of_its_windows_waits_for_a_person(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many([a_window("1", decided_at=NOW), a_window("2"), a_window("3", target=ACME)])
        assert unit.vote_windows.alarmed([THE_KETTLE, ACME]) == {THE_KETTLE, ACME}
        unit.vote_windows.put_many([a_window("2", decided_at=NOW)])
        assert unit.vote_windows.alarmed([THE_KETTLE, ACME]) == {ACME}


def test_changes_of_boards_are_numbered_and_the_place_that_was_reached_is_kept(store: Store) -> None:
    red, black, none = Board.RED, Board.BLACK, Board.UNLISTED
    with store.begin(HERE) as unit:
        for kind in (THE_KETTLE.kind, ACME.kind):
            assert (unit.standing_changes.after(kind, 0, 9), unit.standing_changes.reached(kind)) == ([], Reached())
        unit.standing_changes.add_many([(THE_KETTLE, none, red), (ACME, none, black)], NOW)
        unit.standing_changes.add_many([(THE_KETTLE, red, none)], NOW)
        unit.standing_changes.move_to(THE_KETTLE.kind, Reached(1, "pots", "listing-1"), NOW)
    with store.read(HERE) as reader:
        changes = [
            *reader.standing_changes.after(ACME.kind, 0, 9),
            *reader.standing_changes.after(THE_KETTLE.kind, 1, 9),
        ]
        assert [(each.number, each.target, each.before, each.after) for each in changes] == [
            (2, ACME, none, black),
            (3, THE_KETTLE, red, none),
        ]
        assert len(reader.standing_changes.after(THE_KETTLE.kind, 0, 1)) == 1
        assert reader.standing_changes.reached(THE_KETTLE.kind) == Reached(1, "pots", "listing-1")
        assert reader.standing_changes.reached(ACME.kind) == Reached()


def test_a_standing_is_read_as_it_was_placed(store: Store) -> None:
    standing = a_standing(share=0.1 + 0.2, since=NOW)
    with store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(a_standing()), ListedStanding(a_standing(ACME))])
        unit.standings.put_many([ListedStanding(standing)])
        unit.standings.put_usual_shares({(TargetKind.BRAND, ""): 0.6, (TargetKind.BRAND, "tea"): 0.7}, NOW)
    with store.read(HERE) as reader:
        assert reader.standings.find_many([THE_KETTLE]) == {THE_KETTLE: standing}
        asked = [(TargetKind.BRAND, "tea"), (TargetKind.ORIGIN, "")]
        assert reader.standings.usual_shares(asked) == {(TargetKind.BRAND, "tea"): 0.7}
