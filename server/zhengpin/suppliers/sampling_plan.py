"""How many units of a lot to inspect, and how many may be defective (ISO 2859-1, single sampling, general level II).

Only as far as two public copies of the standard's table agree: lots of 91 to 35,000 units, acceptance quality limits of
0.65 to 6.5 percent. Outside of it there is no plan, and nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from zhengpin.domain.word import Word

_LIMITS = (0.65, 1.0, 1.5, 2.5, 4.0, 6.5)
"""Acceptance quality limits in percent, one a column."""
_UP, _DOWN = "^", "v"
_ROWS: tuple[tuple[int, int, tuple[int | str, ...]], ...] = (
    # the largest lot, the sample, and per limit how many defective units reject it; an arrow is the next row's plan
    (150, 20, (1, _UP, _DOWN, 2, 3, 4)),  # F
    (280, 32, (_UP, _DOWN, 2, 3, 4, 6)),  # G
    (500, 50, (_DOWN, 2, 3, 4, 6, 8)),  # H
    (1_200, 80, (2, 3, 4, 6, 8, 11)),  # J
    (3_200, 125, (3, 4, 6, 8, 11, 15)),  # K
    (10_000, 200, (4, 6, 8, 11, 15, 22)),  # L
    (35_000, 315, (6, 8, 11, 15, 22, _UP)),  # M
)
_SMALLEST_LOT = 91
_LARGEST_LOTS = tuple(row[0] for row in _ROWS)


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """What the standard asks of one lot."""

    sample_size: int
    rejects_at: int
    """So many defective units reject the lot; one fewer accepts it."""


@lru_cache(maxsize=4096)
def plan_for(lot_size: int, limit: float, *, tightened: bool = False) -> SamplingPlan | None:
    """Look the plan up; `None` outside of the table.

    Tightened inspection takes the normal plan of the next stricter limit.
    """
    if limit not in _LIMITS or not _SMALLEST_LOT <= lot_size <= _LARGEST_LOTS[-1]:
        return None
    column = _LIMITS.index(limit) - tightened
    if column < 0:
        return None
    row = bisect_left(_LARGEST_LOTS, lot_size)
    while 0 <= row < len(_ROWS):
        _, sample_size, cells = _ROWS[row]
        cell = cells[column]
        if isinstance(cell, int):
            return SamplingPlan(sample_size, cell)
        row += -1 if cell == _UP else 1
    return None


class LotVerdict(Word):
    """What comes of a lot."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OPEN = "open"
    """No plan covers it, or the sample is of another size and decides nothing."""


def judge_count(plan: SamplingPlan | None, inspected: int, defective: int) -> LotVerdict:
    """Compare one count of defective units with its plan.

    A smaller sample than planned can only reject, for the rest of it was never looked at; a larger one can only accept.
    """
    if plan is None:
        return LotVerdict.OPEN
    if defective < plan.rejects_at:
        return LotVerdict.ACCEPTED if inspected >= plan.sample_size else LotVerdict.OPEN
    return LotVerdict.REJECTED if inspected <= plan.sample_size else LotVerdict.OPEN
