"""The tree of a rule's condition: typed, and small enough to hold in one's head.

Conditions are true, false or *unknown* (Kleene's strong logic): a comparison with a missing signal is unknown, and so
is one with a quotient whose divisor is 0. `Missing` alone is always known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from zhengpin.signals.signal import Signal

Comparator: TypeAlias = Literal["<", "<=", "==", "!=", ">=", ">"]
Constant: TypeAlias = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a signal."""

    signal: Signal


@dataclass(frozen=True, slots=True)
class Given:
    """A constant, as written."""

    value: Constant


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * /` or `abs`, `min`, `max` over numbers; a single part under `-` is negated."""

    operator: str
    parts: tuple[Operand, ...]


Operand: TypeAlias = Reading | Given | Arithmetic


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean signal is true."""

    signal: Signal


@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers, or a choice and a text."""

    left: Operand
    comparator: Comparator
    right: Operand


@dataclass(frozen=True, slots=True)
class OneOf:
    """A number or a choice is one of some constants."""

    item: Operand
    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """A set holds at least one of some texts."""

    signal: Signal
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A signal is not known."""

    signal: Signal


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Every:
    """All parts are true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part is true."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Flag | Compare | OneOf | Contains | Missing | Not | Every | Some


def signals_read(tree: Condition | Operand) -> tuple[Signal, ...]:
    """Give the signals whose value the tree reads, each once, as first named; `missing(…)` reads no value."""
    return tuple(dict.fromkeys(_read(tree)))


def signals_named(tree: Condition | Operand) -> tuple[Signal, ...]:
    """Give all signals of the tree, those under `missing(…)` included, each once, as first named."""
    return tuple(dict.fromkeys(_named(tree)))


def parts_of(tree: Condition | Operand) -> tuple[Condition | Operand, ...]:
    """Give the sub-trees."""
    match tree:
        case Not(part):
            return (part,)
        case Every(parts) | Some(parts) | Arithmetic(_, parts):
            return parts
        case Compare(left, _, right):
            return (left, right)
        case OneOf(item, _):
            return (item,)
        case _:
            return ()


def calculates(tree: Condition | Operand) -> bool:
    """Tell whether the tree calculates, and so can be unknown although all its signals are there."""
    return isinstance(tree, Arithmetic) or any(calculates(part) for part in parts_of(tree))


def _read(tree: Condition | Operand) -> Iterator[Signal]:
    if isinstance(tree, Reading | Flag | Contains):
        yield tree.signal
    for part in parts_of(tree):
        yield from _read(part)


def _named(tree: Condition | Operand) -> Iterator[Signal]:
    if isinstance(tree, Reading | Flag | Contains | Missing):
        yield tree.signal
    for part in parts_of(tree):
        yield from _named(part)
