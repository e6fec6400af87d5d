"""Weeks of prices of a made-up category, some of them fakes', and what genuine sellers would ask today.

Products lie far apart, sellers of one product a tenth or two, some genuine ones are much dearer, and all drift with
trend and season, which sellers follow with a delay. Fakes came lately, cheap ones as well as clever ones. One seller
in seven is authorised. Some products are also sold in flash sales and to groups, by fewer sellers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from zhengpin.domain.genuine_price import REGULAR_SINGLE, PriceSubject, WayOfSelling
from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.price import PriceChannel
from zhengpin.domain.price_history import ProductPrices, ToldPrice

WEEKS = 13
FLASH = WayOfSelling(SaleKind.PROMOTION, PriceChannel.SINGLE)
GROUP = WayOfSelling(SaleKind.REGULAR, PriceChannel.GROUP)
REDUCTIONS = {REGULAR_SINGLE: (0.0, 0.0), FLASH: (-0.45, 0.10), GROUP: (-0.13, 0.04)}
"""Of each way of selling: the middle of what products take off, as a log ratio, and how they differ."""
GENUINE_A_TARGET = 8


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Target:
    """What genuine sellers would ask for one product today."""

    product: int
    way: WayOfSelling
    log_prices: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One product sold in one way."""

    centre: float
    """Its log price at level 0."""
    spread: float
    dear: float
    """The share of genuine sellers that are resellers."""

    def offsets(self, chance: np.random.Generator, count: int) -> np.ndarray:
        """Draw how genuine sellers differ from the centre: most a little, resellers by more."""
        offsets = chance.normal(0, self.spread, count)
        return offsets + np.where(chance.random(count) < self.dear, chance.exponential(0.35, count), 0)


class Series:
    """One category over thirteen weeks, as it was told and as it truly is."""

    def __init__(self, seed: int, *, fakes: float, restless: float, products: int = 40) -> None:
        """Draw everything.

        `fakes` is the share of sellers that sell fakes, `restless` how far the level walks in a week (log ratio).
        """
        self._chance = np.random.default_rng(seed)
        self._fakes = fakes
        phase = self._chance.uniform(0, 2 * math.pi)
        season = 0.05 * np.sin(np.arange(WEEKS) * 2 * math.pi / 52 + phase)
        self._levels = np.cumsum(self._chance.normal(0, restless, WEEKS)) + season
        self.targets: list[Target] = []
        self.products = [self._product(number) for number in range(products)]

    def _product(self, number: int) -> ProductPrices:
        chance, told = self._chance, []
        base, spread = chance.normal(4, 0.7), chance.lognormal(math.log(0.11), 0.4)
        dear = chance.uniform(0, 0.25) * (chance.random() < 0.5)
        for way, (reduction, differing) in REDUCTIONS.items():
            if way != REGULAR_SINGLE and chance.random() < 0.5:
                continue
            article = Article(base + reduction + chance.normal(0, differing), spread, dear)
            told += self._told(article, way, most=30 if way == REGULAR_SINGLE else 6)
            today = article.centre + self._levels[-1] + article.offsets(chance, GENUINE_A_TARGET)
            self.targets.append(Target(number, way, tuple(today.tolist())))
        subject = PriceSubject(f"bms:brand:{number}:", "CN", "CNY", Condition.NEW)
        return ProductPrices(subject, "brand", "category", tuple(told))

    def _told(self, article: Article, way: WayOfSelling, most: int) -> list[ToldPrice]:
        sellers = int(min(self._chance.geometric(3 / most), most))
        names = (f"{way.sale_kind}-{way.channel}-{nth}" for nth in range(sellers))
        return [told for name in names for told in self._of_seller(article, way, name)]

    def _of_seller(self, article: Article, way: WayOfSelling, name: str) -> Iterator[ToldPrice]:
        """Tell one seller's prices: asked anew in one week of four, told at some of its days."""
        chance = self._chance
        fake = chance.random() < self._fakes
        authorised = bool(not fake and chance.random() < 0.15)
        first = int(chance.integers(WEEKS - 5 if fake else 0, WEEKS))
        offset = -chance.uniform(0.1, 1.2) if fake else article.offsets(chance, 1)[0]
        asked = first
        for week in range(first, WEEKS):
            if chance.random() < 0.25:
                asked = week
            if week == first or chance.random() < 0.35:
                age = timedelta(days=float((WEEKS - 1 - week) * 7 + chance.uniform(0, 7)))
                price = float(article.centre + self._levels[asked] + offset)
                yield ToldPrice(way, name, NOW - age, price, authorised)
