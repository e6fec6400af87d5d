"""Where the votes of a quarter are told: what its people know, and what an honest vote looks like there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, timedelta
from functools import cached_property
from itertools import accumulate
from math import exp, log
from random import Random

from zhengpin.domain.vote import Purchase, Vote
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.vote_parameters import VotesPlan
from zhengpin.simulation.votes.ballot import USUAL, Ballot, Plot
from zhengpin.simulation.votes.rhythm import Rhythm
from zhengpin.simulation.votes.targets import VotedTarget, origins, targets_of
from zhengpin.simulation.votes.voters import Elector, Electorate
from zhengpin.simulation.world import World


class Precinct:
    """What can be voted on in one quarter, and who votes there for himself."""

    def __init__(self, quarter: Quarter) -> None:
        self.quarter = quarter
        self.targets = targets_of(quarter)
        self.electorate = Electorate(quarter)
        self._bounds = tuple(accumulate(target.popularity for target in self.targets))

    @property
    def popularity(self) -> float:
        """Of all its targets together."""
        return self._bounds[-1]

    def popular_target(self, dice: Random) -> VotedTarget:
        """One of its targets, the popular ones more often."""
        return self.targets[bisect_right(self._bounds, dice.random() * self.popularity)]


class Polls:
    """The polls of one quarter: its people know their own quarter and some of those before it."""

    def __init__(self, precincts: Sequence[Precinct], rhythm: Rhythm) -> None:
        """`precincts` end with the quarter's own; `rhythm` is that of the market."""
        self._precincts = precincts
        self._rhythm = rhythm
        self.home = precincts[-1]

    @property
    def path(self) -> str:
        """The name of the quarter."""
        return self.home.quarter.path

    @property
    def world(self) -> World:
        """What the marketplace is made from."""
        return self.home.quarter.world

    @property
    def plan(self) -> VotesPlan:
        """What votes are made of."""
        return self.world.parameters.votes

    def dice(self, name: str) -> Random:
        """Dice of whatever bears this name in the quarter."""
        return self.world.chance.random(f"{self.path}/{name}")

    def times(self, name: str, often: float) -> int:
        """How often something happens in the quarter that happens so often on average."""
        return int(often + self.world.chance.fraction(f"{self.path}/{name}/times"))

    # --- who, what, when -----------------------------------------------------------------------------------------

    @cached_property
    def _origins(self) -> tuple[VotedTarget, ...]:
        return origins(self.world)

    def some_target(self, dice: Random) -> VotedTarget:
        """What a voter of the quarter may speak of: its own quarter's goods, others', or a place."""
        plan, throw = self.plan.voter, dice.random()
        if throw < plan.on_origins:
            return dice.choice(self._origins)
        if throw < plan.on_origins + plan.at_home:
            return self.home.popular_target(dice)
        return dice.choice(self._precincts).popular_target(dice)

    def someone(self, dice: Random) -> Elector:
        """Any honest voter of the quarters around."""
        electorate = dice.choice(self._precincts).electorate
        return electorate.elector(dice.randrange(len(electorate)))

    def usual_votes(self, target: VotedTarget) -> float:
        """How many votes a target of the quarter draws by itself, about."""
        plan = self.plan.voter
        cast = self.plan.voters * plan.votes * exp(plan.votes_spread**2 / 2)
        on_sale = min(target.began / self.plan.days, 1)
        return cast * (1 - plan.on_origins) * on_sale * target.popularity / self.home.popularity

    def moment(self, dice: Random, since: float) -> float:
        """Days before now at which somebody votes who could since so many days."""
        if since >= self.plan.days:
            return self._rhythm.draw(dice, self.plan.days)
        return self._rhythm.draw(dice, since, _rather_soon)

    # --- votes ---------------------------------------------------------------------------------------------------

    def opinion(self, dice: Random, elector: Elector, target: VotedTarget, ago: float) -> bool:
        """What an honest voter says."""
        quality = target.quality_at(ago)
        return dice.random() < 1 / (1 + exp(elector.harshness - log(quality / (1 - quality))))

    def honest_vote(
        self, dice: Random, elector: Elector, target: VotedTarget, ago: float, plot: Plot = USUAL
    ) -> Ballot:
        """A vote that says what the voter thinks."""
        says, bought = self.opinion(dice, elector, target, ago), dice.random() < elector.bought
        return self.vote(elector, target, ago, plot, recommends=says, bought=bought)

    def vote(
        self, elector: Elector, target: VotedTarget, ago: float, plot: Plot, *, recommends: bool, bought: bool
    ) -> Ballot:
        """A vote that says what it is told to."""
        chance = self.world.chance
        name = f"{elector.path}/on/{target.path}/{ago}"
        vote = Vote(
            chance.id(name),
            elector.voter.voter_id,
            target.target,
            recommends,
            (self.world.now - timedelta(days=ago)).replace(microsecond=0, tzinfo=UTC),
            purchase=Purchase(chance.id(f"{name}/order")) if bought else None,
        )
        return Ballot(vote, elector.voter, plot)


def _rather_soon(share: float) -> float:
    """Who is new votes more than later."""
    return 1.0 - float(share**1.6)
