"""Honest voters: who they are, who brought them in, and what their habits are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from math import exp, log

from zhengpin.domain.vote import Voter
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.world import World

_YOUNGEST = 0.02
"""Days since the latest voter registered."""
_GROWTH = 1.6
"""Above 1, more voters have registered lately than long ago."""
_OLD_FRIENDS = 2.2
"""Above 1, the voters of the first hour have brought in most of the others."""

_SAID_MOST_DAYS = 90.0
"""By then two of three votes are cast that a voter ever casts."""


@dataclass(frozen=True, slots=True)
class Elector:
    """A voter and its habits."""

    path: str
    voter: Voter
    since: float
    """Days since it registered."""
    harshness: float = 0
    """What it takes off the log odds of a recommendation."""
    bought: float = 0
    """The share of its votes with a purchase."""
    votes: int = 0
    """How many it casts for itself alone."""


class Electorate:
    """The honest voters of one quarter, by number in the order in which they registered, each made when asked for."""

    def __init__(self, quarter: Quarter) -> None:
        self._quarter = quarter
        self._made: dict[int, Elector] = {}

    def __len__(self) -> int:
        """How many."""
        return self._quarter.world.parameters.votes.voters

    def elector(self, number: int) -> Elector:
        """One of them."""
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]

    def _make(self, number: int) -> Elector:
        quarter = self._quarter
        plan, path = quarter.world.parameters.votes.voter, f"{quarter.path}/voter/{number}"
        dice = quarter.world.chance.random(path)
        since = max(plan.days * (1 - (number + dice.random()) / len(self)) ** _GROWTH, _YOUNGEST)
        inviter = int(number * dice.random() ** _OLD_FRIENDS) if number and dice.random() < plan.invited else None
        invited_by = "" if inviter is None else quarter.world.chance.id(f"{quarter.path}/voter/{inviter}")
        shop = quarter.people.retailer(int(dice.random() * quarter.world.parameters.quarter.retailers))
        habit = log(plan.bought / (1 - plan.bought)) + dice.gauss(0, 1)
        return an_elector(
            quarter.world,
            path,
            since,
            invited_by=invited_by,
            supplier_id=shop.supplier_id if dice.random() < plan.owners else "",
            harshness=dice.gauss(0, plan.harshness),
            bought=1 / (1 + exp(-habit)),
            votes=min(int(plan.votes * dice.lognormvariate(0, plan.votes_spread) * _by_now(since)), plan.most_votes),
        )


def _by_now(since: float) -> float:
    """The share of its votes that a voter has cast who registered so many days ago."""
    return 1 - exp(-since / _SAID_MOST_DAYS)


def an_elector(
    world: World,
    path: str,
    since: float,
    *,
    invited_by: str = "",
    supplier_id: str = "",
    harshness: float = 0,
    bought: float = 0,
    votes: int = 0,
) -> Elector:
    """A voter that registered so many days ago."""
    registered_at = (world.now - timedelta(days=since)).replace(microsecond=0, tzinfo=UTC)
    voter = Voter(world.chance.id(path), registered_at, supplier_id, invited_by)
    return Elector(path, voter, since, harshness, bought, votes)
