"""CSV as it comes: any encoding, any of the usual delimiters, a byte order mark, stray quotes."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from zhengpin_client.importing.rows import BadRow, Problem, Row, UnusableFile

_DELIMITERS = ",;\t|"
_MOST_CHARACTERS = 1024 * 1024
"""Of one cell; a longer one is a quote that was never closed."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class _Lines:
    """A file's lines, with those of the row in hand kept, so that a broken row gives back all but its first line."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._given_back: deque[str] = deque()
        self._in_hand: list[str] = []
        self.line = 0
        """The number of the last line that was handed out."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else self._text.readline()
        if not line:
            raise StopIteration
        self.line += 1
        self._in_hand.append(line)
        return line

    def begin_row(self) -> None:
        """Start a new row at the next line."""
        self._in_hand = []

    def give_back_all_but_first(self) -> str:
        """Let the row in hand be its first line alone; the others are read again. Returns that first line."""
        first, *rest = self._in_hand
        self._given_back.extendleft(reversed(rest))
        self.line -= len(rest)
        return first.rstrip("\r\n")


def read_csv(
    path: Path, encoding: str | None, delimiter: str | None, progress: Callable[[int], None]
) -> Iterator[Row | BadRow]:
    """Read a CSV file with a header; a row that can't be read is named and the next one is read."""
    encoding = encoding or _encoding_of(path)
    csv.field_size_limit(_MOST_CHARACTERS)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding, errors="surrogateescape", newline="") as text:
        lines = _Lines(text)
        try:
            columns, separator = _header(lines, path, delimiter)
            while (row := _next_row(lines, columns, separator, path.name, encoding)) is not None:
                yield row
                progress(raw.tell())
        except UnicodeError as error:
            raise UnusableFile(f"{path} is not {encoding} ({error}): name its encoding with --encoding") from None


def _encoding_of(path: Path) -> str:
    """UTF-8, unless the file begins with the mark of another."""
    with path.open("rb") as raw:
        start = raw.read(4)
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


def _header(lines: _Lines, path: Path, delimiter: str | None) -> tuple[list[str], str]:
    """The columns' names and the delimiter, sniffed from the header unless it is given."""
    first = next(lines, "")
    if not first.strip():
        raise UnusableFile(f"{path} is empty: its first line must name the columns")
    separator = delimiter or max(_DELIMITERS, key=first.count)
    columns = [name.strip() for name in next(csv.reader([first], delimiter=separator))]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise UnusableFile(f"{path}: the columns {', '.join(map(repr, twice))} stand twice in the header: rename one")
    return columns, separator


def _next_row(lines: _Lines, columns: list[str], separator: str, file: str, encoding: str) -> Row | BadRow | None:
    """The next row that isn't blank; `None` at the end of the file."""
    while True:
        lines.begin_row()
        start = lines.line + 1
        try:
            cells = next(csv.reader(lines, delimiter=separator, strict=True))
        except StopIteration:
            return None
        except csv.Error as error:
            return _broken(
                lines, file, start, f"{error}: is a quote opened and not closed, or not doubled inside a text?"
            )
        if cells and len(cells) != len(columns):
            wrong = (
                f"{len(cells)} cells where the header has {len(columns)}: "
                f"is a {separator!r} or a line break inside a text that isn't quoted?"
            )
            return _broken(lines, file, start, wrong)
        if cells:
            return _checked(Row(file, start, dict(zip(columns, cells, strict=True))), encoding)


def _broken(lines: _Lines, file: str, line: int, wrong: str) -> BadRow:
    """Blame the row's first line alone: what a stray quote swallowed may be good rows."""
    return BadRow(file, line, (Problem("", wrong),), _printable(lines.give_back_all_but_first()))


def _checked(row: Row, encoding: str) -> Row | BadRow:
    """Refuse a row with bytes that the encoding doesn't have."""
    foreign = [name for name, cell in row.cells.items() if isinstance(cell, str) and not _encodable(cell)]
    if not foreign:
        return row
    wrong = f"column {', '.join(map(repr, foreign))} is not {encoding}: name the file's encoding with --encoding"
    cells = {name: _printable(str(cell)) for name, cell in row.cells.items()}
    return BadRow(row.file, row.line, (Problem("", wrong),), cells)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(text: str) -> str:
    """Show bytes that could not be decoded as numbers."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
