"""The index of a large register is made by one thread, aside from those who ask; a small one is there at once."""

import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import event

from builders import NOW, a_brand, a_listing
from snapshot_reads import HERE, snapshot
from zhengpin.domain.snapshot import Snapshot, SnapshotQuery
from zhengpin.storage import Store
from zhengpin.storage.register_index import MOST_AT_ONCE

PATIENCE = 60
"""Seconds after which a thread counts as stuck."""
NAMES = ("Boreal", *(f"Kettle Maker {number}" for number in range(MOST_AT_ONCE)))


def tell(store: Store, *names: str) -> None:
    with store.begin(HERE, len(names)) as unit:
        unit.brands.upsert_many([a_brand(name, name=name) for name in names], NOW)


def imitated(store: Store, name: str) -> Snapshot:
    return snapshot(store, SnapshotQuery(a_listing(brand=name)))


def indexing() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "register index"]


@contextmanager
def held(store: Store) -> Generator[list[str]]:
    """Keep an index from being made until the end, and tell who set about it; at the end it is ready."""
    let_go, begun = threading.Event(), list[str]()

    def wait(_connection: object) -> None:
        name = threading.current_thread().name
        if name == "register index":
            begun.append(name)
            assert let_go.wait(PATIENCE)

    event.listen(store._engine, "begin", wait)
    try:
        yield begun
    finally:
        let_go.set()
        for thread in indexing():
            thread.join(PATIENCE)
        event.remove(store._engine, "begin", wait)


def test_a_large_register_is_indexed_once_and_whoever_asks_meanwhile_is_answered_without_look_alikes(
    store: Store,
) -> None:
    tell(store, *NAMES)
    with held(store) as begun, ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(imitated, store, "Borael") for _ in range(4)]
        assert [each.result(PATIENCE).look_alikes_known for each in asked] == [False] * 4
        assert len(indexing()) == 1
    assert len(begun) == 1
    found = imitated(store, "Borael").look_alike
    assert found is not None
    assert found.name == "Boreal"


def test_while_a_large_register_is_indexed_anew_the_latest_index_serves(store: Store) -> None:
    tell(store, *NAMES)
    with held(store):
        imitated(store, "Borael")
    tell(store, "Zephyrine")
    with held(store):
        early = imitated(store, "Zephyrlne")
        assert (early.look_alikes_known, early.look_alike) == (True, None)
        assert imitated(store, "Borael").look_alike is not None
    assert imitated(store, "Zephyrlne").look_alike is not None


def test_a_small_register_is_indexed_at_once(store: Store) -> None:
    tell(store, *NAMES[:-1])
    with held(store) as begun:
        assert imitated(store, "Borael").look_alike is not None
    assert not begun
