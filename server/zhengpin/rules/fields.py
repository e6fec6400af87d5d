"""The fields of a lane's fact, and the tests of its rules on them.

Each dimension has a field with its code. A set of codes that no single comparison can describe (`kind in ["a", "c"]`)
has a field of its own, which is there only when the value is in the set. A code that no test asks for is left out of the
fact, as a missing value is: every test is positive, so leaving out is never taken for true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase
from typing import Any, Final

from zhengpin.rules.dimension import Codes, Dimension, Literal

RESERVED: Final = frozenset({"id", "sid"})
"""Fields that have a meaning for the rule engine."""


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a field with a code, in the engine's words; it holds for the literal's codes."""

    literal: Literal
    field: str
    operator: str
    code: int

    def definition(self) -> dict[str, Any]:
        """Give the test as the engine reads it."""
        plain = {self.field: self.code}
        return plain if self.operator == "$eq" else {self.operator: plain}


@dataclass(frozen=True, slots=True)
class Field:
    """A field and the codes that are written into it; a mark writes 1 for each of them."""

    name: str
    codes: Codes
    is_mark: bool = False

    def text(self, code: int) -> str:
        """Give the field's part of the fact, or nothing."""
        return f',"{self.name}":{1 if self.is_mark else code}' if code in self.codes else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which fields a lane's fact has, by dimension, and the test for each literal."""

    fields: dict[Dimension, tuple[Field, ...]]
    tests: dict[Literal, Test]

    @property
    def size(self) -> int:
        """How many fields a fact can have."""
        return sum(map(len, self.fields.values()))


def lay_out(literals: Iterable[Literal]) -> Layout:
    """Give every dimension its fields and every literal its test."""
    asked: dict[Dimension, dict[Codes, None]] = {}
    for literal in literals:
        asked.setdefault(literal.dimension, {})[literal.codes] = None
    names = field_names()
    fields: dict[Dimension, tuple[Field, ...]] = {}
    tests: dict[Literal, Test] = {}
    for dimension, wanted in asked.items():
        found = [_test(Literal(dimension, codes), names) for codes in wanted]
        plain = [test for test in found if test.operator != "$ex"]
        marks = [Field(test.field, test.literal.codes, is_mark=True) for test in found if test.operator == "$ex"]
        coded: list[Field] = []
        if plain:
            name = next(names)
            live = frozenset().union(*(test.literal.codes for test in plain))
            coded = [Field(name, live)]
            plain = [Test(test.literal, name, test.operator, test.code) for test in plain]
        fields[dimension] = (*coded, *marks)
        tests.update({test.literal: test for test in (*plain, *(test for test in found if test.operator == "$ex"))})
    return Layout(fields, tests)


def _test(literal: Literal, names: Iterator[str]) -> Test:
    """Choose the comparison for a literal; its field is named later if it is the dimension's own."""
    everything, wanted = literal.dimension.codes, literal.codes
    rest = everything - wanted
    if len(wanted) == 1:
        return Test(literal, "", "$eq", min(wanted))
    if all(code < min(wanted) for code in rest):
        return Test(literal, "", "$gte", min(wanted))
    if all(code > max(wanted) for code in rest):
        return Test(literal, "", "$lte", max(wanted))
    if len(rest) == 1:
        return Test(literal, "", "$neq", min(rest))
    return Test(literal, next(names), "$ex", 1)


def field_names() -> Iterator[str]:
    """Give short names without end: a, b, … z, aa, ab, …"""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            name = "".join(letters)
            if name not in RESERVED:
                yield name
