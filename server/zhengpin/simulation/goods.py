"""Brands and their products."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from stdnum import ean

from zhengpin.simulation import names
from zhengpin.simulation.chance import Chance
from zhengpin.simulation.parameters import Category
from zhengpin.simulation.records import Fields, Record, money

_COUNTRIES = {"DE": "40", "FR": "30", "RU": "46", "JP": "49", "IT": "80", "KR": "88"}
"""Where foreign brands are at home, with a GS1 prefix of that country's office."""
_HOME_PREFIX = "69"
_PREFIX_SERIALS = 10_000_000
_CODE_LETTERS = "BCDFGHKLMNPRSTVWZ"


@dataclass(frozen=True)
class Brand:
    """A brand. It is made of its name in the dice, so that nothing must be remembered of it."""

    path: str
    name: str
    alias: str
    category: Category
    country: str
    gtin_prefix: str
    gated: bool
    products: int
    chance: Chance

    @cached_property
    def brand_id(self) -> str:
        """The register's id."""
        return self.chance.id(self.path)

    def product(self, number: int) -> Product:
        """One of its products, by number."""
        path = f"{self.path}/product/{number}"
        dice = self.chance.random(path)
        noun_zh, noun_en = dice.choice(self.category.nouns).split(" | ")
        code = f"{dice.choice(_CODE_LETTERS)}{dice.choice(_CODE_LETTERS)}-{number * 9 + dice.randint(110, 118)}"
        body = f"{self.gtin_prefix}{number * 7 + dice.randrange(7):03d}"
        price = self.category.price * dice.lognormvariate(0, self.category.spread)
        return Product(
            path=path,
            brand=self,
            gtin=body + ean.calc_check_digit(body),
            model=code,
            spec=dice.choice(self.category.specs),
            noun_zh=noun_zh,
            noun_en=noun_en,
            price=max(round(price) * 100 - 10, 490),
        )

    def record(self, owner_id: str) -> Record:
        """The brand's entry in the register."""
        fields: Fields = {
            "brandId": self.brand_id,
            "name": self.name,
            "aliases": [self.alias],
            "ownerId": owner_id,
            "gated": self.gated,
            "gtinPrefixes": [self.gtin_prefix],
            "categories": [self.category.name],
        }
        # One price for a brand makes sense only where it has one product.
        if self.products == 1:
            fields["referencePrice"] = money(self.product(0).price)
        return {"brand": fields}


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold."""

    path: str
    brand: Brand
    gtin: str
    model: str
    spec: str
    noun_zh: str
    noun_en: str
    price: int
    """What one unit usually costs, in fen."""


@dataclass(frozen=True, slots=True)
class BrandPlan:
    """What is decided of a brand before its dice are thrown."""

    path: str
    serial: int
    """Another one for each brand of the marketplace."""
    category: Category
    gated: bool
    foreign: bool
    products: tuple[int, int]
    """How many: least and most."""
    name: str = ""
    """Empty for a name that no other brand has."""
    alias: str = ""


def make_brand(plan: BrandPlan, chance: Chance) -> Brand:
    """A brand with a GS1 prefix that no other brand has."""
    dice = chance.random(plan.path)
    serial = chance.shuffled("brand names", plan.serial, names.MOST_BRANDS)
    country = dice.choice(tuple(_COUNTRIES)) if plan.foreign else "CN"
    prefix = _COUNTRIES.get(country, _HOME_PREFIX)
    return Brand(
        path=plan.path,
        name=plan.name or names.brand_name(serial),
        alias=plan.alias or names.chinese_name(serial),
        category=plan.category,
        country=country,
        gtin_prefix=f"{prefix}{chance.shuffled('gtin prefixes', plan.serial, _PREFIX_SERIALS):07d}",
        gated=plan.gated,
        products=dice.randint(*plan.products),
        chance=chance,
    )
