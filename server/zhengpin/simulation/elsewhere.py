"""Prices on other platforms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import exp

from zhengpin.simulation import names
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Record, money, stamp

_PLATFORMS = ("pingou", "taoyuan", "jinshi")
_DAYS = 28


def prices_elsewhere(quarter: Quarter) -> Iterator[Record]:
    """What each product of the quarter's common brands, and of those named like them, costs with sellers elsewhere."""
    world, shelves = quarter.world, quarter.shelves
    for brand in (*shelves.brands, shelves.namesake, shelves.imitation):
        for number in range(brand.products):
            product = quarter.shelves.product(brand, number)
            dice = world.chance.random(f"{product.path}/elsewhere")
            for place in range(world.parameters.prices.elsewhere):
                price = round(product.price * exp(dice.gauss(0, world.parameters.prices.spread)))
                yield {
                    "price": {
                        "observationId": world.chance.id(f"{product.path}/elsewhere/{place}"),
                        "product": {
                            "gtin": product.gtin,
                            "brand": brand.name,
                            "model": product.model,
                            "spec": product.spec,
                            "condition": "CONDITION_NEW",
                            "territory": "CN",
                            "seller": names.shop(dice),
                            "platform": _PLATFORMS[int(dice.random() * len(_PLATFORMS))],
                        },
                        "paid": money(price),
                        "units": 1,
                        "saleKind": "SALE_KIND_REGULAR",
                        "capturedAt": stamp(world.now - timedelta(days=dice.random() * _DAYS)),
                    }
                }
