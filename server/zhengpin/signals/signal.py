"""What a signal is: its name, type, unit, range, needs and meaning, and how it is observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from zhengpin.domain.hit import Evidence, Text, Value
from zhengpin.domain.quick_init import quickly_made


class SignalType(StrEnum):
    """The type of a signal's value."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    """One text of `choices`."""
    SET = "set"
    """Any of `choices`, as a sorted tuple."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One entry of the catalogue."""

    name: str
    """Dotted: `price.vs_market`."""
    type: SignalType
    doc: Text
    unit: str = ""
    """"ratio", "days", "currency", "count", "share"; empty for what has none."""
    low: float | None = None
    high: float | None = None
    """The range, inclusive; `None` where it is open."""
    choices: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """The parts of the snapshot without which it is unknown."""
    as_of: str = "the time of screening"
    """The time or the window that the value speaks of."""


SignalValues: TypeAlias = Mapping[str, Value]
"""Observed values by signal name; an unknown signal is absent."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Observation:
    """The signals of one listing, and where a person can look each of them up."""

    values: SignalValues
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """By signal name; only where there is something to look up."""
