"""Who votes where something was noticed: in the time of an alarm, and wherever voters went who met too often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

from zhengpin.reputation.alarms import Alarm
from zhengpin.reputation.company import in_company, silent_before
from zhengpin.reputation.dense_blocks import OCCASION
from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.timeline import Places
from zhengpin.reputation.voices import GROUP_UNLIKE_OTHERS, UNLIKE_OTHERS, chance_of_such_unity
from zhengpin.reputation.windows import Window, dissent, others_agree, window_around

LEAST_TOGETHER: Final = 3
UNUSUAL: Final = 0.01
"""The chance of as many votes without the largest circle, of a Poisson count."""
OCCASION_SHARE: Final = 0.25
"""Of a group's voters so many take part where the group is at work."""


def arranged_in(inquiry: Inquiry, alarm: Alarm, *, at_once: bool) -> Window | None:
    """The window of an alarm in which votes were arranged, if any were.

    Votes that came `at_once` need no other proof than that many came together, of circles that never dissent.
    Those that came over weeks must also say something else than the target's other voters do.
    """
    company = _company(inquiry, alarm, at_once=at_once)
    if len(company) < LEAST_TOGETHER:
        return None
    window = window_around(inquiry, company, spare_regulars=True)
    if not window.is_led or not _is_unusual_beside_one_circle(inquiry, window):
        return None
    if at_once:
        return window
    dissenting = dissent(inquiry, window, inquiry.traits.circle)
    expected = (len(company) + dissenting) * (1 - others_agree(inquiry, window))
    return window if chance_of_such_unity(dissenting, expected) <= UNLIKE_OTHERS else None


def _is_unusual_beside_one_circle(inquiry: Inquiry, window: Window) -> bool:
    """Whether there would be too many votes without the largest circle, too.

    One circle of acquaintances is no brigade, whatever it says: it counts as the square root of its number.
    """
    rest = _beside_one_circle(inquiry.traits.circle[window.first : window.after_last])
    return rest >= LEAST_TOGETHER and float(gammainc(rest, window.expected)) <= UNUSUAL


def _company(inquiry: Inquiry, alarm: Alarm, *, at_once: bool) -> Places:
    """The places of an alarm whose voters came together, and belong to circles that speak with one voice."""
    low, high = inquiry.timeline.bounds(int(inquiry.timeline.side[alarm.first]) // 2)
    inside = np.arange(alarm.first, alarm.after_last)
    elsewhere = np.r_[low : alarm.first, alarm.after_last : high]
    votes = inquiry.traits.take(inside)
    together = in_company(votes, inquiry.traits.take(elsewhere), inquiry.usual)
    if at_once:
        together |= silent_before(votes, inquiry.usual.silence)
    company: Places = inside[together & inquiry.unity.united[inquiry.traits.circle[inside]]]
    return company


def _beside_one_circle(circles: NDArray[np.integer]) -> int:
    """How many there are beside the largest circle."""
    return len(circles) - int(np.unique(circles, return_counts=True)[1].max(initial=0))


def arranged_by(inquiry: Inquiry, voters: Places) -> list[Window]:
    """The windows in which a group of voters was at work; none if they bought as usual, or say what everybody says.

    Whoever took part twice without having been noticed belongs to the group as well.
    """
    windows = _at_work(inquiry, voters)
    if not windows:
        return []
    took_part = np.concatenate([inquiry.voter[each.hired] for each in windows])
    often = np.flatnonzero(np.bincount(took_part) > 1)
    windows = _at_work(inquiry, np.union1d(voters, often))
    company = np.concatenate([each.company for each in windows])
    _, one = np.unique(inquiry.voter[company], return_index=True)
    if _beside_one_circle(inquiry.traits.circle[company[one]]) < LEAST_TOGETHER:
        return []
    if inquiry.traits.bought[company].mean() > inquiry.usual.bought:
        return []
    dissenting, expected = 0, 0.0
    for window in windows:
        against = dissent(inquiry, window, inquiry.voter)
        dissenting += against
        expected += (len(window.company) + against) * (1 - others_agree(inquiry, window))
    return windows if chance_of_such_unity(dissenting, expected) <= GROUP_UNLIKE_OTHERS else []


def _at_work(inquiry: Inquiry, voters: Places) -> list[Window]:
    return [window_around(inquiry, company, spare_regulars=False) for company in _occasions(inquiry, voters)]


def _occasions(inquiry: Inquiry, voters: Places) -> Iterator[Places]:
    """The places of some voters, side by side and time by time, where enough of them came."""
    places = inquiry.places_of(voters)
    new = np.diff(inquiry.timeline.mark[places], prepend=-np.inf) > OCCASION
    least = max(LEAST_TOGETHER, OCCASION_SHARE * len(voters))
    return (company for company in np.split(places, np.flatnonzero(new)[1:]) if len(company) >= least)
