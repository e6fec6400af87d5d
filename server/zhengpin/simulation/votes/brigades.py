"""Votes that somebody ordered: praise for what deserves none, or warnings of a rival's good goods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from zhengpin.simulation.votes.accounts import accounts, camouflage
from zhengpin.simulation.votes.ballot import Ballot, Plot, VoteStory
from zhengpin.simulation.votes.polls import Polls
from zhengpin.simulation.votes.targets import VotedTarget
from zhengpin.simulation.votes.voters import Elector

_LEAST_USUAL = 20
"""Votes that a target draws by itself: nobody pays for a brigade where nobody looks."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a brigade is paid for."""

    target: VotedTarget
    praise: bool


def ordered_votes(polls: Polls) -> Iterator[Ballot]:
    """Every vote of the quarter's bursts, drips and farms, with what their accounts cast to look ordinary."""
    plan = polls.plan
    for name, often, votes in (
        ("burst", plan.burst.often, _burst),
        ("drip", plan.drip.often, _drip),
        ("farm", plan.farm.often, _farm),
    ):
        for number in range(polls.times(name, often)):
            yield from votes(polls, f"{polls.path}/{name}/{number}")


def an_order(polls: Polls, dice: Random, *, praise: bool | None = None) -> Order:
    """Praise for something, the worse the likelier, or a warning of something, the better the likelier."""
    praise = dice.random() < 1 / 2 if praise is None else praise
    known = [target for target in polls.home.targets if polls.usual_votes(target) >= _LEAST_USUAL] or polls.home.targets
    weights = [(1 - target.quality if praise else target.quality) ** 2 for target in known]
    (target,) = dice.choices(known, weights)
    return Order(target, praise)


def carried_out(
    polls: Polls, order: Order, attempts: Iterable[tuple[Elector, float]], plot: Plot, dice: Random
) -> Iterator[Ballot]:
    """The votes of accounts, each so many days ago, where the account and the target existed by then."""
    for elector, ago in attempts:
        if 0 < ago < min(elector.since, order.target.began):
            says = order.praise ^ (dice.random() < polls.plan.accounts.feint)
            bought = dice.random() < elector.bought
            yield polls.vote(elector, order.target, ago, plot, recommends=says, bought=bought)


def _burst(polls: Polls, path: str) -> Iterator[Ballot]:
    """All within a day or so."""
    plan, dice = polls.plan.burst, polls.world.chance.random(path)
    order = an_order(polls, dice)
    began = dice.uniform(0.01, 0.95) * min(polls.plan.days, order.target.began)
    days = dice.uniform(*plan.hours) / 24
    hired = accounts(polls, path, _size(polls, order, plan.size, plan.least, dice), began)
    attempts = ((elector, began - days * dice.betavariate(1.5, 3)) for elector in hired)
    yield from carried_out(polls, order, attempts, Plot(VoteStory.BURST, path), dice)
    yield from camouflage(polls, path, hired, polls.plan.accounts.camouflage)


def _drip(polls: Polls, path: str) -> Iterator[Ballot]:
    """A few a day, for weeks."""
    plan, dice = polls.plan.drip, polls.world.chance.random(path)
    order = an_order(polls, dice)
    days = min(dice.uniform(*plan.days), order.target.began / 2)
    began = dice.uniform(days, min(polls.plan.days, order.target.began) * 0.95)
    hired = accounts(polls, path, _size(polls, order, plan.size, plan.least, dice), began)
    attempts = ((elector, began - days * dice.random()) for elector in hired)
    yield from carried_out(polls, order, attempts, Plot(VoteStory.DRIP, path), dice)
    yield from camouflage(polls, path, hired, polls.plan.accounts.camouflage)


def _farm(polls: Polls, path: str) -> Iterator[Ballot]:
    """The same accounts work for one client after the other, a part of them each time."""
    plan, dice = polls.plan.farm, polls.world.chance.random(path)
    founded = dice.uniform(0.4, 1) * polls.plan.days
    hired = accounts(polls, path, dice.randint(*plan.size), founded)
    clients = {
        order.target.path: order for order in (an_order(polls, dice) for _ in range(dice.randint(*plan.clients)))
    }
    for order in clients.values():
        days = dice.uniform(*plan.days)
        began = dice.uniform(days, founded)
        turnout = [elector for elector in hired if dice.random() < plan.turnout]
        attempts = [(elector, began - days * dice.random()) for elector in turnout]
        yield from carried_out(polls, order, attempts, Plot(VoteStory.FARM, path), dice)
    yield from camouflage(polls, path, hired, plan.camouflage)


def _size(polls: Polls, order: Order, size: tuple[float, float], least: int, dice: Random) -> int:
    return max(int(polls.usual_votes(order.target) * dice.uniform(*size)), least)
