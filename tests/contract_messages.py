"""Messages drawn from the contract's descriptors: mostly right, or with values at and beyond their limits."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st

from zhengpin.v1 import validate_pb2

_RANGES = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}
_FLOATS = [0.0, 0.5, 1.0, -0.0, 1.0000001, -5e-324, float("nan"), float("inf"), float("-inf")]
_TEXTS = ["", "a", "Aa0._:/-", "x" * 128, "x" * 129, "CN", "cn", "0" * 6, "0" * 13, "0f" * 32, "0F" * 32, "a.b-7", "好"]
_LONGEST = 3
"""Lists and maps are drawn no longer than this, or one longer than they may be."""


_SEEDS = st.integers(0, 2**63 - 1)
_ODDS = st.sampled_from([0.0, 0.02, 0.2])


@cache
def messages(kind: Descriptor) -> st.SearchStrategy[Message]:
    """Messages of a type; one in three is surely right. A seed is all that Hypothesis draws: each has many values."""
    return st.builds(lambda seed, odds: a_message(kind, Random(seed), odds), _SEEDS, _ODDS)  # noqa: S311


def a_message(kind: Descriptor, chance: Random, odds: float) -> Message:
    """A message of a type; each of its values goes wrong with the given odds."""
    message: Message = _Maker(chance, odds).message(kind)
    return message


@dataclass(frozen=True, slots=True)
class _Maker:
    chance: Random
    odds: float

    def message(self, kind: Descriptor) -> Any:
        message: Any = GetMessageClass(kind)()
        if kind.full_name == "google.protobuf.Timestamp":
            message.seconds = int(time.time()) + (3600 if self._wrong() else -3600)
        elif kind.full_name == "google.type.Date":
            message.year, message.month, message.day = 2026, 2, self.chance.randint(29, 40) if self._wrong() else 28
        elif kind.full_name == "google.type.Money":
            self._fill_money(message)
        else:
            self._fill_fields(message, kind)
        return message

    def _wrong(self) -> bool:
        return self.chance.random() < self.odds

    def _fill_money(self, message: Any) -> None:
        message.currency_code = self.chance.choice(["cny", "CN", "", "CNY\n"] if self._wrong() else ["CNY", "USD"])
        message.units = self.chance.choice([-1, 10**12 + 1] if self._wrong() else [0, 1, 10**12])
        message.nanos = self.chance.choice([-1, 10**9] if self._wrong() else [0, 10**9 - 1])

    def _fill_fields(self, message: Any, kind: Descriptor) -> None:
        chosen = {self.chance.choice(list(oneof.fields)).name for oneof in kind.oneofs}
        for field, rules in _fields(kind):
            may_miss = field.has_presence and not rules.required
            if field.name in chosen or (not field.containing_oneof and not (may_miss and self.chance.random() < 0.3)):
                self._fill(message, field, rules)
            if self._wrong():
                message.ClearField(field.name)

    def _fill(self, message: Any, field: FieldDescriptor, rules: Any) -> None:
        if field.is_repeated:
            self._fill_many(getattr(message, field.name), field, rules)
        elif field.message_type is not None:
            getattr(message, field.name).CopyFrom(self.message(field.message_type))
        else:
            setattr(message, field.name, self._value(field))

    def _fill_many(self, holder: Any, field: FieldDescriptor, rules: Any) -> None:
        most = rules.map.max_pairs or rules.repeated.max_items
        too_many = self._wrong() and 0 < most <= 100
        size = most + 1 if too_many else self.chance.randint(rules.repeated.min_items, _LONGEST)
        if field.message_type is None or not field.message_type.GetOptions().map_entry:
            items = [self._value(field) for _ in range(size)]
            holder.extend(dict.fromkeys(items) if rules.repeated.unique and not self._wrong() else items)
            return
        entry = field.message_type.fields_by_name
        for place in range(size):
            key = str(place) if too_many else self._value(entry["key"], field)
            holder[key] = self._value(entry["value"], field)

    def _value(self, field: FieldDescriptor, ruled_by: FieldDescriptor | None = None) -> Any:
        if field.message_type is not None:
            return self.message(field.message_type)
        right, wrong = _values(field, ruled_by or field)
        return self.chance.choice(wrong if self._wrong() else right)


@cache
def _fields(kind: Descriptor) -> list[tuple[FieldDescriptor, Any]]:
    """Every field of a type with its rules."""
    return [(field, _rules(field)) for field in kind.fields]


def _rules(field: FieldDescriptor) -> Any:
    return field.GetOptions().Extensions[validate_pb2.field]


@cache
def _values(field: FieldDescriptor, ruled_by: FieldDescriptor) -> tuple[list[Any], list[Any]]:
    """What a field may hold, and what lies at and beyond its limits; a map rules its keys and values."""
    rules = _rules(ruled_by)
    if ruled_by is not field:
        rules = getattr(rules.map, f"{field.name}s")
    elif field.is_repeated:
        rules = rules.repeated.items
    if field.enum_type is not None:
        numbers = list(field.enum_type.values_by_number)
        return [number for number in numbers if number not in rules.enum.not_in], [*numbers, max(numbers) + 1, -1]
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        return _texts(rules.string)
    if field.cpp_type in _RANGES:
        return _integers(field, rules)
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return [False, True], [False, True]
    return [0.5, 1.0], _FLOATS


def _texts(rules: Any) -> tuple[list[str], list[str]]:
    if rules.uuid:
        known = "0f8fad5b-d9cb-469f-a165-70867728950e"
        others = [known[1:], f"{known}\n", f"{{{known}}}", known.replace("-", ""), f"g{known[1:]}"]
        return [known, known.upper()], ["", *others]
    if rules.pattern:
        right = [text for text in _TEXTS if re.fullmatch(rules.pattern.strip("^$"), text)]
    else:
        longest = rules.max_len or 8
        right = [letter * size for size in (max(rules.min_len, 1), longest) for letter in ("x", "好", "𝔾")]
    wrong = [text for text in _TEXTS if text not in right]
    wrong += [f"{text}\n" for text in right] + [f"{text[1:]}\0" for text in right]
    return right, wrong + [letter * ((rules.max_len or 0) + 1) for letter in ("x", "好", "e\u0301", "\0")]


def _integers(field: FieldDescriptor, rules: Any) -> tuple[list[int], list[int]]:
    least, most = _RANGES[field.cpp_type]
    numbers = next((given for kind, given in rules.ListFields() if kind.message_type), None)
    limits = [limit for _, limit in numbers.ListFields()] if numbers else [0, most // 3]
    edges = [edge for limit in (*limits, 0) for edge in (limit - 1, limit, limit + 1) if least <= edge <= most]
    right = [min(limits), max(limits)] if len(limits) > 1 else [*limits]
    return right, [*edges, least, most]
