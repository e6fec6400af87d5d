"""The sheet on which the signals of one listing are noted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhengpin.domain.hit import Evidence, Value
from zhengpin.signals.signal import Observation


class Sheet:
    """The values of one listing as they are noted, and where each can be looked up."""

    def __init__(self) -> None:
        """Start empty: a signal that is never noted is unknown."""
        self._values: dict[str, Value | None] = {}
        self._evidence: dict[str, tuple[Evidence, ...]] = {}

    def note(self, name: str, value: Value | None, *evidence: Evidence) -> None:
        """Note a value; `None` is unknown and leaves the signal out."""
        if value is None:
            return
        self._values[name] = value
        if evidence:
            self._evidence[name] = evidence

    def note_all(self, values: Mapping[str, Value | None]) -> None:
        """Note several values at once, none of which can be looked up anywhere."""
        self._values.update(values)

    def __getitem__(self, name: str) -> Value | None:
        """Read back what was noted; `None` if unknown."""
        return self._values.get(name)

    def observation(self) -> Observation:
        """Close the sheet."""
        values: dict[str, Any] = self._values
        for name in [name for name, value in values.items() if value is None]:
            del values[name]
        return Observation(values, self._evidence)
