"""Reading a mapping file, with every mistake in it named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from zhengpin_client.importing.native import did_you_mean
from zhengpin_client.kinds import KINDS, Kind
from zhengpin_client.mapping.form import Field, Leaf, Part, RecordMapping, RowMapping, When, is_compound
from zhengpin_client.mapping.values import enum_value

_SETTINGS = frozenset({"empty", "decimal", "currency", "timezone", "true", "false", "formats"})
_SOURCES = ("column", "template", "constant")


class MappingError(Exception):
    """A mapping that can't be used; the text names every mistake, one a line."""


def load_mapping(path: Path) -> RowMapping:
    """Read a mapping file; raises MappingError with all that is wrong in it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}: not TOML: {error}") from None
    return read_mapping(path.name, content)


def read_mapping(name: str, content: dict[str, Any]) -> RowMapping:
    """Read what a mapping file holds; `name` is what mistakes are told of."""
    return _Reader(name).read(content)


@dataclass(slots=True)
class _Reader:
    """Reads one mapping and gathers what is wrong with it."""

    name: str
    problems: list[str] = field(default_factory=list)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def read(self, content: dict[str, Any]) -> RowMapping:
        """Read the whole file."""
        settings = content.pop("settings", {})
        self.settings = {name: value for name, value in settings.items() if self._known(name, _SETTINGS, "settings")}
        records = [
            record
            for name, tables in content.items()
            if self._known(name, KINDS, "") and self._is_table(name, tables)
            for record in self._records(KINDS[name], tables)
        ]
        if not records and not self.problems:
            self.problems.append(f"it maps nothing: add a table for one of {', '.join(KINDS)}")
        if self.problems:
            raise MappingError("\n".join(f"{self.name}: {problem}" for problem in self.problems))
        order = list(KINDS)
        return RowMapping(self.name, tuple(sorted(records, key=lambda record: order.index(record.kind.name))))

    def _records(self, kind: Kind, tables: Any) -> Iterable[RecordMapping]:
        for table in tables if isinstance(tables, list) else [tables]:
            when = self._when(kind.name, table.get("when"))
            fields = {name: value for name, value in table.items() if name != "when"}
            yield RecordMapping(kind, self._part(kind.name, kind.message.DESCRIPTOR, fields), when)

    def _when(self, path: str, table: Any) -> When | None:
        if table is None:
            return None
        if not isinstance(table, dict) or not isinstance(table.get("column"), str):
            self.problems.append(f'{path}.when: write when = {{ column = "…" }}, and is = ["…"] for certain texts')
            return None
        self._check_names(f"{path}.when", table, {"column", "is"})
        among = table.get("is")
        return When(table["column"], None if among is None else frozenset(_texts(among)))

    def _part(self, path: str, message: Descriptor, table: Mapping[str, Any]) -> Part:
        """Read the fields of a message, and of the messages in it."""
        fields: list[Field] = []
        parts: list[tuple[FieldDescriptor, Part]] = []
        for name, value in table.items():
            if not self._known(name, message.fields_by_name, path):
                continue
            descriptor = message.fields_by_name[name]
            here = f"{path}.{name}"
            inner = descriptor.message_type
            if inner is None or not is_compound(descriptor):
                fields.extend(self._field(here, descriptor, value))
            elif inner.GetOptions().map_entry:
                fields.extend(self._entries(here, descriptor, value))
            elif self._is_table(here, value):
                tables = value if isinstance(value, list) else [value]
                parts.extend((descriptor, self._part(here, inner, each)) for each in tables)
        return Part(path, tuple(fields), tuple(parts))

    def _entries(self, path: str, descriptor: FieldDescriptor, table: Any) -> Iterable[Field]:
        if not self._is_table(path, table):
            return
        assert descriptor.message_type is not None, "a map's entries are messages"
        value = descriptor.message_type.fields_by_name["value"]
        for key, entry in table.items():
            for made in self._field(f"{path}.{key}", value, entry):
                yield Field(descriptor, made.leaf, key)

    def _field(self, path: str, descriptor: FieldDescriptor, value: Any) -> Iterable[Field]:
        leaf = self._leaf(path, {"column": value} if isinstance(value, str) else value)
        if leaf is not None:
            self._check_enum(path, descriptor, leaf)
            yield Field(descriptor, leaf)

    def _leaf(self, path: str, table: Any) -> Leaf | None:
        if not isinstance(table, dict):
            self.problems.append(f'{path}: write the column\'s name, or {{ constant = … }}, or {{ template = "…" }}')
            return None
        if not self._check_names(path, table, {each.name for each in fields_of(Leaf)}):
            return None
        if sum(name in table for name in _SOURCES) != 1:
            self.problems.append(f"{path}: give exactly one of {', '.join(_SOURCES)}")
            return None
        return self._made(path, {**self.settings, **table})

    def _made(self, path: str, table: dict[str, Any]) -> Leaf | None:
        """Turn TOML's values into the leaf's own."""
        try:
            for name in ("true", "false", "empty"):
                if name in table:
                    table[name] = frozenset(each.lower() for each in _texts(table[name]))
            table["empty"] = table.get("empty", frozenset()) | {""}
            table["formats"] = tuple(_texts(table.get("formats", ())))
            table["timezone"] = ZoneInfo(table.get("timezone", "UTC"))
            if "values" in table:
                table["values"] = {key.lower(): value for key, value in table["values"].items()}
        except (TypeError, AttributeError) as error:
            self.problems.append(f"{path}: {error}")
        except (ZoneInfoNotFoundError, ValueError):
            self.problems.append(
                f"{path}: '{table['timezone']}' is no time zone: give an IANA name such as Asia/Shanghai"
            )
        else:
            if table.get("decimal", ".") in {".", ","}:
                return Leaf(**table)
            self.problems.append(f'{path}: decimal is "." or ",", not {table["decimal"]!r}')
        return None

    def _check_enum(self, path: str, descriptor: FieldDescriptor, leaf: Leaf) -> None:
        """Refuse values of an enum that it doesn't have, before any row is read."""
        if descriptor.enum_type is None:
            return
        for value in (*(leaf.values or {}).values(), leaf.constant, leaf.other):
            try:
                if value not in {None, ""}:
                    enum_value(str(value), descriptor.enum_type)
            except ValueError as error:
                self.problems.append(f"{path}: {error}")

    def _check_names(self, path: str, table: Mapping[str, Any], known: Iterable[str]) -> bool:
        unknown = [name for name in table if not self._known(name, known, path)]
        return not unknown

    def _known(self, name: str, known: Iterable[str], path: str) -> bool:
        names = sorted(known)
        if name in names:
            return True
        place = f"{path}: " if path else ""
        self.problems.append(f"{place}there is no '{name}' here: {did_you_mean(name, names)}")
        return False

    def _is_table(self, path: str, value: Any) -> bool:
        tables = value if isinstance(value, list) else [value]
        if tables and all(isinstance(table, dict) for table in tables):
            return True
        self.problems.append(f"{path}: must be a table [{path}] with the message's fields")
        return False


def _texts(value: Any) -> list[str]:
    """Take a list of texts, or one."""
    items = [value] if isinstance(value, str) else list(value)
    if not all(isinstance(item, str) for item in items):
        raise TypeError(f"must be a text or a list of texts, not {value!r}")
    return items
