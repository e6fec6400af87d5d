"""One more vote costs the same, however many there are of its voter and on its target."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from statistics import median

import pytest

from builders import NOW
from polls import HERE, open_polls
from vote_builders import THE_KETTLE, a_current_vote, a_vote, a_voter
from zhengpin.domain.vote import Purchase, Target, TargetKind, Vote, VoteTag
from zhengpin.domain.vote_tally import CircleTally, VoteHour, VoteTally
from zhengpin.storage import Store
from zhengpin.storage.tables import metadata
from zhengpin.usecases.cast_votes import cast_votes

MANY = 20_000
HOUR = int(NOW.timestamp()) // 3600


@pytest.fixture
def polls(sqlite_url: str) -> Iterator[Store]:
    """A kettle, and two who may speak of it."""
    store = Store(sqlite_url)
    open_polls(store, [a_voter("busy", invited_by="aunt"), a_voter("fresh", invited_by="aunt")])
    yield store
    store.close()


def a_full_vote(number: int, **changes: object) -> Vote:
    """A vote that has everything: it warns of a fake, names an order, and takes the place of another."""
    return a_vote(
        f"vote {number}",
        voter_id="busy",
        recommends=False,
        tags=(VoteTag.FAKE,),
        text="绝对是假货!",
        purchase=Purchase("order-1"),
        cast_at=NOW + timedelta(minutes=number),
        **changes,
    )


def a_history(store: Store) -> None:
    """Very many votes of the busy voter, very many on the kettle, and very many of the voter's circle."""
    elsewhere = [Target(TargetKind.ORIGIN, f"place{number}") for number in range(MANY)]
    with store.begin(HERE, MANY) as unit:
        unit.votes.add_many([a_vote(each.key, voter_id="busy", target=each) for each in elsewhere], NOW, imported=False)
        unit.current_votes.put_many([a_current_vote("busy", target=each) for each in elsewhere])
        unit.votes.add_many(
            [a_vote(f"of {n}", voter_id=f"voter {n}", text="好") for n in range(MANY)], NOW, imported=False
        )
        unit.current_votes.put_many([a_current_vote(f"voter {n}", circle="aunt") for n in range(MANY)])
        unit.vote_tallies.put_many({THE_KETTLE: VoteTally(MANY, 0, MANY, 0, 9.0, 0.0, 1, 9.0, 9.0)})
        unit.vote_tallies.put_circles({(THE_KETTLE, "aunt"): CircleTally(MANY, 0, 9.0, 0.0)})
        hours = [VoteHour(HOUR - 30 * 24 - n, 3, 1) for n in range(MANY)]
        unit.vote_tallies.add_hours({THE_KETTLE: hours})


def steps_of(store: Store, vote: Vote) -> int:
    """How many instructions of its own SQLite takes to store and count a vote, in hundreds."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    with store.begin(HERE) as unit:
        driver = unit._scope.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(step, 100)
        assert cast_votes(unit, [vote], NOW) == [None]
        driver.set_progress_handler(None, 0)
    return steps


def test_one_more_vote_costs_the_same_after_very_many(polls: Store) -> None:
    for number in range(3):
        steps_of(polls, a_full_vote(number))
    few = steps_of(polls, a_full_vote(3))
    a_history(polls)
    many = [steps_of(polls, a_full_vote(number)) for number in range(4, 7)]
    assert few > 10
    assert median(many) < 1.25 * few


def test_no_statement_of_a_vote_reads_more_than_it_needs(polls: Store) -> None:
    steps_of(polls, a_full_vote(1))
    asked: list[str] = []
    with polls.begin(HERE) as unit:
        driver = unit._scope.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
        assert cast_votes(unit, [a_full_vote(2)], NOW) == [None]
        driver.set_trace_callback(None)
    selects = [statement for statement in asked if statement.startswith(("SELECT", "WITH"))]
    assert 10 < len(selects) <= 24
    with polls._engine.connect() as connection:
        for statement in selects:
            assert "marketplace = 'here'" in statement or "(SELECT 'here'" in statement
            steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            scanned = [step for step in steps if step.startswith("SCAN") and step.split()[1] in metadata.tables]
            whole = [step for step in steps if step.endswith("(marketplace=?)") and "max(" not in statement]
            assert (scanned, whole) == ([], []), statement
