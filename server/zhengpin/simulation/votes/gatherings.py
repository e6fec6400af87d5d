"""Honest votes of people who have something in common: each sort looks like some sort of brigade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from zhengpin.simulation.votes.ballot import Ballot, Plot, VoteStory
from zhengpin.simulation.votes.polls import Polls
from zhengpin.simulation.votes.targets import VotedTarget
from zhengpin.simulation.votes.voters import Elector, an_elector

_INVITED_NEWCOMERS = 0.4
"""Share of a crowd's newcomers whom somebody who was there already brought in."""
_OUR_WEEK = 7.0


def gathered_votes(polls: Polls) -> Iterator[Ballot]:
    """Every vote of the quarter's crowds, followers, warehouses and friends."""
    plan = polls.plan
    for name, often, votes in (
        ("crowd", plan.crowd.often, _crowd),
        ("followers", plan.followers.often, _followers),
        ("staff", plan.staff.often, _staff),
        ("acquaintances", plan.acquaintances.often, _acquaintances),
    ):
        for number in range(polls.times(name, often)):
            yield from votes(polls, f"{polls.path}/{name}/{number}")


def _crowd(polls: Polls, path: str) -> Iterator[Ballot]:
    """A programme praised or exposed the goods: whoever saw it votes, and some register for it."""
    plan, dice = polls.plan.crowd, polls.world.chance.random(path)
    target = polls.home.popular_target(dice)
    began = dice.uniform(0.1, 0.95) * min(polls.plan.days, target.began)
    count = max(int(polls.usual_votes(target) * dice.uniform(*plan.size)), plan.least)
    recommended = dice.uniform(*plan.one_sided) if dice.random() < target.quality else 1 - dice.uniform(*plan.one_sided)
    present = [polls.someone(dice)]
    for number in range(count):
        ago = began - plan.hours * dice.lognormvariate(0, 1.1) / 24
        elector = _who_watched(polls, f"{path}/newcomer/{number}", ago, present, dice)
        if not 0 < ago < elector.since:
            continue
        present.append(elector)
        says, bought = dice.random() < recommended, dice.random() < plan.bought
        yield polls.vote(elector, target, ago, Plot(VoteStory.CROWD, path), recommends=says, bought=bought)


def _who_watched(polls: Polls, path: str, ago: float, present: list[Elector], dice: Random) -> Elector:
    if dice.random() >= polls.plan.crowd.newcomers:
        return polls.someone(dice)
    friend = dice.choice(present).voter.voter_id if dice.random() < _INVITED_NEWCOMERS else ""
    return an_elector(polls.world, path, ago + dice.expovariate(24), invited_by=friend)


def _followers(polls: Polls, path: str) -> Iterator[Ballot]:
    """An opinion leader shows one product after the other; those whom it brought in buy, and say what they think."""
    plan, dice = polls.plan.followers, polls.world.chance.random(path)
    leader = polls.home.electorate.elector(dice.randrange(len(polls.home.electorate) // 2))
    first = dice.uniform(0.3, 1) * min(leader.since, polls.plan.days) * 0.9
    people = [
        an_elector(
            polls.world,
            f"{path}/{number}",
            first + dice.expovariate(1 / 20),
            invited_by=leader.voter.voter_id,
            harshness=dice.gauss(0, polls.plan.voter.harshness),
            bought=plan.bought,
        )
        for number in range(dice.randint(*plan.size))
    ]
    for target in _some_targets(polls, dice, dice.randint(*plan.goods)):
        shown = dice.uniform(0, first)
        for elector in people:
            ago = shown - plan.days * dice.lognormvariate(0, 0.6)
            if dice.random() < plan.turnout and 0 < ago < target.began:
                yield polls.honest_vote(dice, elector, target, ago, Plot(VoteStory.FOLLOWERS, path))


def _staff(polls: Polls, path: str) -> Iterator[Ballot]:
    """People who registered in one week, brought in by the first of them, and know the goods that they pack."""
    plan, dice = polls.plan.staff, polls.world.chance.random(path)
    opened = dice.uniform(30, polls.plan.voter.days / 2)
    first = an_elector(polls.world, f"{path}/0", opened + _OUR_WEEK, bought=plan.bought)
    others = [
        an_elector(
            polls.world,
            f"{path}/{number}",
            opened + dice.uniform(0, _OUR_WEEK),
            invited_by=first.voter.voter_id,
            harshness=dice.gauss(0, polls.plan.voter.harshness),
            bought=plan.bought,
        )
        for number in range(1, dice.randint(*plan.size))
    ]
    for target in _some_targets(polls, dice, dice.randint(*plan.goods)):
        for elector in (first, *others):
            ago = polls.moment(dice, elector.since)
            if dice.random() < plan.turnout and ago < target.began:
                yield polls.honest_vote(dice, elector, target, ago, Plot(VoteStory.STAFF, path))


def _acquaintances(polls: Polls, path: str) -> Iterator[Ballot]:
    """Friends who brought one another in and share parcels: they vote together, and mostly agree."""
    plan, dice = polls.plan.acquaintances, polls.world.chance.random(path)
    friend = polls.home.electorate.elector(dice.randrange(len(polls.home.electorate)))
    others = [
        an_elector(
            polls.world,
            f"{path}/{number}",
            friend.since * (1 - dice.random() ** 2),
            invited_by=friend.voter.voter_id,
            harshness=dice.gauss(0, polls.plan.voter.harshness),
            bought=plan.bought,
        )
        for number in range(1, dice.randint(*plan.size))
    ]
    friends = (replace(friend, bought=plan.bought), *others)
    for target in _some_targets(polls, dice, dice.randint(*plan.goods)):
        came = polls.moment(dice, min(friend.since, target.began))
        common = polls.opinion(dice, friend, target, came)
        for elector in friends:
            ago = came - plan.hours * dice.lognormvariate(0, 0.8) / 24
            if dice.random() >= plan.turnout or not 0 < ago < elector.since:
                continue
            own = polls.honest_vote(dice, elector, target, ago, Plot(VoteStory.ACQUAINTANCES, path))
            agreed = dice.random() < plan.agreement
            yield replace(own, vote=replace(own.vote, recommends=common)) if agreed else own


def _some_targets(polls: Polls, dice: Random, count: int) -> list[VotedTarget]:
    """So many different targets of the quarter, or all of them if there are fewer."""
    wanted = min(count, len(polls.home.targets) // 2)
    targets: dict[str, VotedTarget] = {}
    while len(targets) < wanted:
        target = polls.home.popular_target(dice)
        targets[target.path] = target
    return list(targets.values())
