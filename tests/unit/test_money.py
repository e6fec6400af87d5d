"""Amounts as people read them, at both ends."""

from __future__ import annotations

import pytest
from google.type import money_pb2

from zhengpin.domain.money import Money
from zhengpin_client.amounts import amount_text


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("10000", "CNY", "10,000.00 CNY"),
        ("65.73", "BRL", "65.73 BRL"),
        ("1000000", "JPY", "1,000,000 JPY"),
        ("12.5", "KWD", "12.500 KWD"),
        ("0", "XXX", "0.00 XXX"),
    ],
)
def test_an_amount_is_told_with_the_decimals_of_its_currency(amount: str, currency: str, said: str) -> None:
    money = Money.of(amount, currency)
    units, nanos = divmod(money.nanos, 10**9)
    assert str(money) == amount_text(money_pb2.Money(currency_code=currency, units=units, nanos=nanos)) == said


@pytest.mark.parametrize(
    ("amount", "currency", "coins"), [("12.349", "CNY", "12.34"), ("12.9", "JPY", "12"), ("1.2345", "KWD", "1.234")]
)
def test_whole_coins_are_what_can_be_paid(amount: str, currency: str, coins: str) -> None:
    assert Money.of(amount, currency).in_whole_coins == Money.of(coins, currency)
