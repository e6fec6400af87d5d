"""Who trades in a quarter, honest or not: each is made when first asked for."""

from __future__ import annotations

from functools import cached_property
from math import ceil

from zhengpin.simulation import names
from zhengpin.simulation.goods import Brand
from zhengpin.simulation.parameters import SellerPlan, SellerSort
from zhengpin.simulation.sellers import HONEST, Background, Seller
from zhengpin.simulation.shelves import Shelves
from zhengpin.simulation.world import World

COUNTERFEITER = Background("counterfeiter")
_CAREFUL_KINDS = ("retailer", "retailer", "agent", "retailer", "importer", "retailer", "factory")
_FAKES_OF_A_COUNTERFEITER = 2
"""In a quarter, on average."""


class People:
    """The sellers of one quarter, and of the town that it lies in."""

    def __init__(self, world: World, number: int, shelves: Shelves) -> None:
        self.number = number
        self._world = world
        self._quarter = f"quarter/{number}"
        self.town = f"town/{number // world.parameters.town.quarters}"
        self._shelves = shelves
        self._made: dict[str, Seller] = {}

    # --- honest --------------------------------------------------------------------------------------------------

    def owner(self, brand: Brand) -> Seller:
        """Who owns a brand and runs its official store."""
        path = f"{brand.path}/owner"
        return self._once(Seller(path, self._plan("owner"), "brand", self._world.chance, official=True))

    def agent(self, brand: Brand, number: int) -> Seller:
        """Who holds a letter from the owner that may be passed on."""
        return self._licensed("agent", f"{brand.path}/agent/{number}", "agent")

    def shop(self, brand: Brand, number: int) -> Seller:
        """Who holds a letter from an agent."""
        return self._licensed("shop", f"{brand.path}/shop/{number}", "retailer")

    def agency(self, brand: Brand) -> Seller:
        """Who runs a second official store for the brand."""
        return self._licensed("shop", f"{brand.path}/agency", "agent", official=True)

    def branch(self, number: int) -> Seller:
        """One of two shops that work under one letter: a head office (even numbers) or its branch."""
        path = f"{self._quarter}/branch/{number}"
        background = Background(head_office=f"{self._quarter}/branch/{number - 1}") if number % 2 else HONEST
        return self._licensed("shop", path, "retailer", background)

    def branch_brand(self, number: int) -> Brand:
        """The brand that a branch has its letter for."""
        return self._shelves.brands[number // 2 % len(self._shelves.brands)]

    def retailer(self, number: int) -> Seller:
        """Who sells what anyone may sell."""
        return self._plain("retailer", f"{self._quarter}/retailer/{number}", "retailer")

    def importer(self, number: int) -> Seller:
        """Who imports in parallel."""
        return self._plain("importer", f"{self._quarter}/importer/{number}", "importer")

    def maker(self, number: int) -> Seller:
        """A factory with a registered brand of its own."""
        return self._plain("maker", f"{self._quarter}/maker/{number}", "factory")

    def namesake_maker(self) -> Seller:
        """The factory of the honest brand that is named like another."""
        return self._plain("maker", f"{self._quarter}/namesake maker", "factory")

    def newcomer(self, number: int) -> Seller:
        """A new factory (odd numbers) or a new shop without a history."""
        kind = "factory" if number % 2 else "retailer"
        return self._plain("newcomer", f"{self._quarter}/newcomer/{number}", kind)

    def depot_shop(self, number: int) -> Seller:
        """One of the town's shops that send from one depot."""
        background = Background(depot=self._address("depot"))
        return self._plain("retailer", f"{self.town}/depot/{number}", "retailer", background)

    # --- not so honest -------------------------------------------------------------------------------------------

    def counterfeiters(self, share: float) -> int:
        """How many there are of a sort that makes this share of all listings."""
        return max(ceil(self._world.parameters.quarter.listings * share / _FAKES_OF_A_COUNTERFEITER), 1)

    def careful(self, number: int) -> Seller:
        """Who sells fakes with care."""
        kind = _CAREFUL_KINDS[number % len(_CAREFUL_KINDS)]
        return self._plain("careful", f"{self._quarter}/careful/{number}", kind, COUNTERFEITER)

    def imitator(self) -> Seller:
        """Who sells goods under a name that is taken for another brand's."""
        return self._plain("careful", f"{self._quarter}/imitator", "factory", Background("imitator"))

    def forger(self, number: int) -> Seller:
        """Who sells fakes with care and with a forged letter."""
        return self._licensed("careful", f"{self._quarter}/forger/{number}", "retailer", COUNTERFEITER)

    def forger_brand(self, number: int) -> Brand:
        """The brand that a forger has a letter for."""
        place = self._world.chance.fraction(f"{self._quarter}/forger/{number}/brand") * len(self._shelves.brands)
        return self._shelves.brands[int(place)]

    def hijacker(self, number: int) -> Seller:
        """Who bought, or broke into, an honest seller's old shop."""
        return self._plain("retailer", f"{self._quarter}/hijacker/{number}", "retailer", Background("hijacker"))

    def careless(self, number: int) -> Seller:
        """Who sells fakes without care."""
        return self._plain("careless", f"{self._quarter}/careless/{number}", "retailer", COUNTERFEITER)

    def terminated(self) -> Seller:
        """Whom the marketplace has thrown out."""
        path = f"{self._quarter}/terminated"
        return self._plain("retailer", path, "retailer", Background("counterfeiter", state="terminated"))

    def heir(self) -> Seller:
        """The terminated seller under another name, with the same company behind it."""
        background = Background("terminated seller's heir", company=self.terminated().path)
        return self._plain("careless", f"{self._quarter}/heir", "retailer", background)

    @cached_property
    def rings(self) -> int:
        """How many rings the town has."""
        parameters = self._world.parameters
        share = parameters.market.fakes * parameters.market.clever * parameters.shares.clever.get("ring", 0)
        fakes = parameters.town.quarters * parameters.quarter.listings * share
        return max(round(fakes / (parameters.town.ring_shops * parameters.town.ring_fakes)), 1)

    def ring_factory(self, ring: int) -> Seller:
        """The factory behind a ring."""
        path = f"{self.town}/ring/{ring}"
        background = Background("ring factory", ring=self._world.chance.id(path))
        return self._plain("maker", f"{path}/factory", "factory", background)

    def ring_shop(self, ring: int, number: int) -> Seller:
        """A ring's shop: half of them tell the depot that all of them send from."""
        path = f"{self.town}/ring/{ring}"
        depot = self._address(f"ring/{ring}") if self._world.chance.fraction(f"{path}/depot/{number}") < 1 / 2 else ""
        background = Background("ring shop", ring=self._world.chance.id(path), depot=depot)
        return self._plain("careful", f"{path}/shop/{number}", "retailer", background)

    def has_former(self, ring: int) -> bool:
        """Whether the marketplace has thrown out a shop of the ring, which came back under another name."""
        share = self._world.parameters.suppliers.ring.returned
        return self._world.chance.fraction(f"{self.town}/ring/{ring}/former") < share

    def ring_former(self, ring: int) -> Seller:
        """A ring's shop that the marketplace has thrown out; it sells nothing any more."""
        path = f"{self.town}/ring/{ring}"
        background = Background("ring shop", ring=self._world.chance.id(path), state="terminated")
        return self._plain("careful", f"{path}/former", "retailer", background)

    def ring_brand(self, ring: int) -> Brand:
        """The brand of this quarter that the ring has forged a letter for."""
        return self._shelves.brands[ring % len(self._shelves.brands)]

    def ring_licensee(self, ring: int) -> Seller:
        """The ring's shop whose letter is for this quarter; all letters of a ring are one document."""
        return self.ring_shop(ring, self.number % self._world.parameters.town.ring_shops)

    # --- making them ---------------------------------------------------------------------------------------------

    def _licensed(
        self, sort: SellerSort, path: str, kind: str, background: Background = HONEST, *, official: bool = False
    ) -> Seller:
        letter = self._world.chance.id(f"{path}/letter")
        return self._once(Seller(path, self._plan(sort), kind, self._world.chance, background, official, letter))

    def _plain(self, sort: SellerSort, path: str, kind: str, background: Background = HONEST) -> Seller:
        return self._once(Seller(path, self._plan(sort), kind, self._world.chance, background))

    def _plan(self, sort: SellerSort) -> SellerPlan:
        return self._world.parameters.sellers[sort]

    def _once(self, seller: Seller) -> Seller:
        return self._made.setdefault(seller.path, seller)

    def _address(self, whose: str) -> str:
        return names.address(self._world.chance.random(f"{self.town}/{whose}/address"))
