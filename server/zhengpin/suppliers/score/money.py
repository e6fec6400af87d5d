"""How far a supplier's deposit covers what buyers could claim of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from zhengpin.domain.supplier_fact import DayOfSales, Deposit, SupplierFact
from zhengpin.domain.supplier_score import DailyEvidence
from zhengpin.suppliers.score.evidence import of_cover
from zhengpin.suppliers.terms import Terms

_MONTH: Final = timedelta(days=30)
_SHARE: Final = Terms().deposit_share


def cover_of(
    deposits: Iterable[tuple[SupplierFact, Deposit]], sales: Iterable[tuple[SupplierFact, DayOfSales]], today: date
) -> DailyEvidence | None:
    """What the latest deposit covers of a tenth of the last month's sales and the open claims (FIN-01).

    The month ends with the last day by today of which sales were told. What counts is the currency in which it sold on
    most days of it: money is not changed. Who has deposited nothing covers nothing; `None` where nothing was sold, and
    where the deposit is in another currency, of which nobody can tell what it covers.
    """
    days = [each for _, each in sales if each.day <= today]
    if not days:
        return None
    ends = max(each.day for each in days)
    month = [each for each in days if each.day > ends - _MONTH]
    often = Counter(each.sales.currency for each in month)
    currency = min(often, key=lambda each: (-often[each], each))
    held = max(deposits, key=lambda each: (each[0].observed_at, each[0].fact_id), default=None)
    if held is not None and held[1].amount.currency != currency:
        return None
    sold = sum(each.sales.nanos for each in month if each.sales.currency == currency)
    claims = (each.open_claims for each in month if each.day == ends and each.open_claims is not None)
    open_claims = sum(each.nanos for each in claims if each.currency == currency)
    return of_cover(ends, 0 if held is None else held[1].amount.nanos, float(_SHARE) * sold + open_claims)
