"""The native form: one JSON object a line, holding one message of the contract in protobuf's own JSON.

`{"listing": {…}}`, `{"supplier": {…}}` and so on; where the kind is given, a line may be the message itself.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from google.protobuf import descriptor_pool, json_format

from zhengpin_client.importing.rows import BadRow, Cell, Problem, Row
from zhengpin_client.kinds import KINDS, Kind, Record

_UNKNOWN_FIELD = re.compile(r'has no field named "(?P<name>[^"]*)"(?: at "(?P<at>[^"]*)")?')
_FAILED_FIELD = re.compile(r"Failed to parse (\w+) field: ")
_PLACE = re.compile(r"(?P<why>.*) at \"?\w+(?P<at>\.[\w.\[\]]*\w\]?)?\"?", re.DOTALL)
_NO_VALUE = re.compile(r"Invalid enum value (?P<told>.*) for enum type (?P<type>[\w.]+)")
_AVAILABLE = re.compile(r"'(\w+)'")


class BadRecord(Exception):
    """A row that makes no record; carries every problem that was found."""

    def __init__(self, *problems: Problem, kind: str = "", id: str = "") -> None:  # noqa: A002 - as the record's own
        """Keep the problems."""
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems
        self.kind = kind
        self.id = id


def readable(row: Row | BadRow) -> Row:
    """Give back a row that could be read; raises BadRecord for one that could not."""
    if isinstance(row, BadRow):
        raise BadRecord(*row.problems)
    return row


def native_records(row: Row, kind: str | None) -> list[Record]:
    """Read a row of the native form; `kind` is that of lines without a name for it."""
    records = [_record(KINDS[name], cell) for name, cell in row.cells.items() if name in KINDS]
    if kind is not None and not records:
        return [_record(KINDS[kind], dict(row.cells))]
    others = [name for name in row.cells if name not in KINDS]
    if others or not records:
        raise BadRecord(Problem("", _which_kind(others)))
    return records


def did_you_mean(name: str, known: list[str]) -> str:
    """Offer the nearest known name, or list them."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"it is one of {', '.join(known)}"


def _which_kind(others: list[str]) -> str:
    if not others:
        return f"an empty object: name one of {', '.join(KINDS)}"
    hint = did_you_mean(others[0], list(KINDS))
    return f"'{others[0]}' is no kind of record: {hint} (or give --kind if each line is one message)"


def _record(kind: Kind, cell: Cell) -> Record:
    if not isinstance(cell, dict):
        raise BadRecord(Problem(kind.name, "must be an object with the message's fields"), kind=kind.name)
    found = cell.get(kind.key, cell.get(_camel(kind.key)))
    try:
        return json_format.ParseDict(cell, kind.message())
    except json_format.ParseError as error:
        raise BadRecord(
            parse_problem(kind.name, [*kind.message.DESCRIPTOR.fields_by_name], str(error)),
            kind=kind.name,
            id=str(found or ""),
        ) from None


def parse_problem(name: str, fields: list[str], text: str) -> Problem:
    """Say what protobuf's parser says of a message, in one line, with the nearest field's name."""
    unknown = _UNKNOWN_FIELD.search(text)
    if unknown is None:
        return _failed(name, text.rstrip("."))
    known = _AVAILABLE.findall(text.partition("Available Fields")[2]) or fields
    place = ".".join(filter(None, (name, *(unknown["at"] or "").split(".")[1:], unknown["name"])))
    return Problem(place, f"there is no such field: {did_you_mean(unknown['name'], known)}")


def _failed(name: str, text: str) -> Problem:
    """What can't be read, and where: the parser tells the whole path at the end, or else every field on it before."""
    way = _FAILED_FIELD.findall(text)
    why = _FAILED_FIELD.sub("", text)
    found = _PLACE.fullmatch(why)
    if found is not None and found["at"]:
        return Problem(name + found["at"], _said(found["why"].rstrip(".")))
    return Problem(".".join((name, *way)), _said(why if found is None else found["why"]))


def _said(why: str) -> str:
    """The parser's words in one line; of a value that an enum has not, the nearest that it has."""
    line = " ".join(why.split())
    unknown = _NO_VALUE.fullmatch(line)
    if unknown is None:
        return line
    known = descriptor_pool.Default().FindEnumTypeByName(unknown["type"]).values_by_name
    names = [name for name, value in known.items() if value.number]
    meant = [name for name in names if name.endswith(f"_{unknown['told'].upper()}")]
    hint = f"did you mean '{meant[0]}'?" if meant else did_you_mean(unknown["told"].upper(), names)
    return f"'{unknown['told']}' is no {unknown['type'].rpartition('.')[2]}: {hint}"


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
