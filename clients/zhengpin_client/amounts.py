"""Amounts of money as they are computed with and shown."""

from __future__ import annotations

from google.type import money_pb2


def amount(money: money_pb2.Money) -> float:
    """An amount in units of its currency, for shares and charts only."""
    return float(money.units) + float(money.nanos) / 1_000_000_000


def amount_text(money: money_pb2.Money) -> str:
    """An amount as people read it: `1,234.50 CNY`."""
    return f"{money.units:,}.{money.nanos // 10_000_000:02} {money.currency_code}"
