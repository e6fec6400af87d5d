"""Group commit: units of work that come together share one transaction, and stay or fall each for itself."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from builders import NOW, a_supplier, a_verdict
from zhengpin.errors import Unavailable
from zhengpin.storage import Store
from zhengpin.storage.commits import LARGE

HERE = "here"


class Interrupted(Exception):
    """Something went wrong within a unit of work."""


@pytest.fixture
def store(store: Store) -> Store:
    """A store whose transactions take in more units however slow the machine is."""
    store._commits._most_seconds = 60.0
    return store


@contextmanager
def counted_commits(store: Store) -> Iterator[list[int]]:
    """Count the commits of the store's database."""
    commits = [0]

    def count(_connection: object) -> None:
        commits[0] += 1

    event.listen(store._engine, "commit", count)
    yield commits
    event.remove(store._engine, "commit", count)


def store_supplier(store: Store, name: str, items: int = 1) -> None:
    with store.begin(HERE, items) as unit:
        unit.suppliers.upsert_many([a_supplier(name)], NOW)


def fail(store: Store, name: str) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier(name)], NOW)
        raise Interrupted


def queued(store: Store, pool: ThreadPoolExecutor, *tasks: tuple[object, ...]) -> list[Future[None]]:
    """Put units of work into the queue in this order, while the turn is another's."""
    futures: list[Future[None]] = []
    for work, *arguments in tasks:
        waiting = len(store._commits._queue)
        futures.append(pool.submit(work, store, *arguments))  # type: ignore[arg-type]
        while len(store._commits._queue) == waiting:
            pass
    return futures


def stored(store: Store) -> set[str]:
    with store.read(HERE) as reader:
        return set(reader.suppliers.find_many([f"s{number}" for number in range(10)]))


def test_units_that_queue_share_one_commit(store: Store) -> None:
    with counted_commits(store) as commits, ThreadPoolExecutor(4) as pool:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            tasks = queued(store, pool, *((store_supplier, f"s{number}") for number in (1, 2, 3)))
        for task in tasks:
            task.result()
        assert commits == [1]
    assert stored(store) == {"s0", "s1", "s2", "s3"}


def test_nobody_is_answered_before_the_commit(store: Store) -> None:
    left = threading.Event()

    def first() -> None:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            started.set()
            go_on.wait()
        left.set()

    def second() -> None:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s1")], NOW)
            assert not left.wait(0.1)
            assert stored(store) == set()

    started, go_on = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first)
        started.wait()
        two = queued(store, pool, (lambda _: second(),))
        go_on.set()
        one.result()
        two[0].result()
    assert stored(store) == {"s0", "s1"}


def test_a_unit_that_fails_takes_back_its_own_part_only(store: Store) -> None:
    with counted_commits(store) as commits, ThreadPoolExecutor(4) as pool:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            tasks = queued(store, pool, (store_supplier, "s1"), (fail, "s2"), (store_supplier, "s3"))
        tasks[0].result()
        with pytest.raises(Interrupted):
            tasks[1].result()
        tasks[2].result()
        assert commits == [1]
    assert stored(store) == {"s0", "s1", "s3"}


def test_a_first_unit_that_fails_takes_nobody_with_it(store: Store) -> None:
    tasks: list[Future[None]] = []

    def queue_another_and_fail() -> None:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            tasks.extend(queued(store, pool, (store_supplier, "s1")))
            raise Interrupted

    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(Interrupted):
            queue_another_and_fail()
        tasks[0].result()
    assert stored(store) == {"s1"}


def test_when_the_commit_fails_everyone_who_shared_it_is_told(store: Store) -> None:
    def refuse(_connection: object) -> None:
        raise OSError("the disk is gone")

    tasks: list[Future[None]] = []

    def queue_another() -> None:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            tasks.extend(queued(store, pool, (store_supplier, "s1")))

    event.listen(store._engine, "commit", refuse)
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(Unavailable, match="could not commit: the disk is gone"):
            queue_another()
        with pytest.raises(Unavailable, match="could not commit: the disk is gone"):
            tasks[0].result()
    event.remove(store._engine, "commit", refuse)
    assert stored(store) == set()
    store_supplier(store, "s2")
    assert stored(store) == {"s2"}


def test_a_large_unit_keeps_no_small_one_waiting(store: Store) -> None:
    with counted_commits(store) as commits, ThreadPoolExecutor(3) as pool:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            tasks = queued(store, pool, (store_supplier, "s1", LARGE), (store_supplier, "s2"))
        for task in tasks:
            task.result()
        assert commits == [3]
    assert stored(store) == {"s0", "s1", "s2"}


def test_another_marketplace_gets_a_transaction_of_its_own(store: Store) -> None:
    def elsewhere(_store: Store) -> None:
        with store.begin("elsewhere") as unit:
            unit.verdicts.add_many([a_verdict()])

    with counted_commits(store) as commits, ThreadPoolExecutor(2) as pool:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            tasks = queued(store, pool, (elsewhere,), (store_supplier, "s1"))
        for task in tasks:
            task.result()
        assert commits == [3]
    assert stored(store) == {"s0", "s1"}


def test_one_that_loses_patience_leaves_the_queue_and_the_others_go_on(database_url: str) -> None:
    store = Store(database_url, patience=0.05)
    with ThreadPoolExecutor(2) as pool:
        with store.begin(HERE) as unit:
            unit.suppliers.upsert_many([a_supplier("s0")], NOW)
            (task,) = queued(store, pool, (store_supplier, "s1"))
            with pytest.raises(Unavailable, match=r"waited 0\.05 s"):
                task.result()
        store_supplier(store, "s2")
    assert stored(store) == {"s0", "s2"}
    store.close()
