"""The deposit: whether it covers what buyers may have to be paid (FIN-01, E-Commerce Law art. 58)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from zhengpin.domain.hit import Text
from zhengpin.domain.money import Money
from zhengpin.domain.supplier_fact import DayOfSales, DocumentKind
from zhengpin.domain.supplier_fact import Deposit as DepositFact
from zhengpin.suppliers.onboarding.case import Case, Told
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
        yield _nothing_due(case)
        return
    if len({each.currency for each in amounts}) > 1:
        told = ", ".join(sorted({each.currency for each in amounts}))
        yield _DEPOSIT.unknown(f"币种不一致：{told}", f"amounts in several currencies: {told}", Consequence.LIMITS)
        return
    yield _compared(case, max(amounts, key=lambda each: each.nanos))


def _nothing_due(case: Case) -> Finding:
    if case.application.expected_turnover is None:
        return _DEPOSIT.unknown(
            "无预计营业额，也无类目最低保证金，请填写预计月营业额",
            "neither a turnover to expect nor a category's floor; tell the turnover to expect in a month",
        )
    return _DEPOSIT.unknown("预计营业额为零，也无类目最低保证金", "no turnover to expect, and no category's floor")


def _compared(case: Case, due: Money) -> Finding:
    expected = Text(f"不低于 {due}", f"At least {due}")
    received, promised = _latest(case, stored=True), _latest(case, stored=False)
    if received is not None and received.fact.amount.currency != due.currency:
        held = received.fact.amount
        return _DEPOSIT.unknown(
            f"{held}，与应缴额币种不同",
            f"{held}, which is another currency than what is due",
            Consequence.LIMITS,
            expected=expected,
            evidence=(received.fact_id,),
        )
    if received is not None and _reaches(received.fact.amount, due):
        held = received.fact.amount
        return _DEPOSIT.passed(str(held), str(held), expected=expected, evidence=(received.fact_id,))
    observed = _shortage(received, due)
    to_do: dict[str, Any] = {
        "paper": DocumentKind.DEPOSIT_CONTRACT,
        "due_at": case.as_of + case.terms.deposit_due,
        "deposit": due,
        "expected": expected,
    }
    if promised is not None and _reaches(promised.fact.amount, due):
        amount, evidence = promised.fact.amount, (promised.fact_id,)
        zh, en = f"申请称已缴 {amount}；{observed.zh}", f"{amount} by the application alone; {observed.en}"
        return _DEPOSIT.unknown(zh, en, Consequence.LIMITS, evidence=evidence, **to_do)
    rests_on = () if received is None else (received.fact_id,)
    return _DEPOSIT.failed(observed.zh, observed.en, Consequence.LIMITS, evidence=rests_on, **to_do)


def _latest(case: Case, *, stored: bool) -> Told[DepositFact] | None:
    """The latest deposit of those that the marketplace has, or of those that the application alone tells of."""
    found = [each for each in case.told(DepositFact) if (each.fact_id in case.stored) is stored]
    return found[-1] if found else None


def _shortage(received: Told[DepositFact] | None, due: Money) -> Text:
    if received is None:
        return Text(f"尚未收到，差 {due}", f"nothing was received yet, too little by {due}")
    held = received.fact.amount
    short = Money(due.currency, due.nanos - held.nanos)
    return Text(f"已收到 {held}，差 {short}", f"{held} was received, too little by {short}")


def _reaches(amount: Money, due: Money) -> bool:
    return amount.currency == due.currency and amount.nanos >= due.nanos


def _due(case: Case) -> list[Money]:
    """What the deposit has to reach: categories' floors, and a share of a month's turnover with the claims.

    The turnover is what the applicant expects or what it had in the last 30 days, whichever is more. Of nothing there
    is nothing to cover, and what nobody can pay in its currency's least coin is not due.
    """
    floors = [
        each.deposit for trade in case.trades for each in requirements_of(case, trade) if each.deposit is not None
    ]
    claims = _open_claims(case)
    expected = case.application.expected_turnover
    months = [*_last_month(case), *([] if expected is None else [expected])]
    shares = [Money(each.currency, int(each.nanos * case.terms.deposit_share)).in_whole_coins for each in months]
    covered = [_with_claims(each, claims) for each in shares]
    return [each for each in (*floors, *covered, claims) if each is not None and each.nanos > 0]


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
