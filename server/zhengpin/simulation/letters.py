"""The letters of one quarter: who lets whom sell a brand, by genuine papers and by forged ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zhengpin.simulation.goods import Brand
from zhengpin.simulation.people import People
from zhengpin.simulation.records import Fields, Record, day
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.shelves import Shelves
from zhengpin.simulation.world import World

_DAYS = 730
_DAYS_LEFT = (20, 700)
_MOST_DAYS_LATER = 90


@dataclass(frozen=True, slots=True)
class Letters:
    """Every letter of one quarter."""

    world: World
    path: str
    shelves: Shelves
    people: People
    forgers: int

    def in_order(self) -> list[Record]:
        """All of them in the order in which they came, as their dates tell it."""
        return sorted(self.all(), key=_as_they_came)

    def all(self) -> Iterator[Record]:
        """All of them, genuine or forged."""
        plan = self.world.parameters.quarter
        for brand in self.shelves.brands:
            owner, agents = self.people.owner(brand), [self.people.agent(brand, n) for n in range(plan.agents)]
            for agent in agents:
                yield self._letter(brand, owner, agent, sublicensable=True)
            for number in range(plan.shops):
                yield self._letter(brand, agents[number % len(agents)], self.people.shop(brand, number))
            yield self._letter(brand, owner, self.people.agency(brand))
        yield from self._group_letters()
        yield from self._forged_letters()
        yield from self._ring_letters()

    def _group_letters(self) -> Iterator[Record]:
        for number in range(self.world.parameters.quarter.branches):
            brand = self.people.branch_brand(number)
            document = f"{self.path}/group letter/{number // 2}"
            yield self._letter(brand, self.people.owner(brand), self.people.branch(number), document=document)

    def _forged_letters(self) -> Iterator[Record]:
        """Two of five are copies of a letter that an honest shop holds, made after it."""
        for number in range(self.forgers):
            forger, brand = self.people.forger(number), self.people.forger_brand(number)
            victim = self.people.shop(brand, number % self.world.parameters.quarter.shops)
            if self.world.chance.fraction(f"{forger.path}/copy") >= 2 / 5:
                yield self._letter(brand, self.people.owner(brand), forger)
                continue
            later = self.world.chance.random(f"{forger.path}/copied").randint(1, _MOST_DAYS_LATER)
            # A letter that holds today has begun.
            days_left = min(self._days_left(victim) + later, _DAYS - 1)
            document = f"{victim.path}/letter"
            yield self._letter(brand, self.people.owner(brand), forger, document=document, days_left=days_left)

    def _ring_letters(self) -> Iterator[Record]:
        """A ring's letters are one document."""
        for ring in range(self.people.rings):
            brand, shop = self.people.ring_brand(ring), self.people.ring_licensee(ring)
            document = f"{self.people.town}/ring/{ring}/letter"
            yield self._letter(brand, self.people.owner(brand), shop, document=document)

    def _letter(
        self,
        brand: Brand,
        licensor: Seller,
        licensee: Seller,
        *,
        sublicensable: bool = False,
        document: str = "",
        days_left: int | None = None,
    ) -> Record:
        path = f"{licensee.path}/letter"
        left = self._days_left(licensee) if days_left is None else days_left
        until = self.world.now.date() + timedelta(days=left)
        fields: Fields = {
            "authorisationId": licensee.letter or self.world.chance.id(f"{path}/{brand.path}"),
            "brandId": brand.brand_id,
            "licensorId": licensor.supplier_id,
            "licenseeId": licensee.supplier_id,
            "validFrom": day(until - timedelta(days=_DAYS)),
            "validTo": day(until),
            "sublicensable": sublicensable,
            "documentSha256": self.world.chance.sha256(document or path),
        }
        return {"authorisation": fields}

    def _days_left(self, licensee: Seller) -> int:
        return self.world.chance.random(f"{licensee.path}/letter").randint(*_DAYS_LEFT)


def _as_they_came(record: Record) -> tuple[date, str]:
    letter = record["authorisation"]
    return date(**letter["validFrom"]), str(letter["authorisationId"])
