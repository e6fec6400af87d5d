"""What a mapping says: fields, where each value comes from, and which records a row yields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

from google.protobuf.descriptor import FieldDescriptor

from zhengpin_client.kinds import Kind

Scalar: TypeAlias = str | int | float | bool

UTC = ZoneInfo("UTC")
VALUE_MESSAGES = frozenset({"google.type.Money", "google.type.Date", "google.protobuf.Timestamp"})
"""Messages that a text fills."""
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """How one field gets its value. Exactly one of column, template and constant is set."""

    column: str | None = None
    template: str | None = None
    """Text with `{column}` in it; empty if any of these cells is."""
    constant: Scalar | None = None
    default: str | None = None
    """A template for when the cell is empty; without it the field is left out."""
    empty: frozenset[str] = frozenset({""})
    """Texts that count as an empty cell."""
    values: Mapping[str, Scalar] | None = None
    """What each text of the cell stands for, by the text in lower case; any other is an error unless `other` is set."""
    other: Scalar | None = None
    decimal: str = "."
    currency: str = ""
    """ISO 4217; empty if the cell itself names it."""
    currency_column: str | None = None
    true: frozenset[str] = frozenset({"true", "yes", "1"})
    false: frozenset[str] = frozenset({"false", "no", "0"})
    formats: tuple[str, ...] = ()
    """`strptime` formats, "unix" or "unix_ms"; without any, ISO 8601."""
    timezone: ZoneInfo = UTC
    """Of times without an offset of their own."""
    split: str | None = None
    """What stands between the items of a list."""

    def columns(self) -> Iterator[str]:
        """Name the columns that it reads."""
        yield from (name for name in (self.column, self.currency_column) if name)
        for template in (self.template, self.default):
            yield from placeholders(template or "")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message with its leaf; an entry of a map field has a key."""

    descriptor: FieldDescriptor
    leaf: Leaf
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A message, or one that lies inside another."""

    path: str
    """As errors call it: `listing.offer`."""
    fields: tuple[Field, ...] = ()
    parts: tuple[tuple[FieldDescriptor, Part], ...] = ()

    def leaves(self) -> Iterator[tuple[str, Leaf]]:
        """Give every leaf with its path."""
        yield from ((f"{self.path}.{field.key or field.descriptor.name}", field.leaf) for field in self.fields)
        for _, part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class When:
    """A row yields the record only if this column has a value, or one of these."""

    column: str
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class RecordMapping:
    """One record that a row yields."""

    kind: Kind
    message: Part
    when: When | None = None


@dataclass(frozen=True, slots=True)
class RowMapping:
    """Everything that a row yields."""

    name: str
    records: tuple[RecordMapping, ...]

    def columns(self) -> Iterator[tuple[str, str]]:
        """Give every column that is read, with the field that reads it."""
        for record in self.records:
            if record.when is not None:
                yield record.when.column, f"{record.kind.name}.when"
            for path, leaf in record.message.leaves():
                yield from ((column, path) for column in leaf.columns())


def placeholders(template: str) -> list[str]:
    """Name the columns that a template has in it."""
    return PLACEHOLDER.findall(template)


def is_compound(descriptor: FieldDescriptor) -> bool:
    """Whether a field holds a message with fields of its own, several of them, or a map."""
    inner = descriptor.message_type
    return inner is not None and inner.full_name not in VALUE_MESSAGES
