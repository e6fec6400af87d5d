"""Reading CSV, JSON Lines and Parquet as streams of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from zhengpin_client.importing.csv_rows import read_csv
from zhengpin_client.importing.rows import BadRow, Problem, Row, UnusableFile

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

Progress: TypeAlias = Callable[[int], None]
"""Is told how many bytes of the file were read so far."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and how."""

    path: Path
    format: str
    """csv, jsonl or parquet."""
    encoding: str | None = None
    delimiter: str | None = None

    def columns(self) -> tuple[str, ...] | None:
        """Name the file's columns; `None` where each row has its own."""
        if self.format == "csv":
            first = next(read_csv(self.path, self.encoding, self.delimiter, lambda _: None), None)
            return tuple(first.cells) if isinstance(first, Row) else None
        return tuple(_open_parquet(self.path).schema_arrow.names) if self.format == "parquet" else None

    def rows(self, progress: Progress = lambda _: None) -> Iterator[Row | BadRow]:
        """Read row by row, in constant memory."""
        if self.format == "csv":
            return read_csv(self.path, self.encoding, self.delimiter, progress)
        if self.format == "parquet":
            return _read_parquet(self.path, progress)
        return _read_jsonl(self.path, self.encoding or "utf-8-sig", progress)


FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def open_source(path: Path, format: str | None, encoding: str | None, delimiter: str | None) -> Source:  # noqa: A002
    """Say how to read a file; the format follows from its name unless it is given."""
    if not path.is_file():
        raise UnusableFile(f"{path} is not a file: name an existing CSV, JSONL or Parquet file")
    known = format or FORMATS.get(path.suffix.lower())
    if known is None:
        raise UnusableFile(
            f"{path}: what is in it can't be told from '{path.suffix}': give --format csv, jsonl or parquet"
        )
    if encoding is not None:
        try:
            "".encode(encoding)
        except LookupError:
            raise UnusableFile(f"'{encoding}' is no encoding: try utf-8, gb18030, latin-1 or cp1252") from None
    return Source(path, known, encoding, delimiter)


def _read_jsonl(path: Path, encoding: str, progress: Progress) -> Iterator[Row | BadRow]:
    """One JSON object a line; blank lines are passed over."""
    with path.open("rb") as lines:
        read = 0
        for number, raw in enumerate(lines, start=1):
            read += len(raw)
            if raw.strip():
                yield _json_row(path.name, number, raw, encoding)
            progress(read)


def _json_row(file: str, line: int, raw: bytes, encoding: str) -> Row | BadRow:
    try:
        text = raw.decode(encoding).strip()
    except UnicodeDecodeError:
        wrong = f"not {encoding}: save the file as UTF-8, or name its encoding with --encoding"
        return BadRow(file, line, (Problem("", wrong),), raw.decode("utf-8", "backslashreplace").strip())
    try:
        cells = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"not JSON ({error}): write one JSON object on each line"
        return BadRow(file, line, (Problem("", where),), text)
    if not isinstance(cells, dict):
        return BadRow(file, line, (Problem("", "not a JSON object: write one {…} on each line"),), text)
    return Row(file, line, cells)


def _open_parquet(path: Path) -> ParquetFile:
    try:
        from pyarrow import ArrowInvalid  # noqa: PLC0415 - an extra: only who reads Parquet needs it
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError:
        raise UnusableFile("Reading Parquet needs pyarrow: pip install 'zhengpin[parquet]'") from None
    try:
        return ParquetFile(path)
    except ArrowInvalid as error:
        raise UnusableFile(f"{path} is not a Parquet file: {error}") from None


def _read_parquet(path: Path, progress: Progress) -> Iterator[Row | BadRow]:
    """Row group by row group, each in small batches."""
    file = _open_parquet(path)
    total, size = max(file.metadata.num_rows, 1), path.stat().st_size
    number = 0
    for batch in file.iter_batches(batch_size=1000):
        for cells in batch.to_pylist():
            number += 1
            yield Row(path.name, number, cells)
        progress(size * number // total)
