"""What a simulated marketplace is written to can be imported in either form, and is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markets import a_market
from zhengpin.simulation.write import JsonLines, write_market
from zhengpin_client.importing.native import native_records, readable
from zhengpin_client.importing.sources import Source
from zhengpin_client.kinds import KINDS, Record, key_of
from zhengpin_client.mapping.apply import records_of
from zhengpin_client.mapping.columns import mapping_of_columns


def test_every_record_is_the_same_in_parquet_as_in_json_lines(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from zhengpin.simulation.parquet import ParquetFiles  # noqa: PLC0415 - needs pyarrow

    write_market(a_market(60, fakes=0.3), JsonLines(tmp_path / "lines"))
    write_market(a_market(60, fakes=0.3), ParquetFiles(tmp_path / "columns"))

    lines = sorted(key_and_bytes(of_lines(tmp_path / "lines")))
    columns = sorted(key_and_bytes(of_columns(tmp_path / "columns")))

    assert columns == lines
    assert {kind for kind, _, _ in lines} == set(KINDS)


def of_lines(folder: Path) -> Iterator[Record]:
    """What the files that are told hold."""
    for part in ("parties", "supplier_facts", "history", "listings", "trade", "votes"):
        for row in Source(folder / f"{part}.jsonl", "jsonl").rows():
            yield from native_records(readable(row), None)


def of_columns(folder: Path) -> Iterator[Record]:
    """What the files hold that are named for a kind of record."""
    for file in folder.glob("*.parquet"):
        kind = file.stem.removeprefix("history-")
        if kind in KINDS:
            source = Source(file, "parquet")
            mapping = mapping_of_columns(kind, source.columns() or (), file.name)
            for row in source.rows():
                yield from records_of(mapping, readable(row))


def key_and_bytes(records: Iterator[Record]) -> Iterator[tuple[str, str, bytes]]:
    for record in records:
        kind = next(kind.name for kind in KINDS.values() if isinstance(record, kind.message))
        yield kind, key_of(record), record.SerializeToString(deterministic=True)
