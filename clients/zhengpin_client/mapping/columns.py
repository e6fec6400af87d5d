"""The mapping of a file that needs none: its columns are named as the fields of one kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from zhengpin_client.kinds import KINDS
from zhengpin_client.mapping.form import Field, Leaf, RowMapping, is_compound
from zhengpin_client.mapping.load import read_mapping


def mapping_of_columns(kind: str, columns: Iterable[str], file: str) -> RowMapping:
    """Make the mapping of such a file: `title`, `offer.single_price`, or `offer` for a column of whole messages."""
    fields = KINDS[kind].message.DESCRIPTOR.fields_by_name
    whole: list[Field] = []
    tree: dict[str, Any] = {}
    for column in columns:
        if column in fields and is_compound(fields[column]):
            whole.append(Field(fields[column], Leaf(column)))
        else:
            _plant(tree, column)
    mapping = read_mapping(file, {kind: tree})
    [record] = mapping.records
    message = replace(record.message, fields=(*record.message.fields, *whole))
    return replace(mapping, records=(replace(record, message=message),))


def _plant(tree: dict[str, Any], column: str) -> None:
    """Put a column at the place in a mapping that its name says."""
    *parents, name = column.split(".")
    for parent in parents:
        tree = tree.setdefault(parent, {})
    tree[name] = {"column": column, "split": ";"}
