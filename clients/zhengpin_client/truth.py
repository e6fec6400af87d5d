"""What listings really are, as a file tells it: the yardstick for verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengpin_client.importing.rows import BadRow, Cell, Problem, Row
from zhengpin_client.importing.sources import Source

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

_NAMES = {"listingId": "listing_id", "looksLike": "looks_like"}
"""JSON's style of names as the contract's."""


class Group(StrEnum):
    """What kinds of listings have in common."""

    OBVIOUS_FAKE = "obvious_fake"
    CLEVER_FAKE = "clever_fake"
    FAKE = "fake"
    """Nobody said how well made."""
    LOOK_ALIKE = "look_alike"
    """Genuine, and easily taken for a fake."""
    GENUINE = "genuine"


@dataclass(frozen=True, slots=True)
class Truth:
    """What one listing really is."""

    listing_id: str
    fake: bool
    kind: str = ""
    """The marketplace's own word for what it is; empty if it has none."""
    clever: bool | None = None
    """Of a fake: made with care; `None` if nobody said."""
    looks_like: str = ""
    """Of a genuine listing: the kind of fake that it is easily taken for."""

    @property
    def group(self) -> Group:
        """Say what kinds like its own have in common."""
        if not self.fake:
            return Group.LOOK_ALIKE if self.looks_like else Group.GENUINE
        if self.clever is None:
            return Group.FAKE
        return Group.CLEVER_FAKE if self.clever else Group.OBVIOUS_FAKE


def read_truth(source: Source) -> tuple[dict[str, Truth], list[BadRow]]:
    """Read a file of truths, by listing, with the rows that can't be read.

    A row is `{"truth": {"listing_id": "l-1", "fake": true, "kind": …, "clever": …, "looks_like": …}}` or these fields
    alone; only the first two are needed. Objects of other kinds are passed over.
    """
    truths: dict[str, Truth] = {}
    bad: list[BadRow] = []
    for row in source.rows():
        if isinstance(row, BadRow):
            bad.append(row)
        elif (fields := _fields(row)) is not None:
            truth, problems = _truth(fields)
            problems += _contradiction(truth, truths.get(truth.listing_id))
            if problems:
                bad.append(BadRow(row.file, row.line, tuple(problems), row.cells, "truth", truth.listing_id))
            else:
                truths[truth.listing_id] = truth
    return truths, bad


def _fields(row: Row) -> Mapping[str, Cell] | None:
    """Find the fields of a row's truth, in the contract's style of names; `None` for an object of another kind."""
    told = row.cells.get("truth", dict(row.cells))
    if "truth" not in row.cells and [type(cell) for cell in row.cells.values()] == [dict]:
        return None
    if not isinstance(told, dict):
        return {}
    return {_NAMES.get(name, name): value for name, value in told.items()}


def _truth(fields: Mapping[str, Cell]) -> tuple[Truth, list[Problem]]:
    """Read a truth as far as it can be read, with everything that is wrong with it."""
    problems: list[Problem] = []
    fake, clever = (_boolean(fields, name, problems) for name in ("fake", "clever"))
    texts = {name: _text(fields, name, problems) for name in ("listing_id", "kind", "looks_like")}
    problems += [
        Problem(f"truth.{name}", f"is missing: write {example}")
        for name, example in (("listing_id", "the listing's id"), ("fake", "true or false"))
        if fields.get(name) is None or fields[name] == ""
    ]
    return Truth(**texts, fake=bool(fake), clever=clever), problems


def _boolean(fields: Mapping[str, Cell], name: str, problems: list[Problem]) -> bool | None:
    """Read a boolean, or a word for it, as CSV has them; an empty cell is none."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    read = _BOOLEANS.get(str(value).strip().lower())
    if read is None:
        problems.append(Problem(f"truth.{name}", f"must be true or false, and is {value!r}"))
    return read


def _text(fields: Mapping[str, Cell], name: str, problems: list[Problem]) -> str:
    value = fields.get(name)
    if value is None or isinstance(value, str | int):
        return "" if value is None else str(value)
    problems.append(Problem(f"truth.{name}", f"must be a text, and is {value!r}"))
    return ""


def _contradiction(truth: Truth, earlier: Truth | None) -> Iterator[Problem]:
    if earlier is not None and earlier != truth:
        yield Problem(
            "truth.listing_id", f"an earlier row says something else of listing '{truth.listing_id}': keep one of them"
        )
