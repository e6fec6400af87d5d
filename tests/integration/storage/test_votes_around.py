"""What a screening knows of votes: read by target, in one statement where anybody has voted and in none elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

import pytest

from builders import KETTLE, NOW, a_brand, a_listing
from snapshot_reads import HERE, snapshot
from vote_builders import THE_KETTLE, a_current_vote, a_standing, a_window
from votes_around import a_voter_mix
from zhengpin.domain.fake_vote import FakeVote
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.standing import Board
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_window import WindowDecision
from zhengpin.domain.votes_around import NO_FAKE_WORDS, FakeWords, VotesAround, VotesOn
from zhengpin.storage import Store
from zhengpin.storage.standings import ListedStanding

QUERY = SnapshotQuery(a_listing(), KETTLE, frozenset({"acme"}))
SAID = FakeWords(6, 2.4, ("绝对是假货!", "It's a fake."))
SAID_HERE = FakeWords(1, 0.5)


def put(store: Store, *targets: Target) -> None:
    with store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(a_standing(target)) for target in targets])


def around(store: Store, query: SnapshotQuery = QUERY) -> VotesAround | None:
    return snapshot(store, query).votes


def statements(store: Store, queries: Sequence[SnapshotQuery]) -> list[str]:
    """What SQLite is asked for a page of snapshots."""
    asked: list[str] = []
    with store.read(HERE) as reader:
        driver = reader._scope.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
        reader.snapshots.read_many(queries, NOW)
        driver.set_trace_callback(None)
    return [each for each in asked if each.startswith(("SELECT", "WITH"))]


def test_nobody_has_voted(store: Store) -> None:
    assert around(store) is None
    put(store, Target(TargetKind.PRODUCT, "another"))
    assert around(store) is None


def test_each_target_of_a_listing_is_found_by_its_key(store: Store) -> None:
    listing = a_listing(factory_id="factory-7", origin_place=" 义乌 ")
    targets = [
        THE_KETTLE,
        Target(TargetKind.BRAND, "acme-brand"),
        Target(TargetKind.FACTORY, "factory-7"),
        Target(TargetKind.ORIGIN, "义乌"),
    ]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand("acme-brand")], NOW)
    put(store, *targets)
    found = around(store, SnapshotQuery(listing, KETTLE, frozenset({"acme"})))
    assert found is not None
    assert {kind: votes.standing.target for kind, votes in found.on.items()} == {each.kind: each for each in targets}


def test_goods_whose_product_cant_be_told_are_voted_on_by_their_listing(store: Store) -> None:
    put(store, Target(TargetKind.PRODUCT, "listing:listing-1"))
    assert around(store, SnapshotQuery(a_listing(), "")) is not None
    assert around(store, SnapshotQuery(a_listing("listing-2"), "")) is None


@pytest.mark.parametrize(
    ("own", "product", "seen"),
    [
        (Board.BLACK, None, Board.BLACK),
        (Board.BLACK, Board.RED, Board.BLACK),
        (Board.UNLISTED, Board.RED, Board.RED),
        (Board.RED, Board.BLACK, Board.BLACK),
    ],
)
def test_a_listing_keeps_the_votes_on_itself_when_it_names_a_product(
    store: Store, own: Board, product: Board | None, seen: Board
) -> None:
    itself = Target(TargetKind.PRODUCT, "listing:listing-1")
    with store.begin(HERE) as unit:
        unit.standings.put_many([ListedStanding(a_standing(itself, board=own))])
        unit.fake_votes.put_words(itself, {"": SAID, "listing-1": SAID_HERE})
        if product is not None:
            unit.standings.put_many([ListedStanding(a_standing(board=product))])
    found = around(store)
    assert found is not None
    assert found.on[TargetKind.PRODUCT].standing.board is seen
    assert found.on_listing == SAID_HERE
    other = around(store, SnapshotQuery(a_listing("listing-2"), KETTLE))
    assert (other is None) == (product is None)


def test_voters_words_and_undecided_windows_come_with_the_standing(store: Store) -> None:
    put(store, THE_KETTLE)
    decided = a_window("window-2", decision=WindowDecision.LIFTED, decided_at=NOW)
    undecided = a_window("window-1", raised_at=NOW - timedelta(hours=1))
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many([undecided, decided, a_window("window-3")])
        unit.voter_mixes.put_many({THE_KETTLE: a_voter_mix()})
        unit.fake_votes.put_words(THE_KETTLE, {"": SAID, "listing-1": SAID_HERE})
    votes = VotesOn(a_standing(), (undecided, a_window("window-3")), a_voter_mix(), SAID)
    assert around(store) == VotesAround({TargetKind.PRODUCT: votes}, SAID_HERE)
    elsewhere = around(store, SnapshotQuery(a_listing("listing-2"), KETTLE))
    assert elsewhere == VotesAround({TargetKind.PRODUCT: votes}, NO_FAKE_WORDS)


def test_what_changes_is_seen_though_the_process_remembers(store: Store) -> None:
    put(store, THE_KETTLE)
    assert around(store) == VotesAround({TargetKind.PRODUCT: VotesOn(a_standing())})
    with store.begin(HERE) as unit:
        unit.vote_windows.put_many([a_window()])
    assert around(store) == VotesAround({TargetKind.PRODUCT: VotesOn(a_standing(), (a_window(),))})
    with store.begin(HERE) as unit:
        unit.fake_votes.put_words(THE_KETTLE, {"": SAID})
    assert around(store) == VotesAround({TargetKind.PRODUCT: VotesOn(a_standing(), (a_window(),), None, SAID)})


def test_a_page_costs_one_statement_more_where_anybody_has_voted_and_then_none(sqlite_url: str) -> None:
    store, later = Store(sqlite_url), Store(sqlite_url)
    page = [SnapshotQuery(a_listing(f"listing-{number}"), KETTLE) for number in range(5)]
    before = len(statements(store, page))
    warm = len(statements(store, page))
    put(store, THE_KETTLE)
    assert len(statements(later, page)) == before + 1
    assert len(statements(later, page)) == warm
    for each in (store, later):
        each.close()


def test_fake_votes_count_while_they_stand(store: Store) -> None:
    seats = [(THE_KETTLE, "voter-1"), (THE_KETTLE, "voter-2")]
    said = [
        FakeVote(THE_KETTLE, "voter-1", "listing-1", NOW - timedelta(days=1), "绝对是假货!"),
        FakeVote(THE_KETTLE, "voter-2", "", NOW, ""),
    ]
    with store.begin(HERE) as unit:
        unit.current_votes.put_many([a_current_vote("voter-1", circle="c"), a_current_vote("voter-2")])
        assert unit.fake_votes.replace(seats, said) == {THE_KETTLE}
    with store.read(HERE) as reader:
        newest, oldest = reader.fake_votes.counted(THE_KETTLE)
        assert (newest.listing_id, newest.sentence) == ("", "")
        assert (oldest.listing_id, oldest.sentence, oldest.circle) == ("listing-1", "绝对是假货!", "c")
    with store.begin(HERE) as unit:
        assert unit.fake_votes.replace(seats, said[1:]) == {THE_KETTLE}
        assert [each.sentence for each in unit.fake_votes.counted(THE_KETTLE)] == [""]
        assert unit.fake_votes.replace(seats[:1], []) == set()


def test_words_on_listings_that_nobody_calls_fake_any_more_are_gone(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.fake_votes.put_words(THE_KETTLE, {"": SAID, "listing-1": SAID_HERE})
        unit.fake_votes.put_words(THE_KETTLE, {"": SAID_HERE})
    with store.read(HERE) as reader:
        assert reader.fake_votes.words([THE_KETTLE]) == {(THE_KETTLE, ""): SAID_HERE}
        assert reader.fake_votes.called_fake([THE_KETTLE, Target(TargetKind.BRAND, "acme")]) == {THE_KETTLE}
