"""Deposits, and what the marketplace accounts for by the day: sales, claims, and how buyers were answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from zhengpin.simulation.records import Fields, day, money
from zhengpin.simulation.suppliers.tale import Subject, Tale

_MONTH = 30
_DUE = 0.1
"""The usual deposit: a tenth of a month's turnover."""
_FEN = 100
_ROUND_SUM = 50_000
"""In fen: deposits are round sums."""
_JUMP_DAYS = 7


def deposits(subject: Subject) -> Iterator[Tale]:
    """What most of them have deposited."""
    plan = subject.plan.accounts
    if subject.throw("deposited") >= subject.of(plan.deposited):
        return
    dice = subject.dice("deposit")
    due = _turnover(subject) * _MONTH * _DUE
    deposited = round(due * plan.cover * dice.lognormvariate(0, plan.cover_spread) / _ROUND_SUM) * _ROUND_SUM
    yield Tale(subject.long_ago(dice), {"deposit": {"amount": money(max(deposited, _ROUND_SUM))}})


def days(subject: Subject) -> Iterator[Tale]:
    """The last days of those whose accounts are told, but for days on which nothing was."""
    plan = subject.plan.accounts
    if subject.seller.background.state == "terminated" or subject.throw("accounted") >= plan.accounted:
        return
    dice = subject.dice("days")
    turnover, jump = _turnover(subject), dice.uniform(*plan.jump_size) if dice.random() < subject.of(plan.jump) else 1
    today = subject.quarter.world.now
    midnight = today.hour / 24 + today.minute / 1440 + today.second / 86_400
    for ago in range(1, min(plan.days, subject.seller.age) + 1):
        date = day(today.date() - timedelta(days=ago))
        sales = round(turnover * (jump if ago <= _JUMP_DAYS else 1) * dice.lognormvariate(0, 1 / 2))
        over = midnight + ago - 1  # told when the day is over
        if sales:
            yield Tale(over, {"sales": {"day": date, **_sales(subject, sales, dice)}})
        if contacts := _count(sales / _FEN / plan.order_value * plan.contacts, dice):
            yield Tale(over, {"service": {"day": date, **_service(subject, contacts, dice)}})


def _turnover(subject: Subject) -> float:
    """Of a usual day, in fen."""
    usual = subject.dice("turnover").lognormvariate(0, 0.8)
    return subject.seller.plan.orders_a_day * usual * subject.plan.accounts.order_value * _FEN


def _sales(subject: Subject, sales: int, dice: Random) -> Fields:
    claims = round(sales * subject.of(subject.plan.accounts.claims) * dice.expovariate(1))
    return {"sales": money(sales), "openClaims": money(claims)}


def _service(subject: Subject, contacts: int, dice: Random) -> Fields:
    plan = subject.plan.accounts
    answered = sum(dice.random() < subject.of(plan.answered) for _ in range(contacts))
    resolved = sum(dice.random() < subject.of(plan.resolved) for _ in range(answered))
    return {"contacts": str(contacts), "answered": str(answered), "resolved": str(resolved)}


def _count(mean: float, dice: Random) -> int:
    """A whole number whose mean is this."""
    return int(mean + dice.random())
