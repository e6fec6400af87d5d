"""The same records as Parquet: a file for each kind of record, its columns named as the contract's fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhengpin.errors import InvalidSettings
from zhengpin.simulation.records import Record

try:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    from zhengpin.simulation.parquet_columns import SCHEMAS
except ImportError:
    raise InvalidSettings("Writing Parquet needs pyarrow: pip install 'zhengpin[parquet]'") from None

_ROWS_AT_ONCE = 4096
"""Kept in memory for each file, and written together."""


class ParquetFiles:
    """One file for each kind of record: `listing.parquet`; of the part `history` `history-listing.parquet`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files: dict[str, _ParquetFile] = {}

    def write(self, part: str, records: Sequence[Record]) -> None:
        """Take records of a part."""
        for record in records:
            ((kind, fields),) = record.items()
            name = f"history-{kind}" if part == "history" else kind
            if name not in self._files:
                self._files[name] = _ParquetFile(self._folder / f"{name}.parquet", SCHEMAS[kind])
            self._files[name].write(fields)

    def close(self) -> None:
        """Finish every file."""
        for file in self._files.values():
            file.close()


class _ParquetFile:
    def __init__(self, path: Path, schema: Any) -> None:
        self._schema = schema
        self._read = _reader_of_struct([(each.name, each.type) for each in schema])
        self._writer = ParquetWriter(path, schema)
        self._rows: list[Any] = []

    def write(self, fields: Any) -> None:
        self._rows.append(self._read(fields))
        if len(self._rows) == _ROWS_AT_ONCE:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows.clear()


# --- from ProtoJSON to Arrow -------------------------------------------------------------------------------------


def _reader_of(kind: Any) -> Callable[[Any], Any]:
    """How a ProtoJSON value of this Arrow type is read."""
    if pa.types.is_struct(kind):
        return _reader_of_struct([(kind[place].name, kind[place].type) for place in range(kind.num_fields)])
    if pa.types.is_list(kind):
        item = _reader_of(kind.value_type)
        return lambda value: [item(each) for each in value]
    if pa.types.is_map(kind):
        return lambda value: list(value.items())
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat
    if pa.types.is_date(kind):
        return lambda value: date(value["year"], value["month"], value["day"])
    return int if pa.types.is_integer(kind) else lambda value: value


def _reader_of_struct(columns: list[tuple[str, Any]]) -> Callable[[Any], Any]:
    readers = [(name, _camel(name), _reader_of(kind)) for name, kind in columns]

    def read(value: Any) -> Any:
        return {name: reader(value[camel]) for name, camel, reader in readers if camel in value}

    return read


def _camel(name: str) -> str:
    """The name in ProtoJSON."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
