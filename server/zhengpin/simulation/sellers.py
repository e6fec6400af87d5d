"""Who trades: suppliers with their shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from zhengpin.simulation import names
from zhengpin.simulation.chance import Chance
from zhengpin.simulation.parameters import SellerPlan
from zhengpin.simulation.records import Fields, Record, day, stamp
from zhengpin.simulation.social_credit_code import social_credit_code

_DAY = 86_400
_OLDEST = 5000


@dataclass(frozen=True, slots=True)
class Background:
    """What really stands behind a seller."""

    truth: str = "honest"
    depot: str = ""
    """The address that it sends from, where it tells one."""
    company: str = ""
    """The path of another seller whose company it is; empty for one of its own."""
    head_office: str = ""
    """The path of another seller whose branch it is."""
    ring: str = ""
    state: str = "active"
    """As the contract's SupplierState names it, in lower case."""


HONEST = Background()


@dataclass(frozen=True)
class Seller:
    """A supplier with one shop."""

    path: str
    plan: SellerPlan
    kind: str
    """As the contract's SupplierKind names it, in lower case."""
    chance: Chance
    background: Background = HONEST
    official: bool = False
    letter: str = ""
    """The id of its letter for the brand that it sells, where it has one."""

    @cached_property
    def supplier_id(self) -> str:
        """The supplier's id."""
        return self.chance.id(self.path)

    @cached_property
    def shop_id(self) -> str:
        """Its shop's id."""
        return self.chance.id(f"{self.path}/shop")

    @cached_property
    def name(self) -> str:
        """Its company's name; a branch bears that of its head office with its own after it."""
        office = names.firm(self.chance.random(f"{self.background.head_office or self.path}/name"))
        return names.branch(office, self.chance.random(f"{self.path}/name")) if self.background.head_office else office

    @cached_property
    def age(self) -> int:
        """Days since the shop opened."""
        dice = self.chance.random(f"{self.path}/age")
        return min(max(round(self.plan.age * dice.lognormvariate(0, self.plan.age_spread)), 1), _OLDEST)

    @cached_property
    def level(self) -> float:
        """How dear it is in all that it sells, as a standard normal deviate."""
        return self.chance.random(f"{self.path}/level").gauss(0, 1)

    def record(self, now: datetime) -> Record:
        """The supplier as the marketplace tells of it."""
        dice = self.chance.random(f"{self.path}/papers")
        opened = now - timedelta(seconds=self.age * _DAY + dice.randrange(_DAY))
        joined = opened - timedelta(days=dice.randint(0, 40))
        fields: Fields = {
            "supplierId": self.supplier_id,
            "name": self.name,
            "kind": f"SUPPLIER_KIND_{self.kind.upper()}",
            "country": "CN",
            "registrationCode": social_credit_code(
                self.chance.random(f"{self.background.company or self.path}/register")
            ),
            "licenceValidUntil": day(now + timedelta(days=dice.randint(40, 4000))),
            "verifiedAt": stamp(now - timedelta(days=min(dice.randint(1, 200), self.age))),
            "joinedAt": stamp(joined),
            "state": f"SUPPLIER_STATE_{self.background.state.upper()}",
            "monthlyCapacity": str(round(self.plan.stock * dice.lognormvariate(1.2, 0.5))),
            "shops": [self._shop(opened, dice)],
        }
        return {"supplier": fields}

    def _shop(self, opened: datetime, dice: Random) -> Fields:
        mean, spread = self.plan.reputation
        completed = self.age * self.plan.orders_a_day * dice.lognormvariate(0, 0.8)
        return {
            "shopId": self.shop_id,
            "name": names.shop(dice),
            "openedAt": stamp(opened),
            "officialStore": self.official,
            "reputation": round(min(max(dice.gauss(mean, spread), 0.0), 1.0), 3),
            "completedOrders": str(round(completed)),
        }
