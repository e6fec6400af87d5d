"""What is sold in a quarter: its brands and their products, each made when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from random import Random

from zhengpin.simulation import names
from zhengpin.simulation.goods import Brand, BrandPlan, Product, make_brand
from zhengpin.simulation.parameters import Category, Parameters
from zhengpin.simulation.world import World

_STEP = 5
"""From one brand's category to the next one's, so that neighbouring brands sell different goods."""


def brands_of_a_quarter(parameters: Parameters) -> int:
    """How many brands of a quarter bear a name and a GS1 prefix of their own."""
    return parameters.quarter.brands + parameters.quarter.makers + 2


class Shelves:
    """The goods of one quarter."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self._number = number
        self._path = f"quarter/{number}"
        self._plan = world.parameters.quarter
        self._products: dict[str, Product] = {}

    @cached_property
    def brands(self) -> tuple[Brand, ...]:
        """The brands that many sellers sell: at least one is gated, and one is not."""
        dice = self._world.chance.random(f"{self._path}/brands")
        categories = self._world.parameters.categories
        start = dice.randrange(len(categories))
        gated = min(max(round(self._plan.brands * self._plan.gated), 1), self._plan.brands - 1)
        places = set(dice.sample(range(self._plan.brands), gated))
        return tuple(
            self._brand(
                place,
                categories[(start + place * _STEP) % len(categories)],
                gated=place in places,
                foreign=dice.random() < self._plan.foreign,
            )
            for place in range(self._plan.brands)
        )

    @cached_property
    def own_brands(self) -> tuple[Brand, ...]:
        """A registered brand of each maker."""
        dice = self._world.chance.random(f"{self._path}/own brands")
        first = self._plan.brands
        return tuple(
            self._brand(first + place, dice.choice(self._world.parameters.categories))
            for place in range(self._plan.makers)
        )

    @cached_property
    def namesake(self) -> Brand:
        """An honest brand that is named like the quarter's first one."""
        return self._named_like(self.brands[0], self._plan.brands + self._plan.makers)

    @cached_property
    def imitation(self) -> Brand:
        """A brand that is named like the quarter's second one so that buyers take it for that."""
        return self._named_like(self.brands[1], self._plan.brands + self._plan.makers + 1)

    def _named_like(self, brand: Brand, place: int) -> Brand:
        dice = self._world.chance.random(f"{self._path}/named like/{place}")
        name = names.similar_name(brand.name, dice)
        alias = names.similar_chinese_name(brand.alias, dice)
        return self._brand(place, brand.category, name=name, alias=alias)

    def _brand(
        self,
        place: int,
        category: Category,
        *,
        gated: bool = False,
        foreign: bool = False,
        name: str = "",
        alias: str = "",
    ) -> Brand:
        serial = self._number * brands_of_a_quarter(self._world.parameters) + place
        plan = BrandPlan(
            path=f"{self._path}/brand/{place}",
            serial=serial,
            category=category,
            gated=gated,
            foreign=foreign,
            products=self._plan.products if place < self._plan.brands else (2, 3),
            name=name,
            alias=alias,
        )
        return make_brand(plan, self._world.chance)

    def any_product(self, dice: Random, allowed: Callable[[Brand], bool] | None = None) -> Product:
        """Some product of an allowed brand, or of any brand where none is allowed."""
        brands = [brand for brand in self.brands if allowed is None or allowed(brand)] or self.brands
        place = dice.randrange(sum(brand.products for brand in brands))
        for brand in brands:
            if place < brand.products:
                return self.product(brand, place)
            place -= brand.products
        raise AssertionError("the place lies within the brands' products")

    def product_of(self, brand: Brand, dice: Random) -> Product:
        """Some product of a brand."""
        return self.product(brand, dice.randrange(brand.products))

    def product(self, brand: Brand, number: int) -> Product:
        """A brand's product, by number."""
        path = f"{brand.path}/product/{number}"
        if path not in self._products:
            self._products[path] = brand.product(number)
        return self._products[path]
