"""Which day it is where a paper is valid: a licence ends when its last day has ended there, not in Greenwich."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from zhengpin.domain.quick_init import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Today:
    """The day, or two of them where one begins before the other has ended everywhere."""

    begun: date
    """The latest day that has begun."""
    lasting: date
    """The earliest day that has not ended."""

    def lies_within(self, first: date, last: date) -> bool:
        """Whether a paper valid from the first to the last of these days is valid now."""
        return first <= self.begun and self.lasting <= last


_ANYWHERE = (14, -12)
_HOURS = {
    "CN": (8, 8), "HK": (8, 8), "MO": (8, 8), "TW": (8, 8), "SG": (8, 8), "MY": (8, 8), "PH": (8, 8), "JP": (9, 9),
    "KR": (9, 9), "VN": (7, 7), "TH": (7, 7), "ID": (9, 7), "IN": (5.5, 5.5), "AE": (4, 4), "SA": (3, 3), "TR": (3, 3),
    "GB": (1, 0), "IE": (1, 0), "PT": (1, -1), "ES": (2, 0), "FR": (2, 1), "DE": (2, 1), "IT": (2, 1), "NL": (2, 1),
    "PL": (2, 1), "BR": (-3, -3), "AR": (-3, -3), "CO": (-5, -5), "PE": (-5, -5), "MX": (-5, -8), "US": (-4, -10),
    "CA": (-2.5, -8),
}  # fmt: skip
"""Hours before Greenwich by country: the most, where a day begins first, and the least, where it ends last.

Of a country with several zones or with summer time the extremes, so that no paper is held to have ended too early; of
Brazil the official hour of Brasília, by which its authorities date. Any other country may be anywhere."""


@lru_cache(maxsize=4096)
def today_in(country: str, moment: datetime) -> Today:
    """Tell the day in a country (ISO 3166-1 alpha-2; empty if not known) at a moment."""
    most, least = _HOURS.get(country, _ANYWHERE)
    return Today(*(moment.astimezone(timezone(timedelta(hours=hours))).date() for hours in (most, least)))
