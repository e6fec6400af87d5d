"""Calibration over time: whether as many listings turned out to be fake as a model expected, week by week."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final

from zhengpin.domain.model_check import Rate

SHOWN: Final = 1.96
"""Normal quantile of the 95 % interval that is shown beside each rate."""
CERTAIN: Final = 3.29
"""Normal quantile of the 99.9 % interval that an alarm asks for: it is looked at every day."""
ENOUGH: Final = 20
"""Fakes below which nothing is said of calibration."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A listing that a model gave a probability before anything was known of it."""

    judged_at: datetime
    probability: float
    fake: bool
    """Whether it was found to be fake since; what nobody has looked at was not."""
    weight: float = 1.0
    """How many listings it stands for."""


def weekly_rates(judged: Iterable[Judged]) -> tuple[Rate, ...]:
    """The rates of each calendar week (UTC, from its Monday on) that has any, the oldest first."""
    weeks = groupby(sorted(judged, key=lambda each: each.judged_at), key=lambda each: _monday(each.judged_at))
    return tuple(_rate(monday, list(members)) for monday, members in weeks)


def is_off(judged: Iterable[Judged]) -> bool:
    """Whether more turned out to be fake than was expected, beyond the 99.9 % interval, given enough fakes.

    Fewer say little: labels come late, and nobody looks at most listings.
    """
    known = list(judged)
    fakes = sum(each.weight for each in known if each.fake)
    if fakes < ENOUGH:
        return False
    listings, expected = _expected(known)
    return expected < wilson(fakes, listings, CERTAIN)[0]


def wilson(part: float, whole: float, quantile: float) -> tuple[float, float]:
    """Wilson's score interval of a share of a whole > 0 (E. B. Wilson, JASA 22, 1927)."""
    share, squared = part / whole, quantile**2
    centre = share + squared / (2 * whole)
    margin = quantile * math.sqrt(share * (1 - share) / whole + squared / (4 * whole**2))
    scale = 1 + squared / whole
    return max((centre - margin) / scale, 0.0), min((centre + margin) / scale, 1.0)


def _rate(since: date, members: list[Judged]) -> Rate:
    fakes = sum(each.weight for each in members if each.fake)
    listings, expected = _expected(members)
    return Rate(since, round(listings), expected, fakes / listings, *wilson(fakes, listings, SHOWN))


def _expected(members: list[Judged]) -> tuple[float, float]:
    """How many listings there are, and the share of fakes that was expected among them."""
    listings = sum(each.weight for each in members)
    return listings, sum(each.weight * each.probability for each in members) / listings


def _monday(moment: datetime) -> date:
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
