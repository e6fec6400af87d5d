"""Slow drips: for weeks a few more votes for one side than its own past explains, each day too few for an alarm.

The test is a cumulative sum (Page 1954) of the evidence that a side's rate has risen to `RISEN` times what it was: each
vote adds log `RISEN`, and the time since the one before takes off what would have been usual by then. Where the sum
falls to zero, nothing is going on; where it passes log 10⁴, something has been since it last was zero. What was usual
is learned from the half year that ended four weeks before, and so slowly that a drip doesn't become its own past.

The share of one side says less: a target that nine in ten praise is hardly praised by more when a brigade praises it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.alarms import Alarm, joined
from zhengpin.reputation.bursts import ALARM_CHANCE, LEAST_VOTES
from zhengpin.reputation.timeline import DAY, Numbers, Places, Timeline
from zhengpin.reputation.usual import UsualRates

RISEN: Final = 3.0
LATELY: Final = 28 * DAY
"""So far back nothing counts as the past."""
PAST: Final = 168 * DAY


def drip_alarms(timeline: Timeline, usual_a_day: Numbers) -> Iterator[Alarm]:
    """Every drip of the record; bursts are found too. `usual_a_day` tells of each place what was usual for its side."""
    begins = np.diff(timeline.side, prepend=-1) != 0
    waited = np.diff(timeline.at, prepend=timeline.at[:1]) / DAY
    evidence = np.log(RISEN) - (RISEN - 1) * usual_a_day * np.where(begins, 0.0, waited)
    total, since = _cumulative(evidence, begins)
    places = np.arange(len(timeline))
    found = (total >= -np.log(ALARM_CHANCE)) & (places - since + 1 >= LEAST_VOTES)
    return joined(since[found], places[found], np.exp(-total[found]))


def usual_a_day(timeline: Timeline, usual: UsualRates) -> Numbers:
    """How many votes a day were usual for the side of each vote when it was cast."""
    until = timeline.at - LATELY
    days = np.clip(until - timeline.began, 0.0, PAST) / DAY
    rate: Numbers = (usual.shape + timeline.count(timeline.side, until - PAST, until)) / (usual.rate + days)
    return rate


def _cumulative(evidence: Numbers, begins: NDArray[np.bool_]) -> tuple[Numbers, Places]:
    """For each place the sum that never falls below zero, and the place since which it has been above.

    It is what the plain sum has risen since its lowest point so far. Each side begins anew: it is set so far below the
    ones before that its first value is a lowest point.
    """
    plain, steps = np.cumsum(evidence), np.abs(evidence)
    apart = 2 * (np.cumsum(steps) - steps) + np.cumsum(begins)
    before = plain - evidence - np.maximum.accumulate(np.where(begins, apart, 0.0))
    lowest = np.minimum.accumulate(before)
    places = np.arange(len(evidence))
    since: Places = np.maximum.accumulate(np.where(before <= lowest, places, 0))
    return before + evidence - lowest, since
