"""A span of time in which one side of a target had more votes than its past explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhengpin.reputation.timeline import Numbers, Places


@dataclass(frozen=True, slots=True)
class Alarm:
    """Neighbouring votes of one side. An alarm accuses nobody: it says where to look at who votes."""

    first: int
    """The first place of the timeline."""
    after_last: int
    chance: float
    """Of so many votes, if the past explains them."""


def joined(first: Places, last: Places, chance: Numbers) -> Iterator[Alarm]:
    """Alarms from columns, the last place included; overlapping ones as one, with the least of their chances."""
    if not len(first):
        return
    order = np.argsort(first, kind="stable")
    first, chance = first[order], chance[order]
    reached = np.maximum.accumulate(last[order] + 1)
    begins = np.flatnonzero(np.append(True, first[1:] >= reached[:-1]))
    ends = np.append(begins[1:], len(first)) - 1
    least = np.minimum.reduceat(chance, begins)
    yield from map(Alarm, first[begins].tolist(), reached[ends].tolist(), least.tolist())
