"""Dimensions: what rules ask of one signal, as small integers.

A number lies on the scale of all constants that it is compared with: 1 below the first, 2 on it, 3 between the first
and the second, 4 on the second … (even on a constant, odd between two). A choice has the code of its text, 0 for any
text that no rule names; a boolean is 0 or 1. What is not one signal against constants is a dimension of its own, whose
truth is computed in Python. A missing value has no code at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from zhengpin.rules.syntax import (
    Compare,
    Condition,
    Every,
    Flag,
    Given,
    Not,
    OneOf,
    Reading,
    Some,
)
from zhengpin.signals.signal import Signal, SignalType

Codes: TypeAlias = frozenset[int]


@dataclass(frozen=True, slots=True)
class Scale:
    """A number and the constants that it is compared with, sorted."""

    signal: Signal
    constants: tuple[float, ...]

    @property
    def codes(self) -> Codes:
        """Every code that a value can have."""
        return frozenset(range(1, 2 * len(self.constants) + 2))

    def place(self, constant: float) -> int:
        """Give the code of a constant of the scale."""
        return 2 * bisect_left(self.constants, constant) + 2


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice and the texts that rules name."""

    signal: Signal
    texts: tuple[str, ...]

    @property
    def codes(self) -> Codes:
        """Every code that a value can have."""
        return frozenset(range(len(self.texts) + 1))


@dataclass(frozen=True, slots=True)
class Switch:
    """A boolean signal."""

    signal: Signal

    @property
    def codes(self) -> Codes:
        """False and true."""
        return frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class Computed:
    """A condition whose truth is computed in Python."""

    condition: Condition

    @property
    def codes(self) -> Codes:
        """False and true."""
        return frozenset({0, 1})


Dimension: TypeAlias = Scale | Menu | Switch | Computed


@dataclass(frozen=True, slots=True)
class Literal:
    """A dimension's code is one of some."""

    dimension: Dimension
    codes: Codes


class Space:
    """The dimensions of some conditions: finds the literal for each of their parts."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        """Collect every constant that a signal is compared with."""
        constants: dict[Signal, set[float | str]] = {}
        for condition in conditions:
            _collect(condition, constants)
        self._dimensions = {signal: _dimension(signal, found) for signal, found in constants.items()}

    def literal(self, atom: Condition, truth: bool) -> Literal:
        """Give the codes under which a part without `and`, `or`, `not` surely has this truth."""
        match atom:
            case Flag(signal):
                return Literal(Switch(signal), frozenset({int(truth)}))
            case Compare(Reading(signal), comparator, Given(value)):
                codes = self._compared(signal, comparator, value)
            case Compare(Given(value), comparator, Reading(signal)):
                mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(comparator, comparator)
                codes = self._compared(signal, mirrored, value)
            case OneOf(Reading(signal), values):
                codes = frozenset().union(*(self._compared(signal, "==", value) for value in values))
            case _:
                return Literal(Computed(atom), frozenset({int(truth)}))
        dimension = self._dimensions[signal]
        return Literal(dimension, codes if truth else dimension.codes - codes)

    def _compared(self, signal: Signal, comparator: str, value: float | str) -> Codes:
        dimension = self._dimensions[signal]
        if isinstance(dimension, Menu):
            named = frozenset({dimension.texts.index(str(value)) + 1})
            return named if comparator == "==" else dimension.codes - named
        assert isinstance(dimension, Scale)
        place = dimension.place(float(value))
        tests = {"<": place.__gt__, "<=": place.__ge__, "==": place.__eq__, "!=": place.__ne__}
        test = tests.get(comparator) or {">=": place.__le__, ">": place.__lt__}[comparator]
        return frozenset(code for code in dimension.codes if test(code))


def _collect(tree: Condition, found: dict[Signal, set[float | str]]) -> None:
    match tree:
        case Compare(Reading(signal), _, Given(value)) | Compare(Given(value), _, Reading(signal)):
            found.setdefault(signal, set()).add(value)
        case OneOf(Reading(signal), values):
            found.setdefault(signal, set()).update(values)
        case Not(part):
            _collect(part, found)
        case Every(parts) | Some(parts):
            for part in parts:
                _collect(part, found)
        case _:
            pass


def _dimension(signal: Signal, constants: set[float | str]) -> Scale | Menu:
    if signal.type is SignalType.CHOICE:
        return Menu(signal, tuple(sorted(map(str, constants))))
    return Scale(signal, tuple(sorted({_plain(float(constant), signal) for constant in constants})))


def _plain(constant: float, signal: Signal) -> float:
    """Prefer whole numbers for whole signals: Python compares like with like faster."""
    return int(constant) if signal.type is SignalType.INTEGER and constant.is_integer() else constant
