"""The deposit: whether it covers what buyers may have to be paid (FIN-01, E-Commerce Law art. 58)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.money import Money
from zhengpin.domain.supplier_fact import DayOfSales, DocumentKind
from zhengpin.domain.supplier_fact import Deposit as DepositFact
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.category_papers import requirements_of
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question

_DEPOSIT = Question("deposit.covers", Text("保证金不低于应缴额", "A deposit of at least what is due"), "FIN-01")
_MONTH: Final = timedelta(days=30)


def check_deposit(case: Case) -> Iterator[Finding]:
    """Too small a deposit limits the applicant until it is topped up, and keeps nobody out.

    Only what the marketplace has stored was received: a deposit that the application tells of is a promise.
    """
    amounts = _due(case)
    if not amounts:
        yield _DEPOSIT.unknown(
            "无预计营业额，也无类目最低保证金", "neither a turnover to expect nor a category's floor"
        )
        return
    if len({each.currency for each in amounts}) > 1:
        told = ", ".join(sorted({each.currency for each in amounts}))
        yield _DEPOSIT.unknown(f"币种不一致：{told}", f"amounts in several currencies: {told}", Consequence.LIMITS)
        return
    yield _compared(case, max(amounts, key=lambda each: each.nanos))


def _compared(case: Case, due: Money) -> Finding:
    expected = Text(f"不低于 {due}", f"at least {due}")
    told = case.told(DepositFact)
    received = [each for each in told if each.fact_id in case.stored]
    promised = [each for each in told if each.fact_id not in case.stored]
    held = received[-1].fact.amount if received else Money(due.currency, 0)
    evidence = (received[-1].fact_id,) if received else ()
    if held.currency != due.currency:
        return _DEPOSIT.unknown(
            f"{held}，与应缴额币种不同",
            f"{held}, which is another currency than what is due",
            Consequence.LIMITS,
            expected=expected,
            evidence=evidence,
        )
    if _reaches(held, due):
        return _DEPOSIT.passed(str(held), str(held), expected=expected, evidence=evidence)
    short = Money(due.currency, due.nanos - held.nanos)
    answered, observed = _DEPOSIT.failed, Text(f"{held}，差 {short}", f"{held}, too little by {short}")
    if promised and _reaches(promised[-1].fact.amount, due):
        answered, evidence = _DEPOSIT.unknown, (promised[-1].fact_id,)
        amount = promised[-1].fact.amount
        observed = Text(
            f"申请称已缴 {amount}；平台已登记 {held}，差 {short}",
            f"{amount} by the application alone; {held} is stored, too little by {short}",
        )
    return answered(
        observed.zh,
        observed.en,
        Consequence.LIMITS,
        paper=DocumentKind.DEPOSIT_CONTRACT,
        due_at=case.as_of + case.terms.deposit_due,
        deposit=due,
        expected=expected,
        evidence=evidence,
    )


def _reaches(amount: Money, due: Money) -> bool:
    return amount.currency == due.currency and amount.nanos >= due.nanos


def _due(case: Case) -> list[Money]:
    """What the deposit has to reach: categories' floors, and a share of a month's turnover with the claims.

    The turnover is what the applicant expects or what it had in the last 30 days, whichever is more.
    """
    floors = [
        each.deposit for trade in case.trades for each in requirements_of(case, trade) if each.deposit is not None
    ]
    claims = _open_claims(case)
    expected = case.application.expected_turnover
    months = [*_last_month(case), *([] if expected is None else [expected])]
    shares = [Money(each.currency, int(each.nanos * case.terms.deposit_share)) for each in months]
    covered = [_with_claims(each, claims) for each in shares]
    return [*floors, *covered, *([claims] if claims is not None else [])]


def _with_claims(share: Money, claims: Money | None) -> Money:
    if claims is None or claims.currency != share.currency:
        return share
    return Money(share.currency, share.nanos + claims.nanos)


def _last_month(case: Case) -> list[Money]:
    """What was sold in the last 30 days, in each currency."""
    since = (case.as_of - _MONTH).date()
    sold: dict[str, int] = {}
    for told in case.told(DayOfSales):
        if since < told.fact.day <= case.as_of.date():
            sales = told.fact.sales
            sold[sales.currency] = sold.get(sales.currency, 0) + sales.nanos
    return [Money(currency, nanos) for currency, nanos in sold.items()]


def _open_claims(case: Case) -> Money | None:
    days = [each.fact for each in case.told(DayOfSales) if each.fact.open_claims is not None]
    return max(days, key=lambda each: each.day).open_claims if days else None
