"""A listing while its story is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from zhengpin.simulation.goods import Product
from zhengpin.simulation.parameters import Aftermath, Trade
from zhengpin.simulation.pictures import hashes_of
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Fields, money, stamp
from zhengpin.simulation.sellers import Seller

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Rates:
    """How often orders end badly."""

    late: float
    returned: float
    not_as_described: float
    fake_complaints: float


def rates_of(source: Trade | Aftermath) -> Rates:
    """The rates that the parameters give."""
    return Rates(source.late, source.returned, source.not_as_described, source.fake_complaints)


@dataclass(slots=True)
class Former:
    """What the listing was before it was edited."""

    changes: Fields
    """The fields that were different."""
    units_sold: int
    days_ago: float


@dataclass(slots=True)
class Draft:
    """A listing while its story is told: an ordinary one, until the story changes what it must."""

    quarter: Quarter
    path: str
    dice: Random
    product: Product
    seller: Seller
    price: int
    """For one unit, in fen."""
    rates: Rates
    title: str = ""
    description: str = ""
    brand: str = ""
    gtin: str = ""
    model: str = ""
    spec: str = ""
    category: str = ""
    claim: str = "GENUINE"
    condition: str = "NEW"
    units: int = 1
    pictures: list[str] = field(default_factory=list)
    """What each shows: pictures of one name are one and the same file."""
    origin: str = ""
    customs: str = ""
    factory_id: str = ""
    offer: Fields = field(default_factory=dict)
    """What is special about the price; the single price and the cost are added."""
    was: int = 0
    """The crossed-out price of one unit, in fen; 0 for none."""
    was_asked: bool = False
    """Whether it was ever asked."""
    was_until: float = 0
    """Days since then."""
    cost_told: bool = True
    """Whether the seller may have told what the goods cost to make."""
    sale: str = "REGULAR"
    letters: list[str] = field(default_factory=list)
    age: float = 1
    """Days that it has been on sale."""
    former: Former | None = None
    popularity: float = 1
    outcome: str = ""
    """"FAKE" or "GENUINE" where somebody has found out."""
    listed: str = ""
    """"WATCH" or "DENY" where the marketplace has a standing decision on its supplier."""

    @property
    def names_a_product(self) -> bool:
        """Whether prices of it can be compared: it bears a code, or a brand that it claims to be of."""
        return bool(self.gtin or self.brand)

    @property
    def edited_days_ago(self) -> float | None:
        """When its price or its identity last changed; `None` if it never did."""
        times = [self.former.days_ago] if self.former else []
        times += [self.was_until] if self.was and self.was_asked else []
        return min(times, default=None)

    def listing(self) -> Fields:
        """The listing as it stands now."""
        fields: Fields = {
            "listingId": self.quarter.world.chance.id(self.path),
            "supplierId": self.seller.supplier_id,
            "shopId": self.seller.shop_id,
            "title": self.title,
            "description": self.description,
            "category": self.category,
            "brand": self.brand,
            "gtin": self.gtin,
            "model": self.model,
            "spec": self.spec,
            "images": self.images(self.pictures),
            "offer": self._offer(),
            **self._declared(),
            "createdAt": self._moment(self.age),
        }
        if (edited := self.edited_days_ago) is not None:
            fields["editedAt"] = self._moment(edited)
        return {name: value for name, value in fields.items() if value not in ("", [], {})}

    def _declared(self) -> Fields:
        """What the seller says of the goods besides."""
        depot = self.seller.background.depot
        return {
            "originPlace": self.origin,
            "factoryId": self.factory_id,
            "unitsPerPack": self.units,
            "condition": f"CONDITION_{self.condition}",
            "authenticityClaim": f"AUTHENTICITY_CLAIM_{self.claim}",
            "stock": str(round(self.seller.plan.stock * self.dice.lognormvariate(0, 0.8)) + 1),
            "territory": "CN",
            "authorisationIds": self.letters,
            "customsDeclaration": self.customs,
            "attributes": {"ships_from": depot} if depot else {},
        }

    def _moment(self, days_ago: float) -> str:
        return stamp(self.quarter.world.now - timedelta(seconds=round(days_ago * _SECONDS_A_DAY)))

    def _offer(self) -> Fields:
        low, high = self.quarter.world.parameters.prices.cost
        cost = round(self.product.price * self.dice.uniform(low, high))
        sale = {"saleKind": f"SALE_KIND_{self.sale}"}
        told = {"unitCost": money(cost)} if self.cost_told and self.dice.random() < 1 / 4 else {}
        if self.was:
            told["wasPrice"] = money(self.was * self.units)
        return {"singlePrice": money(self.price * self.units), **told, **self.offer, **sale}

    def images(self, pictures: list[str]) -> list[Fields]:
        """Pictures as the contract tells them."""
        return [self._image(number, name) for number, name in enumerate(pictures)]

    def _image(self, number: int, name: str) -> Fields:
        chance = self.quarter.world.chance
        # Where it lies is the listing's own; what it shows may be somebody else's.
        uri = f"https://images.example/{chance.id(f'{self.path}/{number}')}.jpg"
        return {"uri": uri, **hashes_of(name, chance)}
