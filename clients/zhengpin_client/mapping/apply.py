"""From one row to its records, by a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from zhengpin_client.importing.native import BadRecord, did_you_mean
from zhengpin_client.importing.rows import Cell, Problem, Row
from zhengpin_client.kinds import Record, key_of
from zhengpin_client.mapping.form import PLACEHOLDER, Field, Leaf, Part, RowMapping, When, is_compound, placeholders
from zhengpin_client.mapping.load import MappingError
from zhengpin_client.mapping.values import field_value, text_of
from zhengpin_client.mapping.whole import set_whole

Cells = Mapping[str, Cell]


def records_of(mapping: RowMapping, row: Row) -> list[Record]:
    """Make a row's records, or raise BadRecord with every field that can't be made."""
    problems: list[Problem] = []
    made: list[Record] = []
    for record in mapping.records:
        if record.when is None or _holds(record.when, row.cells):
            message = record.kind.message()
            _fill(message, record.message, row.cells, problems)
            made.append(message)
    if problems:
        last = made[-1] if made else None
        raise BadRecord(*problems, kind=problems[0].field.partition(".")[0], id=key_of(last) if last else "")
    if not made:
        raise BadRecord(Problem("", "no record of the mapping applies to this row"))
    return made


def check_columns(mapping: RowMapping, columns: Iterable[str], file: str) -> None:
    """Refuse a mapping that reads columns which the file doesn't have."""
    known = list(columns)
    missing = {column: field for column, field in mapping.columns() if column not in known}
    if missing:
        lines = (
            f"{mapping.name}: {field}: {file} has no column '{column}': {did_you_mean(column, known)}"
            for column, field in missing.items()
        )
        raise MappingError("\n".join(lines))


def _holds(when: When, cells: Cells) -> bool:
    text = text_of(_cell(cells, when.column))
    return text in when.among if when.among is not None else bool(text)


def _fill(message: Message, part: Part, cells: Cells, problems: list[Problem]) -> None:
    """Set the fields of a message; a message inside it is set only if something is in it."""
    for field in part.fields:
        try:
            _set(message, field, cells)
        except ValueError as error:
            problems.append(Problem(f"{part.path}.{field.key or field.descriptor.name}", str(error)))
    for descriptor, inner in part.parts:
        child = _empty(descriptor)
        _fill(child, inner, cells, problems)
        if child.ByteSize():
            place = getattr(message, descriptor.name)
            place.append(child) if descriptor.is_repeated else place.CopyFrom(child)


def _empty(descriptor: FieldDescriptor) -> Message:
    assert descriptor.message_type is not None, "parts are messages"
    return GetMessageClass(descriptor.message_type)()


def _set(message: Message, field: Field, cells: Cells) -> None:
    leaf, descriptor = field.leaf, field.descriptor
    cell = _cell(cells, leaf.column) if leaf.column else None
    if field.key is not None:
        if text := _text(leaf, cells):
            getattr(message, descriptor.name)[field.key] = text
    elif is_compound(descriptor) or isinstance(cell, dict):
        set_whole(message, descriptor, cell)
    elif descriptor.is_repeated:
        items = [text_of(each) for each in cell] if isinstance(cell, list) else _split(_text(leaf, cells), leaf)
        getattr(message, descriptor.name).extend(field_value(item, leaf, descriptor) for item in items if item)
    elif text := _text(leaf, cells):
        currency = text_of(_cell(cells, leaf.currency_column)) if leaf.currency_column else ""
        _assign(message, descriptor.name, field_value(text, leaf, descriptor, currency))


def _assign(message: Message, name: str, value: Any) -> None:
    if isinstance(value, Message):
        getattr(message, name).CopyFrom(value)
        return
    try:
        setattr(message, name, value)
    except (ValueError, TypeError):
        raise ValueError(f"{value!r} is out of range") from None


def _text(leaf: Leaf, cells: Cells) -> str:
    """Give a leaf's text: constant, template or cell, looked up in its values; empty if there is none."""
    if leaf.constant is not None:
        return text_of(leaf.constant)
    text = _filled(leaf.template, leaf, cells) if leaf.template else _nonempty(_cell(cells, leaf.column or ""), leaf)
    if not text:
        return _filled(leaf.default, leaf, cells) if leaf.default else ""
    if leaf.values is None:
        return text
    value = leaf.values.get(text.lower(), leaf.other)
    if value is None:
        known = ", ".join(map(repr, leaf.values))
        raise ValueError(f"{text!r} is not among the mapped values {known}: add it to values, or set other")
    return text_of(value)


def _filled(template: str, leaf: Leaf, cells: Cells) -> str:
    texts = {name: _nonempty(_cell(cells, name), leaf) for name in placeholders(template)}
    if not all(texts.values()):
        return ""
    return PLACEHOLDER.sub(lambda found: texts[found[1]], template)


def _nonempty(cell: Cell, leaf: Leaf) -> str:
    text = text_of(cell)
    return "" if text.lower() in leaf.empty else text


def _split(text: str, leaf: Leaf) -> list[str]:
    return [each.strip() for each in text.split(leaf.split)] if leaf.split else [text]


def _cell(cells: Cells, column: str) -> Cell:
    """Find a column; a dotted name leads into nested objects of JSON and Parquet."""
    if column in cells or "." not in column:
        return cells.get(column)
    head, _, rest = column.partition(".")
    inner = cells.get(head)
    return _cell(inner, rest) if isinstance(inner, dict) else None
