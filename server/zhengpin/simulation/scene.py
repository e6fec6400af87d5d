"""The stage on which stories play: brands, traders, and listings to be told about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from zhengpin.simulation.cast import Cast, Trader
from zhengpin.simulation.goods import Goods, House
from zhengpin.simulation.records import Record, money, stamp


@dataclass(slots=True)
class Scene:
    """The marketplace while it is being made."""

    random: Random
    now: datetime
    cast: Cast
    houses: tuple[House, ...]
    owners: dict[str, Trader] = field(default_factory=dict)
    """By brand."""
    agents: dict[str, list[Trader]] = field(default_factory=dict)
    """Authorised sellers, by brand."""
    retailers: list[Trader] = field(default_factory=list)
    listings: int = 0

    def listing(self, trader: Trader, house: House, goods: Goods, **overrides: Any) -> dict[str, Any]:
        """A plain, complete listing of a new product."""
        self.listings += 1
        price = round(goods.price * self.random.uniform(0.93, 1.07))
        plain = {
            "listingId": f"listing-{self.listings:04d}",
            "supplierId": trader.supplier_id,
            "shopId": trader.shop_id,
            "title": f"{house.alias} {house.name} {goods.title_zh} {goods.model} {goods.spec}",
            "description": f"{house.name} {goods.title_en}, {goods.spec}. 正品保证，支持专柜验货。",
            "category": house.category,
            "brand": house.name,
            "gtin": goods.gtin,
            "model": goods.model,
            "spec": goods.spec,
            "condition": "CONDITION_NEW",
            "authenticityClaim": "AUTHENTICITY_CLAIM_GENUINE",
            "unitsPerPack": 1,
            "stock": str(self.random.randint(20, 3000)),
            "territory": "CN",
            "originPlace": "Shanghai",
            "images": [
                {
                    "uri": f"https://images.example/{self.listings:04d}.jpg",
                    "sha256": f"{self.random.getrandbits(256):064x}",
                }
            ],
            "offer": {"singlePrice": money(price), "unitCost": money(goods.cost)},
            "createdAt": stamp(self.now - timedelta(days=self.random.randint(5, 400))),
        }
        return plain | overrides


Tale = Iterator[tuple[str, list[Record]]]
"""What is true of a listing, with the records that tell of it."""


def any_goods(scene: Scene, *, gated: bool | None = None) -> tuple[House, Goods]:
    """Some product, of a gated brand or not."""
    house = scene.random.choice([each for each in scene.houses if gated is None or each.gated is gated])
    return house, scene.random.choice(house.goods)
