"""Outcomes that are worked out once a profile: most listings look to the rules like many others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final

from zhengpin.rules.hits import Outcome
from zhengpin.rules.profile import Profile, asks_first, profiler
from zhengpin.rules.syntax import Condition
from zhengpin.signals.signal import SignalValues

MOST_PROFILES: Final = 4096
"""Profiles that are remembered, some 2 kB each. A marketplace has tens to hundreds; then the oldest is forgotten."""


class Outcomes:
    """Remembers how rules came out. Safe to share between threads."""

    def __init__(self, conditions: Sequence[Condition], work_out: Callable[[SignalValues], Outcome]) -> None:
        """`work_out` is asked for each profile that isn't remembered."""
        guarded = [each for each in conditions if asks_first(each)]
        self._profile = profiler([each for each in conditions if not asks_first(each)], guarded)
        self._work_out = work_out
        self._known: dict[Profile, Outcome] = {}
        self._changing = threading.Lock()

    def of(self, values: SignalValues) -> Outcome:
        """How every rule comes out for these values."""
        profile = self._profile(values)
        known = self._known.get(profile)
        if known is not None:
            return known
        outcome = self._work_out(values)
        with self._changing:
            if len(self._known) >= MOST_PROFILES:
                del self._known[next(iter(self._known))]
            self._known[profile] = outcome
        return outcome

    def forget(self) -> None:
        """Forget every profile."""
        with self._changing:
            self._known.clear()
