"""What one product cost over the last weeks: what forecasts are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhengpin.domain.genuine_price import PriceSubject, WayOfSelling

OBSERVED_DAYS = 91
"""Thirteen weeks of prices are looked at: of thin products few are younger."""


class ToldPrice(NamedTuple):
    """One price as it was seen."""

    way: WayOfSelling
    seller: str
    captured_at: datetime
    log_price: float
    authorised: bool


@dataclass(frozen=True, slots=True)
class ProductPrices:
    """What one product cost in one place, currency and condition in the last `OBSERVED_DAYS`."""

    subject: PriceSubject
    brand: str
    """Normalised; empty if not known, as the category is."""
    category: str
    told: tuple[ToldPrice, ...]
