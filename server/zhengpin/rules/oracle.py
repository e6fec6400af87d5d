"""The rules as generated Python functions: the reference that the rule engine is held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from zhengpin.rules.kleene import Writer, compiled
from zhengpin.rules.syntax import Condition
from zhengpin.signals.signal import SignalValues

Truth: TypeAlias = bool | None
"""`None` is unknown."""


def truth_of(condition: Condition) -> Callable[[SignalValues], Truth]:
    """Make a function that evaluates one condition in three-valued logic."""
    writer = Writer()
    yes, no = writer.surely(condition), writer.surely(condition, truth=False)
    source = f"def truth(values):\n{writer.loads()}\n    return True if {yes} else False if {no} else None"
    return compiled("truth", source, writer.namespace)


class Oracle:
    """All rules in one generated function."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        """Generate the function once; calls are cheap."""
        writer = Writer()
        tests = [writer.surely(condition) for condition in conditions]
        lines = [f"    if {test}: add({place})" for place, test in enumerate(tests)]
        body = "\n".join([writer.loads(), "    fired = []", "    add = fired.append", *lines, "    return fired"])
        self._fired: Callable[[SignalValues], list[int]] = compiled(
            "fired", f"def fired(values):\n{body}", writer.namespace
        )

    def fired(self, values: SignalValues) -> list[int]:
        """Give the places of the conditions that are surely true, in order."""
        return self._fired(values)
