"""Whether the deposit keeps up with what buyers could claim, and whether turnover leaps (FIN-01, FIN-02)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from zhengpin.domain.supplier_fact import DayOfSales, Deposit
from zhengpin.suppliers.profile.sources import Sources
from zhengpin.suppliers.terms import Terms

_MONTH: Final = timedelta(days=30)
_WEEK: Final = timedelta(days=7)
_BEFORE: Final = timedelta(days=28)
_LEAST_DAYS: Final = 14
"""Of the 28 days before the last week, of which sales must be told: of fewer nobody knows what is usual."""


def deposit_cover(sources: Sources, terms: Terms) -> float | None:
    """The latest deposit as a share of a tenth of the last 30 days' turnover and the open claims.

    The days end with the last one of which sales were told. `None` where no deposit or no sales were told, where buyers
    could claim nothing, and where the amounts are in several currencies.
    """
    latest = max(sources.told(Deposit), key=lambda each: (each[0].observed_at, each[0].fact_id), default=None)
    days = _days(sources)
    if latest is None or not days:
        return None
    last = days[-1]
    month = [each.sales for each in days if each.day > last.day - _MONTH]
    claims = [each.open_claims for each in days if each.day == last.day and each.open_claims is not None]
    held = latest[1].amount
    if not _is_one_currency({held.currency, *(each.currency for each in (*month, *claims))}):
        return None
    due = float(terms.deposit_share) * sum(each.nanos for each in month) + sum(each.nanos for each in claims)
    return held.nanos / due if due > 0 else None


def turnover_jump(sources: Sources) -> float | None:
    """The last 7 days' turnover a day, as a multiple of that of the 28 days before them.

    `None` where too few of those days were told, where nothing was sold on them, and where currencies differ.
    """
    days = _days(sources)
    if not days or days[-1].day < sources.today - _WEEK:
        return None
    week_began = days[-1].day - _WEEK
    week = [each for each in days if each.day > week_began]
    before = [each for each in days if week_began - _BEFORE < each.day <= week_began]
    usual = sum(each.sales.nanos for each in before) / _BEFORE.days
    known_days = len({each.day for each in before})
    if known_days < _LEAST_DAYS or usual <= 0:
        return None
    if not _is_one_currency({each.sales.currency for each in (*week, *before)}):
        return None
    return sum(each.sales.nanos for each in week) / _WEEK.days / usual


def _days(sources: Sources) -> Sequence[DayOfSales]:
    """What was turned over day by day, the oldest first; a day ahead of today is not over yet."""
    told = (each for _, each in sources.told(DayOfSales) if each.day <= sources.today)
    return sorted(told, key=lambda each: each.day)


def _is_one_currency(currencies: Collection[str]) -> bool:
    return len(currencies) == 1
