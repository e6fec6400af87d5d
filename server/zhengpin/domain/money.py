"""Money: an exact amount in one currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from zhengpin.domain.quick_init import quickly_made

NANOS = 1_000_000_000
_USUAL_DIGITS: Final = 2
_WHOLE: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS: Final = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS: Final = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3)
"""Decimals of currencies that have not two of them (ISO 4217)."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: `nanos` billionths of one unit of `currency` (ISO 4217), as `google.type.Money` counts."""

    currency: str
    nanos: int

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """Read an amount in whole units: `Money.of("65.73", "BRL")`."""
        return cls(currency, int(Decimal(amount) * NANOS))

    @property
    def amount(self) -> Decimal:
        """The amount in units of the currency, exact."""
        return Decimal(self.nanos) / NANOS

    @property
    def in_whole_coins(self) -> Money:
        """The most of it that can be paid: without parts of the currency's least coin."""
        coin = NANOS // 10**self._digits
        return Money(self.currency, self.nanos // coin * coin)

    def __float__(self) -> float:
        """The amount in units of the currency, for statistics only."""
        return self.nanos / NANOS

    def __str__(self) -> str:
        """Read as people write it: `1,065.73 BRL`, `1,066 JPY`."""
        return f"{self.amount:,.{self._digits}f} {self.currency}"

    @property
    def _digits(self) -> int:
        return _DIGITS.get(self.currency, _USUAL_DIGITS)
