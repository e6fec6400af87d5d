"""The contract's rules as Python expressions that are true only where protovalidate finds nothing wrong.

False or a `ValueError` means "not sure", never "wrong". So a rule that isn't known here becomes `UNSURE`, and a new
rule in protos/ is kept without a word here; it only costs what protovalidate costs. What rules mean:
protovalidate.com/reference/rules.
"""

from __future__ import annotations

import math
import re
import time
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor

UNSURE: Final = "False"
HANDLED_APART: Final = frozenset({"required", "ignore"})
"""Rules that say when a field is looked at, not what it holds."""

_INTEGERS: Final = frozenset({FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_INT64})
_NUMBERS: Final = _INTEGERS | {
    FieldDescriptor.CPPTYPE_UINT32,
    FieldDescriptor.CPPTYPE_UINT64,
    FieldDescriptor.CPPTYPE_FLOAT,
    FieldDescriptor.CPPTYPE_DOUBLE,
}
_COMPARISONS: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_UUID: Final = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

_SIMPLE_PATTERN = re.compile(
    r"""\^ ( (?: \(? \[(?: [A-Za-z0-9._:/-]+ | \^\\x00-\\x1f )\] (?: \{\d+(?:,\d+)?\} )? (?: \)\? )? )+ ) \$""",
    re.VERBOSE,
)
"""Sets of plain characters, or of all but controls, counted or optional: RE2 and Python read them alike."""

_HEXADECIMAL = re.compile(r"\(\[0-9a-f\]\{(\d*[02468])\}\)\?")

_CAPITALS = re.compile(r"\(?\[A-Z\]\{[1-3]\}(?:\)\?)?")

_CEL_COMPARISON = re.compile(r"this\.([a-z_]+) (<|<=|>|>=) (-?\d+)")
_CEL_MATCH = re.compile(r"this\.([a-z_]+)\.matches\('([^']+)'\)")
_CEL_NOT_AHEAD = re.compile(r"this <= now \+ duration\('(\d+)s'\)")
_FIRST_SECOND: Final = -62_135_596_800
"""0001-01-01T00:00:00Z, where CEL's times begin."""


class _Codes(dict[str, bool]):
    """Whether texts match a pattern; those that do are kept, where so few can that all may be."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._match = re.compile(pattern).fullmatch

    def __missing__(self, text: str) -> bool:
        if not self._match(text):
            return False
        self[text] = True
        return True


class RuleTests:
    """Writes the tests, and keeps what their code needs as globals."""

    def __init__(self) -> None:
        """Begin with a clock and no pattern."""
        self.namespace: dict[str, Any] = {"now": time.time, "isfinite": math.isfinite, "from_hex": bytes.fromhex}
        self._matchers: dict[str, str] = {}

    def of_value(self, field: FieldDescriptor, rules: Any, value: str) -> list[str]:
        """Write what one value must pass; `value` is the variable that holds it."""
        tests: list[str] = []
        for kind, given in rules.ListFields():
            if kind.name == "cel":
                tests += [self._cel(field, rule.expression, value) for rule in given]
            elif kind.name not in HANDLED_APART:
                tests += self._of_kind(field, kind.name, given, value)
        return tests

    def _of_kind(self, field: FieldDescriptor, kind: str, given: Any, value: str) -> list[str]:
        limits = [(rule.name, limit) for rule, limit in given.ListFields() if limit is not False]
        if kind == "string":
            return [self._of_string(rule, limit, value) for rule, limit in limits]
        if kind == "enum":
            return [_of_enum(field, rule, limit, value) for rule, limit in limits]
        if field.cpp_type in _NUMBERS:
            return [_of_number(rule, limit, value) for rule, limit in limits]
        return [UNSURE]

    def _of_string(self, rule: str, limit: Any, value: str) -> str:
        match rule:
            case "min_len":  # characters, as Python counts them
                return f"len({value}) >= {limit}"
            case "max_len":
                return f"len({value}) <= {limit}"
            case "pattern":
                return self._pattern(limit, value)
            case "uuid":
                return self._matches(_UUID, value)
            case "not_contains":
                return f"{limit!r} not in {value}"
            case _:
                return UNSURE

    def _pattern(self, pattern: str, value: str) -> str:
        simple = _SIMPLE_PATTERN.fullmatch(pattern)
        return self._matches(simple[1], value) if simple else UNSURE

    def _matches(self, pattern: str, value: str) -> str:
        digits = _HEXADECIMAL.fullmatch(pattern)
        if digits:  # twice as fast as the pattern; what are no digits at all raises `ValueError`
            return f"(not {value} or len({value}) == {digits[1]} and from_hex({value}).hex() == {value})"
        name = self._matchers.setdefault(pattern, f"matches{len(self._matchers)}")
        if _CAPITALS.fullmatch(pattern):
            self.namespace[name] = _Codes(pattern)
            return f"{name}[{value}]"
        self.namespace[name] = re.compile(pattern).fullmatch
        return f"(not {value} or {name}({value}))" if re.fullmatch(pattern, "") else f"{name}({value})"

    def _cel(self, field: FieldDescriptor, expression: str, value: str) -> str:
        """Read the forms of CEL that the contract uses: comparisons of a message's parts, and "not ahead of now"."""
        if field.message_type is None or not is_flat(field.message_type):
            return UNSURE
        ahead = _CEL_NOT_AHEAD.fullmatch(expression)
        if ahead is None:
            return " and ".join(self._cel_part(field.message_type, part, value) for part in expression.split(" && "))
        if field.message_type.full_name != "google.protobuf.Timestamp":
            return UNSURE
        # A second less than allowed, for the fraction is not added.
        seconds = f"{_FIRST_SECOND} <= {value}_seconds <= now() + {int(ahead[1]) - 1}"
        return f"({seconds} and 0 <= {value}_nanos < 1000000000)"

    def _cel_part(self, message: Descriptor, part: str, value: str) -> str:
        comparison = _CEL_COMPARISON.fullmatch(part)
        if comparison and message.fields_by_name[comparison[1]].cpp_type in _INTEGERS:
            return f"{value}_{comparison[1]} {comparison[2]} {comparison[3]}"
        match = _CEL_MATCH.fullmatch(part)
        if match and message.fields_by_name[match[1]].cpp_type == FieldDescriptor.CPPTYPE_STRING:
            return self._pattern(match[2], f"{value}_{match[1]}")
        return UNSURE


def is_flat(kind: Descriptor) -> bool:
    """Whether a message is one of Google's plain types: it is read where it stands, its parts into `value_part`."""
    nested = any(part.is_repeated or part.message_type for part in kind.fields)
    return kind.full_name.startswith("google.") and not nested


def size_tests(rules: Any, value: str) -> list[str]:
    """Write what the size of a list or a map must pass; `rules` are its `RepeatedRules` or `MapRules`."""
    tests: list[str] = []
    for rule, limit in rules.ListFields():
        if rule.name in {"min_items", "min_pairs"}:
            tests.append(f"len({value}) >= {limit}")
        elif rule.name in {"max_items", "max_pairs"}:
            tests.append(f"len({value}) <= {limit}")
        elif rule.name == "unique":  # of texts and numbers alone
            tests += [f"len(set({value})) == len({value})"] if limit else []
        elif rule.name not in {"items", "keys", "values"} and limit is not False:
            tests.append(UNSURE)
    return tests


def _of_enum(field: FieldDescriptor, rule: str, limit: Any, value: str) -> str:
    if rule == "defined_only":
        assert field.enum_type is not None
        return f"{value} in {set(field.enum_type.values_by_number)!r}"
    return f"{value} not in {tuple(limit)!r}" if rule == "not_in" else UNSURE


def _of_number(rule: str, limit: Any, value: str) -> str:
    if rule == "finite":
        return f"isfinite({value})"
    if rule in _COMPARISONS and math.isfinite(limit):
        return f"{value} {_COMPARISONS[rule]} {limit!r}"
    return UNSURE
