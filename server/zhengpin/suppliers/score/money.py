"""How far a supplier's deposit covers what buyers could claim of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from zhengpin.domain.supplier_fact import DayOfSales, Deposit, SupplierFact
from zhengpin.domain.supplier_score import DailyEvidence
from zhengpin.suppliers.score.evidence import of_cover
from zhengpin.suppliers.terms import Terms

_MONTH: Final = timedelta(days=30)
_SHARE: Final = Terms().deposit_share


def cover_of(
    deposits: Iterable[tuple[SupplierFact, Deposit]], sales: Sequence[tuple[SupplierFact, DayOfSales]]
) -> DailyEvidence | None:
    """What the latest deposit covers of a tenth of the last month's sales and the open claims (FIN-01).

    The month ends with the last day of which sales were told. `None` where there is no deposit, or another currency.
    """
    held = max(deposits, key=lambda each: (each[0].observed_at, each[0].fact_id), default=None)
    last = max(sales, key=lambda each: (each[1].day, each[0].fact_id), default=None)
    if held is None or last is None:
        return None
    amount, ends = held[1].amount, last[1].day
    month = [day.sales for _, day in sales if ends - _MONTH < day.day <= ends]
    claims = last[1].open_claims
    asked = [*month, *([] if claims is None else [claims])]
    if any(each.currency != amount.currency for each in asked):
        return None
    exposed = float(_SHARE) * sum(each.nanos for each in month) + (0 if claims is None else claims.nanos)
    return of_cover(ends, amount.nanos, exposed)
