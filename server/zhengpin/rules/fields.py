"""The fields of a lane's fact, and the tests of its rules on them.

Each dimension has a field with its code. A set of codes that no single comparison can describe (`kind in ["a", "c"]`)
has a field of its own, which is there only when the value is in the set. A code that no test asks for is left out
of the fact, as a missing value is: every test is positive, so leaving out is never taken for true.
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
    """A field and what is written into it: a number for each code that some test asks for."""

    name: str
    numbers: dict[int, int]

    def text(self, code: int) -> str:
        """Give the field's part of the fact, or nothing."""
        return f',"{self.name}":{self.numbers[code]}' if code in self.numbers else ""


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
        literals_here = [Literal(dimension, codes) for codes in wanted]
        plain = [literal for literal in literals_here if _comparison(literal)]
        marked = [literal for literal in literals_here if not _comparison(literal)]
        coded = [Field(next(names), _numbers([literal.codes for literal in plain]))] if plain else []
        marks = [Field(next(names), dict.fromkeys(literal.codes, 1)) for literal in marked]
        fields[dimension] = (*coded, *marks)
        tests.update({literal: Test(literal, coded[0].name, *_comparison(literal)) for literal in plain})
        tests.update({each: Test(each, mark.name, "$ex", 1) for each, mark in zip(marked, marks, strict=True)})
    return Layout(fields, tests)


def _numbers(wanted: list[Codes]) -> dict[int, int]:
    """Give the codes that tests ask for; codes that no test tells apart are written as the first of them."""
    first: dict[tuple[bool, ...], int] = {}
    numbers: dict[int, int] = {}
    for code in sorted(frozenset().union(*wanted)):
        numbers[code] = first.setdefault(tuple(code in codes for codes in wanted), code)
    return numbers


def _comparison(literal: Literal) -> tuple[str, int] | tuple[()]:
    """Choose the operator and the code of a single comparison for a literal; nothing if none describes it."""
    wanted = literal.codes
    rest = literal.dimension.codes - wanted
    if len(wanted) == 1:
        return "$eq", min(wanted)
    if all(code < min(wanted) for code in rest):
        return "$gte", min(wanted)
    if all(code > max(wanted) for code in rest):
        return "$lte", max(wanted)
    return ("$neq", min(rest)) if len(rest) == 1 else ()


def field_names() -> Iterator[str]:
    """Give short names without end: a to z, then aa, ab and so on."""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            name = "".join(letters)
            if name not in RESERVED:
                yield name
