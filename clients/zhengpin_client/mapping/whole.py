"""A cell that holds a whole message: an object of JSON, a struct of Parquet, or a list of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from zhengpin_client.importing.rows import Cell


def set_whole(message: Message, descriptor: FieldDescriptor, cell: Cell) -> None:
    """Set a field from a cell with the fields of its message; raises ValueError for one that has others, or none.

    An empty cell leaves it unset.
    """
    if not cell:
        return
    if not isinstance(cell, dict | list):
        example = f"{descriptor.name}.{_first_field(descriptor)}"
        raise ValueError(f"{cell!r} is no object: give its fields columns of their own, such as {example}")  # noqa: TRY004
    try:
        json_format.ParseDict({descriptor.name: _as_json(cell)}, message)
    except json_format.ParseError as error:
        raise ValueError(" ".join(str(error).split())) from None


def _first_field(descriptor: FieldDescriptor) -> str:
    assert descriptor.message_type is not None, "only messages and maps are set whole"
    return str(descriptor.message_type.fields[0].name)


def _as_json(cell: Any) -> Any:
    """Give a cell as protobuf's JSON has it; Parquet has times of its own, maps as lists of pairs, and empty fields."""
    match cell:
        case dict():
            return {name: _as_json(each) for name, each in cell.items() if each is not None}
        case [tuple(), *_]:
            return dict(cell)
        case list():
            return [_as_json(each) for each in cell]
        case datetime():
            return cell.isoformat()
        case date():
            return {"year": cell.year, "month": cell.month, "day": cell.day}
        case _:
            return cell
