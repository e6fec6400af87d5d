"""A span of time in which one side of a target had more votes than its past explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from zhengpin.reputation.timeline import Numbers, Places


@dataclass(frozen=True, slots=True)
class Alarm:
    """Neighbouring votes of one side. An alarm accuses nobody: it says where to look at who votes."""

    first: int
    """The first place of the timeline."""
    after_last: int
    p_value: float
    """The chance of so many, if the past explains them."""

    def __len__(self) -> int:
        """How many votes."""
        return self.after_last - self.first


def alarms_of(first: Places, last: Places, p_value: Numbers) -> Iterator[Alarm]:
    """Alarms from columns, the last place included."""
    order = np.argsort(first, kind="stable")
    columns = (first[order], last[order] + 1, p_value[order])
    return map(Alarm, *(column.tolist() for column in columns))


def joined(alarms: Iterable[Alarm]) -> Iterator[Alarm]:
    """Overlapping alarms as one, with the least of their chances."""
    current: Alarm | None = None
    for alarm in sorted(alarms, key=lambda each: each.first):
        if current is None or alarm.first >= current.after_last:
            if current is not None:
                yield current
            current = alarm
        else:
            end, chance = max(current.after_last, alarm.after_last), min(current.p_value, alarm.p_value)
            current = replace(current, after_last=end, p_value=chance)
    if current is not None:
        yield current
