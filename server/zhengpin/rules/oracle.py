"""The rules as generated Python functions: the reference for the rule engine, and the judge of what is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from zhengpin.rules.kleene import Writer, compiled
from zhengpin.rules.syntax import Condition, calculates, signals_read
from zhengpin.signals.signal import SignalValues

Numbers: TypeAlias = Callable[[SignalValues], list[int]]


class Oracle:
    """Conditions in three-valued logic, numbered as they stand."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        """Generate one function for what is surely true, and one for what is unknown."""
        self._fired = _listing(conditions, _is_true)
        self._undecided = _listing(conditions, _is_not_false)

    def fired(self, values: SignalValues) -> list[int]:
        """Give the numbers of the conditions that are surely true, in order."""
        return self._fired(values)

    def unknown(self, values: SignalValues, fired: Iterable[int]) -> list[int]:
        """Give the numbers of the conditions that are neither surely true nor surely false, in order.

        `fired` are those that are surely true, whoever found them. Only a condition that reads a missing signal, or
        calculates, is looked at.
        """
        undecided = self._undecided(values)
        if not undecided:
            return undecided
        known = set(fired)
        return [number for number in undecided if number not in known]


def _listing(conditions: Sequence[Condition], test: Callable[[Writer, Condition], str]) -> Numbers:
    """Generate a function that lists the numbers of the conditions for which a test holds."""
    writer = Writer()
    lines = [f"    if {test(writer, condition)}: add({number})" for number, condition in enumerate(conditions)]
    head = ["def listing(values):", writer.loads(), "    found = []", "    add = found.append"]
    source = "\n".join([*head, *lines, "    return found"])
    listing: Numbers = compiled("listing", source, writer.namespace)
    return listing


def _is_true(writer: Writer, condition: Condition) -> str:
    return writer.surely(condition)


def _is_not_false(writer: Writer, condition: Condition) -> str:
    """Ask the cheap question first, whether it can be unknown at all."""
    is_false = writer.surely(condition, truth=False)
    if calculates(condition):
        return f"not {is_false}"
    doubts = [f"{writer.variable(signal)} is None" for signal in signals_read(condition)]
    return f"({' or '.join(doubts)}) and not {is_false}" if doubts else "False"
