"""When people vote: in the evening, at weekends, and in the weeks of the shopping festivals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

_SECONDS_A_DAY = 86_400
_SECONDS_AN_HOUR = 3_600
_CHINA = timedelta(hours=8)
_HOURS = (3, 2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 9, 8, 7, 7, 7, 7, 8, 9, 10, 10, 9, 6)
"""How usual each hour of the day is."""
_WEEKDAYS = (9, 9, 9, 9, 10, 12, 12)
_FESTIVALS = ((6, 18), (11, 11))
_AROUND = 3
"""A festival's votes come from so many days before it until as many after."""


class Rhythm:
    """Draws moments, told in days before now, more of them where more people are about."""

    def __init__(self, now: datetime, season: float) -> None:
        local = now + _CHINA
        self._second = local.hour * _SECONDS_AN_HOUR + local.minute * 60 + local.second
        self._weekday = local.weekday()
        self._season = season
        self._festive = _festive_days(local)
        self._most = max(_HOURS) * max(_WEEKDAYS) * max(season, 1)

    def draw(self, dice: Random, span: float, shape: Callable[[float], float] = lambda share: share) -> float:
        """Days before now, less than `span`; `shape` bends an even throw from 0 to 1."""
        while True:
            ago = shape(dice.random()) * span
            if dice.random() * self._most < self._weight(ago):
                return ago

    def _weight(self, ago: float) -> float:
        day, second = divmod(self._second - ago * _SECONDS_A_DAY, _SECONDS_A_DAY)
        usual = _HOURS[int(second // _SECONDS_AN_HOUR)] * _WEEKDAYS[(self._weekday + int(day)) % 7]
        return usual * self._season if -day in self._festive else usual


def _festive_days(today: datetime) -> frozenset[float]:
    """How many days ago the festive days of the last years were."""
    festivals = (
        (today - today.replace(year=year, month=month, day=day)).days
        for year in range(today.year - 4, today.year + 1)
        for month, day in _FESTIVALS
    )
    return frozenset(float(ago + each) for ago in festivals for each in range(-_AROUND, _AROUND + 1))
