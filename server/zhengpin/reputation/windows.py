"""Windows: the votes of one side in a span of time, opened around voters who came together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.reputation.drips import LATELY
from zhengpin.reputation.hirelings import hired_too
from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.timeline import DAY, HOUR, Places

LEADING_SHARE: Final = 0.3
_PRIOR_VOTES: Final = 10.0
"""So many votes it is worth what is said on the whole, where few say it at the time."""


@dataclass(frozen=True, slots=True)
class Window:
    """Places of one side, in the order of time."""

    first: int
    after_last: int
    company: Places
    """Those that came together."""
    hired: Places
    """Those that are held to be arranged: the company, and who was hired beside."""
    expected: float
    """How many votes were usual before for a span of this length."""

    @property
    def is_led(self) -> bool:
        """Whether those who came together are so large a part that the others came with them.

        Of honest crowds they were a tenth at most.
        """
        return len(self.company) >= LEADING_SHARE * (self.after_last - self.first)


def window_around(inquiry: Inquiry, company: Places, *, spare_regulars: bool) -> Window:
    """Open a window on votes of one side that came together: from a little before the first to a little after the last.

    A little is as long as they are apart on average. `spare_regulars` never holds those to be hired beside who have
    voted on other targets for weeks: else a seller rids itself of honest warnings by adding hired ones.
    """
    timeline = inquiry.timeline
    began, ended = timeline.at[company[0]], timeline.at[company[-1]]
    margin = (ended - began) / len(company)
    side = timeline.side[company[:1]]
    # Whatever was cast at the very moment the window opens belongs to it.
    edges = np.array([began - margin - 1, ended + margin])
    first, after_last = timeline.until(np.repeat(side, 2), edges).tolist()
    expected = float(inquiry.usual_a_day[company[0]]) * max(ended - began + 2 * margin, HOUR) / DAY
    others = np.setdiff1d(np.arange(first, after_last), company, assume_unique=True)
    bought = inquiry.traits.bought
    bought_by_hired = (bought[company].sum() + inquiry.usual.bought) / (len(company) + 1)
    also = hired_too(bought[others], expected, bought_by_hired, inquiry.usual.bought)
    if spare_regulars:
        also &= ~inquiry.traits.regular[others]
    window = Window(first, after_last, company, np.union1d(company, others[also]), expected)
    return window if window.is_led else replace(window, hired=company)


def dissent(inquiry: Inquiry, window: Window, column: NDArray[np.integer]) -> int:
    """How many votes of the company's own people lie on the other side within the window.

    `column` tells whose people a vote's voter belongs to: its circle, or the voter itself.
    """
    timeline = inquiry.timeline
    other_side = timeline.side[window.company[:1]] ^ 1
    edges = timeline.at[[window.first, window.after_last - 1]]
    first, after_last = timeline.until(np.repeat(other_side, 2), edges + np.array([-1, 0])).tolist()
    return int(np.isin(column[first:after_last], column[window.company]).sum())


def others_agree(inquiry: Inquiry, window: Window) -> float:
    """The share of the target's other votes that lie on the window's side.

    The weeks around it tell most, for goods become better and worse. Where they have few votes, it leans on all votes
    on the target, and these lean on what is usual.
    """
    timeline, side = inquiry.timeline, int(inquiry.timeline.side[window.first])
    low, high = timeline.bounds(side // 2)
    others = np.setdiff1d(np.arange(low, high), window.company, assume_unique=True)
    began, ended = timeline.at[[window.first, window.after_last - 1]]
    around = others[np.abs(timeline.at[others] - (began + ended) / 2) <= (ended - began) / 2 + LATELY]
    share = inquiry.usual.share_of(side)
    for some in (others, around):
        agree = np.count_nonzero(timeline.side[some] == side)
        share = (agree + _PRIOR_VOTES * share) / (len(some) + _PRIOR_VOTES)
    return float(share)
