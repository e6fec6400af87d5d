"""Audit schemes: how they are spelt, what their grades are worth, and for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.held_against import is_zero_tolerance
from zhengpin.domain.supplier_fact import Audit

BSCI = "amfori BSCI"
ZERO_TOLERANCE = "zero tolerance"

_SCHEMES = (("bsci", BSCI), ("iso9001", "ISO 9001"), ("sa8000", "SA8000"))
"""By what all their spellings have in common."""
_BSCI_YEARS = {"A": 2, "B": 2, "C": 1, "D": 1, "E": 0, ZERO_TOLERANCE: 0}
"""amfori BSCI: A and B hold for two years, C and D for one, with a follow-up within it; E is audited anew."""
_BSCI_FLOORS = ((86, "A"), (71, "B"), (51, "C"), (30, "D"), (0, "E"))
"""In percent."""
_BAND = re.compile(r"(?:grade|rating|band|等级|评级)?([a-e])(?:级|等级)?")
"""A band as people write it, normalised: "B", "Grade B", "B级"."""
_PERCENT = re.compile(r"(\d{1,3})(?:\.\d+)?\s*[%％]?")
_CERTIFIED = frozenset({"", "passed", "pass", "certified", "valid", "合格", "通过", "有效"})
_NOT_CERTIFIED = frozenset({"failed", "fail", "withdrawn", "suspended", "不合格", "未通过", "撤销", "暂停"})


@dataclass(frozen=True, slots=True)
class AuditWorth:
    """What one audit says, whenever it was."""

    scheme: str
    grade: str
    years: int
    """For how long it holds; 0 for one that was not passed."""

    def last_day(self, audit: Audit) -> date:
        """As the paper says, but no longer than the scheme allows."""
        day, year = audit.audited_on, audit.audited_on.year + self.years
        is_leap_day = (day.month, day.day) == (2, 29)
        ends = date(year, 2, 28) if is_leap_day else day.replace(year=year)
        return min(ends, audit.valid_to or ends)


def scheme_of(name: str) -> str:
    """The scheme by its own name; empty for one that is not known."""
    plain = normalised_name(name)
    return next((scheme for part, scheme in _SCHEMES if part in plain), "")


def worth_of(audit: Audit, certificate_years: int) -> AuditWorth | None:
    """What an audit is worth; `None` for a scheme that is not known, or a grade that the scheme does not give.

    amfori BSCI grades from A to E, or in percent, and is no certificate; the others certify or don't.
    """
    scheme = scheme_of(audit.scheme)
    if scheme == BSCI:
        grade = _bsci_grade(audit.grade)
        return AuditWorth(scheme, grade, _BSCI_YEARS[grade]) if grade else None
    plain = normalised_name(audit.grade)
    if not scheme or plain not in _CERTIFIED | _NOT_CERTIFIED:
        return None
    return AuditWorth(scheme, audit.grade, certificate_years if plain in _CERTIFIED else 0)


def _bsci_grade(told: str) -> str:
    if is_zero_tolerance(told):
        return ZERO_TOLERANCE
    if band := _BAND.fullmatch(normalised_name(told)):
        return band[1].upper()
    share = _PERCENT.fullmatch(told.strip())
    if share is None or int(share[1]) > 100:  # noqa: PLR2004 - per cent
        return ""
    return next(grade for floor, grade in _BSCI_FLOORS if int(share[1]) >= floor)
