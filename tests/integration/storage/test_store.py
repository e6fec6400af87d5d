"""The store: all or nothing, one writer at a time, one state to a reader, and clear words when it can't."""

import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from builders import NOW, a_listing, a_supplier, a_verdict
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.errors import InvalidSettings, Unavailable
from zhengpin.storage import Store, UnitOfWork
from zhengpin.storage.engine import lock_marketplace

HERE = "here"
ALL = VerdictFilter()

WRITE_VERDICTS = """
import sys
from builders import NOW, a_verdict
from zhengpin.storage import Store

store = Store(sys.argv[1], patience=30.0)
for number in range(int(sys.argv[3])):
    with store.begin("here") as unit:
        unit.verdicts.add_many([a_verdict(f"{sys.argv[2]}-{number}")])
store.close()
"""


class Interrupted(Exception):
    """Something went wrong within a unit of work."""


def write_everything_then_fail(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        unit.verdicts.add_many([a_verdict()])
        raise Interrupted


def test_a_unit_of_work_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(Interrupted):
        write_everything_then_fail(store)
    with store.read(HERE) as reader:
        assert not reader.suppliers.find_many(["acme-factory"])
        assert reader.listings.find("listing-1") is None
        assert reader.verdicts.last_cursor() == 0
    with store.begin(HERE) as unit:  # and the next one may write
        unit.verdicts.add_many([a_verdict()])


def test_a_reader_sees_one_state_whatever_is_committed_meanwhile(store: Store) -> None:
    with store.read(HERE) as reader:
        assert reader.verdicts.last_cursor() == 0
        with store.begin(HERE) as unit:
            unit.verdicts.add_many([a_verdict()])
        assert reader.verdicts.last_cursor() == 0
        assert reader.verdicts.list(ALL, 10).verdicts == ()
    with store.read(HERE) as reader:
        assert reader.verdicts.last_cursor() == 1


def test_a_cursor_misses_nothing_while_several_threads_and_processes_write(store: Store, database_url: str) -> None:
    writers, units = 2, 8
    seen: list[str] = []
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_VERDICTS, database_url, f"process-{number}", str(units)],
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for number in range(writers)
    ]

    def write(name: str) -> None:
        for number in range(units):
            with store.begin(HERE) as unit:
                unit.verdicts.add_many([a_verdict(f"{name}-{number}", listing_id=f"listing-{number}")])

    def follow(cursor: int) -> int:
        with store.read(HERE) as reader:
            found, reached = reader.verdicts.after(cursor, ALL, 7)
        seen.extend(verdict.verdict_id for verdict in found)
        return reached

    cursor = 0
    with ThreadPoolExecutor(writers) as pool:
        tasks = [pool.submit(write, f"thread-{number}") for number in range(writers)]
        while not all(task.done() for task in tasks) or any(process.poll() is None for process in processes):
            cursor = follow(cursor)
            time.sleep(0.01)
        for task in tasks:
            task.result()
    assert [process.wait() for process in processes] == [0] * writers
    for _ in range(2 * writers * units):
        cursor = follow(cursor)
    kinds = [f"{kind}-{number}" for kind in ("thread", "process") for number in range(writers)]
    assert sorted(seen) == sorted(f"{kind}-{number}" for kind in kinds for number in range(units))
    assert cursor == len(seen)


def test_of_units_of_work_that_find_no_answer_to_one_request_exactly_one_is_committed(store: Store) -> None:
    start = threading.Barrier(4)

    def answer(number: int) -> str:
        start.wait()
        with store.begin(HERE) as unit:
            if unit.requests.find("Upsert", "id") is not None:
                return ""
            unit.suppliers.upsert_many([a_supplier(f"supplier-{number}")], NOW)
            unit.requests.add("Upsert", "id", "digest", str(number).encode(), NOW)
        return str(number)

    with ThreadPoolExecutor(4) as pool:
        (stored,) = [each for each in pool.map(answer, range(4)) if each]
    with store.read(HERE) as reader:
        found = reader.requests.find("Upsert", "id")
        assert found is not None
        assert found.answer == stored.encode()
        assert list(reader.suppliers.find_many([f"supplier-{number}" for number in range(4)])) == [f"supplier-{stored}"]


def test_who_waits_too_long_for_its_turn_within_the_process_is_told_to_come_back(database_url: str) -> None:
    store = Store(database_url, patience=0.05)
    with store.begin(HERE), pytest.raises(Unavailable, match=r"waited 0\.05 s for its turn"), store.begin("elsewhere"):
        pytest.fail("two units of work write at once")
    store.close()


def test_who_waits_too_long_for_another_process_is_told_to_come_back(database_url: str) -> None:
    store, other = Store(database_url, patience=0.05), Store(database_url)
    with other.begin(HERE), pytest.raises(Unavailable, match="busy"), store.begin(HERE):
        pytest.fail("two processes write at once")
    with store.begin(HERE) as unit:
        unit.streams.advance("stream", 1, NOW)
    store.close()
    other.close()


def test_readers_are_not_kept_waiting_by_a_writer(database_url: str) -> None:
    store = Store(database_url, patience=0.05)
    with store.begin(HERE) as unit:
        unit.streams.advance("stream", 1, NOW)
        with store.read(HERE) as reader:
            assert reader.streams.committed_offset("stream") == 0
    store.close()


def test_a_transaction_that_outlives_the_store_closes_its_connection(database_url: str) -> None:
    store = Store(database_url)
    with store.read(HERE) as reader:
        store.close()
        assert reader.verdicts.last_cursor() == 0
        driver = reader._scope.connection.connection.dbapi_connection
    assert driver is not None
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        driver.cursor().execute("SELECT 1")
    store.close()


def test_more_readers_than_connections_are_told_to_come_back(database_url: str) -> None:
    store = Store(database_url, pool_size=1, patience=0.05)
    with store.read(HERE), store.read(HERE):
        if database_url.startswith("sqlite"):  # a file has no server whose connections could run out
            with store.read(HERE) as reader:
                assert reader.verdicts.last_cursor() == 0
        else:
            with pytest.raises(Unavailable, match="no connection became free"), store.read(HERE):
                pytest.fail("there are more connections than the pool has")
    store.close()


@pytest.mark.needs_postgres
def test_marketplaces_do_not_wait_for_one_another_between_processes_on_postgres(postgres_url: str) -> None:
    store = Store(postgres_url, patience=0.05)
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        lock_marketplace(connection, "elsewhere", 1.0)
        with store.begin(HERE) as unit:
            unit.streams.advance("stream", 1, NOW)
    engine.dispose()
    store.close()


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    def write(unit: UnitOfWork) -> None:
        unit.suppliers.upsert_many([a_supplier()], NOW.replace(tzinfo=None))

    with pytest.raises(Exception, match="has no time zone"), store.begin(HERE) as unit:
        write(unit)


def test_an_open_store_answers_and_a_closed_one_opens_again(store: Store) -> None:
    assert store.current_revision()
    store.close()
    assert store.current_revision()


def test_sqlite_keeps_what_was_committed_through_a_power_cut(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with store._engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1}
    store.close()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("sqlite:///{folder}/absent/zhengpin.db", "there is no folder {folder}/absent; make it first"),
        ("sqlite:///{folder}", "it is a folder; name a file"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://localhost/zhengpin", "the database can't be mysql"),
        ("postgresql://localhost/zhengpin", r"use sqlite:///path or postgresql\+psycopg://"),
        ("not a url", "can't be read"),
    ],
)
def test_a_url_that_can_not_be_opened_is_refused_at_once(tmp_path: Path, url: str, problem: str) -> None:
    with pytest.raises(InvalidSettings, match=problem.format(folder=tmp_path)):
        Store(url.format(folder=tmp_path))


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, this is not a database. " * 100)
    store = Store(f"sqlite:///{path}")
    with pytest.raises(InvalidSettings, match=f"{path} can't be used: file is not a database: .* name another file"):
        store.current_revision()
    store.close()


def test_a_file_that_can_not_be_written_is_named_with_what_to_do() -> None:
    store = Store("sqlite:////proc/zhengpin.db")  # nobody makes files there, not even root
    with pytest.raises(InvalidSettings, match=r"/proc/zhengpin\.db can't be used: .* let this user write to it"):
        store.migrate()
    store.close()


def test_a_postgres_that_is_away_is_unavailable(tmp_path: Path) -> None:
    store = Store(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(Unavailable, match="away"):
        store.current_revision()
    store.close()
