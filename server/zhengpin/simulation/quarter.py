"""A quarter of the marketplace: its goods, its people, and what the marketplace tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from zhengpin.simulation.goods import Brand
from zhengpin.simulation.kinds import Group
from zhengpin.simulation.letters import Letters
from zhengpin.simulation.people import People
from zhengpin.simulation.pictures import official_records
from zhengpin.simulation.records import Record
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.shelves import Shelves
from zhengpin.simulation.world import World


class Quarter:
    """One quarter; the same number is always the same quarter."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.number = number
        self.path = f"quarter/{number}"
        self.shelves = Shelves(world, number)
        self.people = People(world, number, self.shelves)

    def parties(self) -> list[Record]:
        """Every supplier, brand, letter and official picture: letters as they came, others by id, to tell nothing."""
        now = self.world.now
        suppliers = [seller.record(now) for seller in self.sellers]
        brands = [brand.record(owner.supplier_id) for brand, owner in self._owned_brands()]
        images = list(self._official_images())
        return [
            *sorted(suppliers, key=lambda record: str(record["supplier"]["supplierId"])),
            *sorted(brands, key=lambda record: str(record["brand"]["brandId"])),
            *self.letters.in_order(),
            *sorted(images, key=lambda record: str(record["image"]["imageId"])),
        ]

    @property
    def letters(self) -> Letters:
        """Its letters, genuine and forged."""
        return Letters(self.world, self.path, self.shelves, self.people, self.careful_sellers("forged-papers"))

    @property
    def begins_a_town(self) -> bool:
        """Whether its town is told with it."""
        return self.number % self.world.parameters.town.quarters == 0

    @cached_property
    def sellers(self) -> tuple[Seller, ...]:
        """Everyone who is told with this quarter."""
        return tuple({each.path: each for each in self._sellers()}.values())

    @cached_property
    def ordinary_sellers(self) -> tuple[Seller, ...]:
        """Small businesses, honest and not; every quarter has as many of them."""
        people, plan = self.people, self.world.parameters.quarter
        return (
            *map(people.retailer, range(plan.retailers)),
            *(people.shop(brand, number) for brand in self.shelves.brands for number in range(plan.shops)),
            *map(people.newcomer, range(plan.newcomers)),
            *self._counterfeiters_of_the_quarter(),
        )

    @cached_property
    def open_sellers(self) -> tuple[Seller, ...]:
        """Who sells what anyone may sell: retailers, and careful counterfeiters, who hide fakes among genuine goods."""
        people = self.people
        return (
            *map(people.retailer, range(self.world.parameters.quarter.retailers)),
            *map(people.careful, range(self.careful_sellers("clever-price"))),
            *map(people.forger, range(self.careful_sellers("forged-papers"))),
            *map(people.hijacker, range(self.careful_sellers("hijacked-listing"))),
            people.ring_licensee(self.number % people.rings),
        )

    def careful_sellers(self, kind: str) -> int:
        """How many sellers share the clever fakes of one kind."""
        return self._counterfeiters(Group.CLEVER, kind)

    def careless_sellers(self) -> int:
        """How many sellers share the obvious fakes."""
        return self._counterfeiters(Group.OBVIOUS)

    def _counterfeiters(self, group: Group, kind: str = "") -> int:
        market = self.world.parameters.market
        share = market.fakes * (market.clever if group is Group.CLEVER else 1 - market.clever)
        return self.people.counterfeiters(share * (self.world.parameters.shares.clever.get(kind, 0) if kind else 1))

    # --- sellers and brands --------------------------------------------------------------------------------------

    def _sellers(self) -> Iterator[Seller]:
        people, plan = self.people, self.world.parameters.quarter
        for brand, owner in self._owned_brands():
            yield owner
            if brand in self.shelves.brands:
                yield from (people.agent(brand, number) for number in range(plan.agents))
                yield from (people.shop(brand, number) for number in range(plan.shops))
                yield people.agency(brand)
        yield from map(people.branch, range(plan.branches))
        yield from map(people.retailer, range(plan.retailers))
        yield from map(people.importer, range(plan.importers))
        yield from map(people.newcomer, range(plan.newcomers))
        yield from self._counterfeiting_sellers()
        if self.begins_a_town:
            yield from self._townspeople()

    def _counterfeiters_of_the_quarter(self) -> Iterator[Seller]:
        people = self.people
        yield from map(people.careful, range(self.careful_sellers("clever-price")))
        yield from map(people.forger, range(self.careful_sellers("forged-papers")))
        yield from map(people.hijacker, range(self.careful_sellers("hijacked-listing")))
        yield from map(people.careless, range(self.careless_sellers()))

    def _counterfeiting_sellers(self) -> Iterator[Seller]:
        people = self.people
        yield from self._counterfeiters_of_the_quarter()
        yield from (people.terminated(), people.heir(), people.imitator())

    def _townspeople(self) -> Iterator[Seller]:
        town = self.world.parameters.town
        yield from map(self.people.depot_shop, range(town.depot_shops))
        for ring in range(self.people.rings):
            yield self.people.ring_factory(ring)
            yield from (self.people.ring_shop(ring, number) for number in range(town.ring_shops))
            if self.people.has_former(ring):
                yield self.people.ring_former(ring)

    def _owned_brands(self) -> Iterator[tuple[Brand, Seller]]:
        for brand in self.shelves.brands:
            yield brand, self.people.owner(brand)
        for number, brand in enumerate(self.shelves.own_brands):
            yield brand, self.people.maker(number)
        yield self.shelves.namesake, self.people.namesake_maker()
        # Every other imitator has registered its name too.
        if self.number % 2:
            yield self.shelves.imitation, self.people.imitator()

    def _official_images(self) -> Iterator[Record]:
        """Every brand has registered its pictures but those who live by others'."""
        for brand in (*self.shelves.brands, *self.shelves.own_brands, self.shelves.namesake):
            for number in range(brand.products):
                yield from official_records(self.shelves.product(brand, number))
