"""Days of the calendar, which has a last one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_DAY: Final = timedelta(days=1)


def day_after(day: date, by: timedelta = _DAY) -> date | None:
    """The next day, or the one after so many; `None` behind 9999-12-31, as which "for ever" is often written."""
    return day + by if by <= date.max - day else None
