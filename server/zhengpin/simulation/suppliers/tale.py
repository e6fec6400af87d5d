"""A supplier of whom something is told, and one thing that is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Fields
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.supplier_parameters import SuppliersPlan, Thrice
from zhengpin.simulation.suppliers.circles import Membership

HONEST, CAREFUL, CARELESS = range(3)


@dataclass(frozen=True, slots=True)
class Tale:
    """What is told, and how long ago it was so."""

    days_ago: float
    fact: Fields
    """One field of `SupplierFact`."""


@dataclass(frozen=True)
class Subject:
    """A supplier of whom something is told."""

    quarter: Quarter
    seller: Seller
    circles: tuple[Membership, ...]

    @property
    def plan(self) -> SuppliersPlan:
        """What is told of suppliers."""
        return self.quarter.world.parameters.suppliers

    @cached_property
    def supplier(self) -> Fields:
        """The supplier's own record."""
        return self.seller.record(self.quarter.world.now)["supplier"]

    @cached_property
    def sort(self) -> int:
        """`HONEST`, `CAREFUL` or `CARELESS`."""
        if self.seller.background.truth == "honest":
            return HONEST
        careless = self.seller.plan is self.quarter.world.parameters.sellers["careless"]
        return CARELESS if careless or self.seller.background.state == "terminated" else CAREFUL

    def of(self, figures: Thrice) -> float:
        """The figure for its sort."""
        return figures[self.sort]

    def dice(self, topic: str) -> Random:
        """Dice that change nothing else."""
        return self.quarter.world.chance.random(f"{self.seller.path}/facts/{topic}")

    def throw(self, topic: str) -> float:
        """One throw from 0 to 1."""
        return self.quarter.world.chance.fraction(f"{self.seller.path}/facts/{topic}")

    def long_ago(self, dice: Random, most: float = 5000) -> float:
        """Some time within its own, in days; the most that it may be."""
        return min(self.seller.age, most) * dice.random()
