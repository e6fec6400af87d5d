"""What a file gives: rows that could be read, and rows that could not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = "str | bool | int | float | Decimal | datetime | date | list[Cell] | dict[str, Cell] | None"
"""What one column of one row holds; `None` is empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file."""

    file: str
    line: int
    """Where it starts, from 1; in Parquet the row's number."""
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a row: where in it, what, and what to do."""

    field: str
    """The message's field, such as `listing.offer.single_price`; empty for the row as a whole."""
    wrong: str

    def __str__(self) -> str:
        """Read as `field: what is wrong`."""
        return f"{self.field}: {self.wrong}" if self.field else self.wrong


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be sent, or that the server refused."""

    file: str
    line: int
    problems: tuple[Problem, ...]
    original: Mapping[str, Cell] | str
    """The row as it was, as far as it could be read."""
    kind: str = ""
    id: str = ""

    def __str__(self) -> str:
        """Read as a compiler's message: `file:line: what is wrong`."""
        return f"{self.file}:{self.line}: " + "; ".join(map(str, self.problems))


class UnusableFile(Exception):
    """A file that can't be read at all, or options that don't fit it; the text says what to do."""
