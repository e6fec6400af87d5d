"""When a trader began to sell so much that the INFORM Consumers Act asks for its details (KYB-05)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

LEAST_SALES: Final = 200
"""Of new or unused goods in 12 months in a row of the last 24 (15 U.S.C. 45f).

The law asks for 5,000 USD of turnover as well. Buyers pay in many currencies, so that sales alone are counted: some are
asked who need not tell yet, and nobody is left out.
"""
_YEAR: Final = timedelta(days=365)
LOOKED_BACK: Final = 2 * _YEAR
"""The last 24 months."""


def high_volume_since(sales: Iterable[tuple[date, int]], today: date) -> date | None:
    """The day, of the last 24 months, on which the sales of 12 months first were as many; `None` if never.

    `sales` are the days on which anything was sold, and how often.
    """
    recent = sorted((day, count) for day, count in sales if today - LOOKED_BACK < day <= today)
    year, sold = deque[tuple[date, int]](), 0
    for day, count in recent:
        year.append((day, count))
        sold += count
        while year[0][0] <= day - _YEAR:
            sold -= year.popleft()[1]
        if sold >= LEAST_SALES:
            return day
    return None
