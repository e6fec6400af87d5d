"""Companies that go on in another one, or in two, after a merger or a split."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.suppliers.tale import Tale

_DAYS = 365


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A company that was, and in which it goes on: two after a split."""

    former: Seller
    successors: tuple[Seller, ...]

    @property
    def everybody(self) -> tuple[Seller, ...]:
        """All of them."""
        return (self.former, *self.successors)


def successions_of(quarter: Quarter) -> list[TakenOver]:
    """None for most quarters; else one among the quarter's retailers, as far as it has so many."""
    plan, retailers = quarter.world.parameters.suppliers.succession, quarter.world.parameters.quarter.retailers
    dice = quarter.world.chance.random(f"{quarter.path}/succession")
    happens, size = dice.random() < plan.often, 3 if dice.random() < plan.split else 2
    if not happens or size > retailers:
        return []
    former, *successors = map(quarter.people.retailer, dice.sample(range(retailers), size))
    return [TakenOver(former, tuple(successors))]


def successions(quarter: Quarter) -> Iterator[tuple[Seller, Tale]]:
    """What is told of them: each company with what it goes on in."""
    for each in successions_of(quarter):
        days_ago = min(each.former.age, _DAYS) * quarter.world.chance.fraction(f"{each.former.path}/succession")
        for successor in each.successors:
            yield each.former, Tale(days_ago, {"succession": {"successorId": successor.supplier_id, "verified": True}})
