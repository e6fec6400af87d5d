"""Amounts of money as they are computed with and shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from google.type import money_pb2

_NANOS: Final = 1_000_000_000
_USUAL_DIGITS: Final = 2
_WHOLE: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS: Final = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS: Final = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3)
"""Decimals of currencies that have not two of them (ISO 4217), as the server's texts have them."""


def amount(money: money_pb2.Money) -> float:
    """An amount in units of its currency, for shares and charts only."""
    return float(money.units) + float(money.nanos) / _NANOS


def amount_text(money: money_pb2.Money) -> str:
    """An amount as people read it: `1,234.50 CNY`, `1,235 JPY`."""
    exact = money.units + Decimal(money.nanos) / _NANOS
    return f"{exact:,.{_DIGITS.get(money.currency_code, _USUAL_DIGITS)}f} {money.currency_code}"
