"""Bursts: far more votes within an hour or a day than the same side of the target had on the same weekdays before.

What is usual for a side is not known but learned: its counts in the same hours of the four weeks before, and where
those are few, what is usual for others. With counts n₁ … n_k in k such spans and a Gamma(α, β) over the rates of all
sides (β ≤ 1, as one week more), the next count is negative binomial with α + Σn and (β + k) / (β + k + 1); P(C ≥ c) is
the regularised incomplete beta function at 1 / (β + k + 1) with parameters c and α + Σn. On days when the whole market
votes more, everybody's rate is raised by as much: a shopping festival is no burst.

An alarm says that something happened, not that it was arranged: after a television programme all of it is true as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betainc

from zhengpin.reputation.alarms import Alarm, joined
from zhengpin.reputation.timeline import DAY, HOUR, Numbers, Places, Timeline
from zhengpin.reputation.usual import Usual, UsualRates

ALARM_CHANCE: Final = 1e-4
LEAST_VOTES: Final = 8
"""Fewer are no burst, however unusual (domain.md §3.7)."""
WEEKS: Final = 4
_WEEK: Final = 7 * DAY
_LIVELIEST: Final = 5.0
"""So much at most a lively market excuses."""


@dataclass(frozen=True, slots=True)
class RecentCounts:
    """What one side of a target has had lately; all that must be known when a vote comes in."""

    now: int
    """Votes in the span that ends now, the new one included."""
    before: int
    """Votes in the same span of the last weeks, added up."""
    weeks: int
    """How many of these weeks are on record, four at most."""
    liveliness: float = 1.0
    """How many times as many votes as in those weeks the whole market has in the span."""


def burst_now(counts: RecentCounts, usual: UsualRates) -> float:
    """The chance of so many votes if all is as usual: `ALARM_CHANCE` and below is an alarm; 1 for too few to matter."""
    if counts.now < LEAST_VOTES:
        return 1.0
    prior = _as_one_week(usual)
    return float(_chance(counts.now, prior.shape + counts.before, (prior.rate + counts.weeks) / counts.liveliness))


def burst_alarms(timeline: Timeline, usual: Usual) -> Iterator[Alarm]:
    """Every burst of the record, in hours and in days."""
    hours, days = _unusual(timeline, HOUR, usual.hourly), _unusual(timeline, DAY, usual.daily)
    return joined(*(np.concatenate(columns) for columns in zip(hours, days, strict=True)))


def _unusual(timeline: Timeline, span: float, usual: UsualRates) -> tuple[Places, Places, Numbers]:
    """The first and the last place of each unusual span that ends with a vote, and the chance of so many."""
    last = np.arange(len(timeline))
    first = timeline.until(timeline.side, timeline.at - span)
    many = last - first + 1 >= LEAST_VOTES
    first, last = first[many], last[many]
    chance = _chance(last - first + 1, *_posterior(timeline, first, last, span, usual))
    found = chance <= ALARM_CHANCE
    return first[found], last[found], chance[found]


def _posterior(
    timeline: Timeline, first: Places, last: Places, span: float, usual: UsualRates
) -> tuple[Numbers, Numbers]:
    """The Gamma distribution of the usual count of each span, by its first and last place, from the weeks before."""
    side, at = timeline.side[last], timeline.at[last]
    before, weeks, others_before = np.zeros(len(last)), np.zeros(len(last)), np.zeros(len(last))
    for week in range(1, WEEKS + 1):
        until = at - week * _WEEK
        on_record = until - span >= timeline.began
        before += np.where(on_record, timeline.count(side, until - span, until), 0)
        others_before += np.where(on_record, timeline.count_all(until - span, until), 0)
        weeks += on_record
    others = timeline.count_all(at - span, at) - (last - first + 1)
    # One vote more on each side of the comparison: an hour without votes makes the next one no lively hour.
    liveliness = np.clip((others + 1) / (others_before / np.maximum(weeks, 1) + 1), 1.0, _LIVELIEST)
    prior = _as_one_week(usual)
    return prior.shape + before, (prior.rate + weeks) / np.where(weeks > 0, liveliness, 1.0)


def _as_one_week(usual: UsualRates) -> UsualRates:
    """What is usual for others, weighing no more than one week of the side's own: what it had every Saturday counts."""
    weight = min(1.0, 1.0 / usual.rate)
    return UsualRates(usual.shape * weight, usual.rate * weight)


def _chance(count: Places | int, shape: Numbers | float, rate: Numbers | float) -> Numbers:
    """P(C ≥ count) of a negative binomial count whose Poisson rate is Gamma distributed."""
    chance: Numbers = betainc(count, shape, 1 / (1 + rate))
    return chance
