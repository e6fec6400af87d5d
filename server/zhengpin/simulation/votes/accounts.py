"""Accounts that vote for money: grown in groups, or bought from all over."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from random import Random

from zhengpin.simulation.votes.ballot import Ballot, Plot, VoteStory
from zhengpin.simulation.votes.polls import Polls
from zhengpin.simulation.votes.usual import votes_of
from zhengpin.simulation.votes.voters import Elector, an_elector

_BATCH_DAYS = 3.0
_STRANGERS_DAYS, _STRANGERS_SPREAD = 300.0, 1.0


def accounts(polls: Polls, path: str, count: int, began: float) -> list[Elector]:
    """So many accounts as they stood when their first campaign began, so many days ago."""
    dice = polls.world.chance.random(f"{path}/accounts")
    made: list[Elector] = []
    while len(made) < count:
        size = min(dice.randint(*polls.plan.accounts.group), count - len(made))
        made += _group(polls, f"{path}/account/{len(made)}", size, began, dice)
    return made


def camouflage(polls: Polls, path: str, hired: list[Elector], each: float) -> Iterator[Ballot]:
    """Ordinary votes, so many of each account on average, that say what everybody says."""
    plot = Plot(VoteStory.CAMOUFLAGE, path)
    for elector in hired:
        throw = polls.world.chance.fraction(f"{elector.path}/camouflage")
        yield from votes_of(polls, elector, round(-log(1 - throw) * each), plot)


def _group(polls: Polls, path: str, size: int, began: float, dice: Random) -> list[Elector]:
    plan = polls.plan.accounts
    batch = began + plan.age * dice.lognormvariate(0, plan.age_spread)
    first = an_elector(polls.world, f"{path}/0", batch + _BATCH_DAYS, bought=plan.bought)
    group = [first]
    for number in range(1, size):
        since, invited_by = batch + dice.random() * _BATCH_DAYS, first.voter.voter_id
        if dice.random() < plan.strangers:
            since = began + _STRANGERS_DAYS * dice.lognormvariate(0, _STRANGERS_SPREAD)
            invited_by = polls.someone(dice).voter.voter_id if dice.random() < polls.plan.voter.invited else ""
        group.append(an_elector(polls.world, f"{path}/{number}", since, invited_by=invited_by, bought=plan.bought))
    return group
