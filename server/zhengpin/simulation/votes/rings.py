"""Votes of rings: shops of one organisation and their people, who vote honestly too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.votes.ballot import Ballot, Plot, VoteStory
from zhengpin.simulation.votes.brigades import an_order, carried_out
from zhengpin.simulation.votes.polls import Polls
from zhengpin.simulation.votes.usual import votes_of
from zhengpin.simulation.votes.voters import Elector, an_elector

_USUAL_VOTES = 5
_BEFORE_THE_SHOP_DAYS = 5


def ring_votes(polls: Polls) -> Iterator[Ballot]:
    """What the town's rings have their people say in this quarter; their own votes come with the town's first."""
    town = polls.world.parameters.town
    first = polls.home.quarter.number % town.quarters == 0
    for ring in range(polls.home.quarter.people.rings):
        people = _people(polls, ring)
        path = f"{polls.home.quarter.people.town}/ring/{ring}"
        if first:
            yield from (ballot for each in people for ballot in votes_of(polls, each, each.votes))
        if polls.world.chance.fraction(f"{path}/campaign/{polls.home.quarter.number}") < polls.plan.ring.often:
            yield from _campaign(polls, people, path)


def _people(polls: Polls, ring: int) -> list[Elector]:
    """The shops' owners, whom the factory brought in, and those who work for them."""
    sellers = polls.home.quarter.people
    shops = (sellers.ring_shop(ring, number) for number in range(polls.world.parameters.town.ring_shops))
    factory = polls.world.chance.id(f"{sellers.ring_factory(ring).path}/voter")
    return [each for shop in shops for each in _people_of(polls, shop, factory)]


def _people_of(polls: Polls, shop: Seller, invited_by: str) -> Iterator[Elector]:
    dice = polls.world.chance.random(f"{shop.path}/people")
    boss = polls.world.chance.id(f"{shop.path}/voter/0")
    for place in range(dice.randint(*polls.plan.ring.people)):
        yield an_elector(
            polls.world,
            f"{shop.path}/voter/{place}",
            shop.age * dice.uniform(0.8, 1) if place else shop.age + _BEFORE_THE_SHOP_DAYS,
            invited_by=boss if place else invited_by,
            supplier_id=shop.supplier_id,
            harshness=dice.gauss(0, polls.plan.voter.harshness),
            bought=polls.plan.voter.bought,
            votes=int(dice.expovariate(1 / _USUAL_VOTES)),
        )


def _campaign(polls: Polls, people: list[Elector], path: str) -> Iterator[Ballot]:
    """Word goes out twice: to praise what the ring sells, and to warn of a rival."""
    plan, dice = polls.plan.ring, polls.dice(f"{path}/campaign")
    began = dice.uniform(3, polls.plan.days)
    for order in (an_order(polls, dice, praise=True), an_order(polls, dice, praise=False)):
        said = began - dice.uniform(0, 2)
        turnout = (replace(each, bought=plan.bought) for each in people if dice.random() < plan.turnout)
        attempts = ((each, said - plan.hours * dice.lognormvariate(0, 0.8) / 24) for each in turnout)
        yield from carried_out(polls, order, attempts, Plot(VoteStory.RING, path), dice)
