"""What a genuine article would cost: the forecast of one product's price, and on what it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.price import PriceChannel
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word

FORECAST_DAYS = 30
"""For so long a forecast holds unless it is made anew: as long as a price counts for a baseline."""


class Basis(Word):
    """What a forecast stands on, from the nearest to the farthest."""

    PRODUCT = "product"
    """Prices of this product, sold in this way."""
    SALE_KIND = "sale_kind"
    """Its regular price, and by how much this way of selling usually differs from that in its category."""
    BRAND = "brand"
    """What the brand's goods of this category cost."""
    CATEGORY = "category"
    """What goods of this category cost."""


@quickly_made
@dataclass(frozen=True, slots=True)
class GenuinePrice:
    """The price per unit that a genuine seller would ask, in the market's currency."""

    expected: float
    """The median of what such sellers ask."""
    low: float
    high: float
    """The ends of the central 90 % interval: one genuine seller in twenty asks less than `low`."""
    basis: Basis
    observations: int
    """The sellers whose prices it was made of; of a brand or a category, the products."""


class PriceSubject(NamedTuple):
    """Whose prices a forecast is of: a product, a brand within a category, or a category, in one place and currency."""

    subject: str
    """A product's key, or what `brand_subject` and `category_subject` give."""
    territory: str
    currency: str
    condition: Condition


class WayOfSelling(NamedTuple):
    """How the same article is sold: each way has prices of its own."""

    sale_kind: SaleKind
    channel: PriceChannel


REGULAR_SINGLE = WayOfSelling(SaleKind.REGULAR, PriceChannel.SINGLE)
"""Sold to anybody at any time: the way that the others are reduced from."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Forecast:
    """One way of selling, as most sellers find it and as those find it whose own prices would weigh in it."""

    price: GenuinePrice | None
    """`None` where nothing but one seller's own prices is known."""
    without: Mapping[str, GenuinePrice | None]
    """The same without one seller's prices, by seller; where sellers are many, one of them makes no difference."""

    def for_seller(self, seller: str) -> GenuinePrice | None:
        """What others make this seller expect: nobody is compared with himself."""
        return self.without.get(seller, self.price)


@dataclass(frozen=True, slots=True)
class PriceForecast:
    """What was forecast of one subject at one time."""

    made_at: datetime
    ways: Mapping[WayOfSelling, Forecast]


def brand_subject(brand: str, category: str) -> str:
    """Name a brand's goods of one category, by the brand's normalised name; empty without either."""
    return f"brand:{brand}|{category}" if brand and category else ""


def category_subject(category: str) -> str:
    """Name all goods of a category; empty without one."""
    return f"category:{category}" if category else ""
