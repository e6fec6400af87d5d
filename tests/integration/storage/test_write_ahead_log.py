"""SQLite's write-ahead log is copied into the file beside the commits."""

from __future__ import annotations

import shutil
from pathlib import Path

from builders import NOW
from zhengpin.storage.store import Store
from zhengpin.storage.write_ahead_log import COPIED_AT_ALL

HERE = "default"


def _keep(store: Store, answer: bytes) -> None:
    with store.begin(HERE) as unit:
        unit.requests.add("Upsert", "first", "digest", answer, NOW)


def test_what_was_copied_is_in_the_file_itself(tmp_path: Path) -> None:
    file, alone = tmp_path / "zhengpin.db", tmp_path / "alone.db"
    store = Store(f"sqlite:///{file}")
    store.migrate()
    _keep(store, bytes(2 * COPIED_AT_ALL))
    assert file.stat().st_size < COPIED_AT_ALL, "a commit copied the log, and its caller waited"

    store.copy_log()
    shutil.copy(file, alone)  # without its log
    store.close()
    copy = Store(f"sqlite:///{alone}")
    with copy.read(HERE) as reader:
        stored = reader.requests.find("Upsert", "first")
    copy.close()
    assert stored is not None
    assert len(stored.answer) == 2 * COPIED_AT_ALL


def test_a_short_log_is_left_to_grow(tmp_path: Path) -> None:
    file = tmp_path / "zhengpin.db"
    store = Store(f"sqlite:///{file}")
    store.migrate()
    _keep(store, b"short")
    before = file.stat().st_size
    store.copy_log()
    assert file.stat().st_size == before
    store.close()


def test_nobody_waits_for_a_reader_of_the_older_state(store: Store) -> None:
    with store.read(HERE) as reader:
        assert reader.requests.find("Upsert", "first") is None
        _keep(store, bytes(2 * COPIED_AT_ALL))
        store.copy_log()
        assert reader.requests.find("Upsert", "first") is None
    with store.read(HERE) as reader:
        assert reader.requests.find("Upsert", "first") is not None
