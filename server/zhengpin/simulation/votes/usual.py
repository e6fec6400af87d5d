"""Honest votes of people who vote for themselves alone, a few of them on most targets and many on a few."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from zhengpin.simulation.votes.ballot import USUAL, Ballot, Plot
from zhengpin.simulation.votes.polls import Polls
from zhengpin.simulation.votes.targets import VotedTarget
from zhengpin.simulation.votes.voters import Elector

_VOTES_OF_A_SITTING = 2.5
_SITTING_DAYS = 0.02
_LAUNCH_SHARE = 0.3
"""Of the votes on what came on sale lately: those of the first days."""
_LAUNCH_DAYS = 8.0


def usual_votes(polls: Polls) -> Iterator[Ballot]:
    """Every vote of the quarter's own voters, and those that new goods draw."""
    electorate = polls.home.electorate
    for number in range(len(electorate)):
        elector = electorate.elector(number)
        yield from votes_of(polls, elector, elector.votes)
    for target in polls.home.targets:
        if target.began < polls.plan.days:
            yield from _launch_votes(polls, target)


def votes_of(polls: Polls, elector: Elector, count: int, plot: Plot = USUAL) -> Iterator[Ballot]:
    """So many ordinary votes of one voter, several at a sitting, each on another target."""
    dice = polls.world.chance.random(f"{elector.path}/votes")
    sittings = [polls.moment(dice, elector.since) for _ in range(max(round(count / _VOTES_OF_A_SITTING), 1))]
    spoken_of: set[str] = set()
    for _ in range(count):
        ago = min(dice.choice(sittings) + dice.random() * _SITTING_DAYS, elector.since)
        target = polls.some_target(dice)
        if target.path not in spoken_of and ago < target.began:
            spoken_of.add(target.path)
            yield polls.honest_vote(dice, elector, target, ago, plot)


def _launch_votes(polls: Polls, target: VotedTarget) -> Iterator[Ballot]:
    dice = polls.world.chance.random(f"{target.path}/launch")
    for _ in range(_launch_count(polls, target, dice)):
        elector = polls.someone(dice)
        ago = target.began - dice.expovariate(1 / _LAUNCH_DAYS)
        if 0 < ago < elector.since:
            yield polls.honest_vote(dice, elector, target, ago)


def _launch_count(polls: Polls, target: VotedTarget, dice: Random) -> int:
    return int(polls.usual_votes(target) * _LAUNCH_SHARE * dice.lognormvariate(0, 0.7))
