"""Money: an exact amount in one currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengpin.domain.quick_init import quickly_made

NANOS = 1_000_000_000


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

    def __float__(self) -> float:
        """The amount in units of the currency, for statistics only."""
        return self.nanos / NANOS

    def __str__(self) -> str:
        """Read as people write it: `65.73 BRL`."""
        return f"{self.amount:.2f} {self.currency}"
