"""A second opinion on voters: signed belief propagation between voters and targets.

FraudEagle (Akoglu, Chandy and Faloutsos, ICWSM 2013): a voter is honest or a fraud, a target good or bad, and

    P(recommends | voter, target)      good      bad
                           honest      1 - ε     ε
                           fraud       2ε        1 - 2ε

A graded opinion s is a recommendation with probability (1 + s) / 2, else a warning. Nothing is known beforehand, and
behaviour stays out of it, so that this is an opinion of its own. Messages run both ways along every vote as log-odds.
As votes make loops, nothing warrants that they settle: each message is the mean of the new one and the one before, and
rounds have a limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit, logit

from zhengpin.reputation.behaviour import Floats
from zhengpin.reputation.vote_columns import VoteColumns

ERROR: Final = 0.1
"""ε: how often an honest voter is wrong."""
DAMPING: Final = 0.5
SETTLED: Final = 1e-3
"""Rounds end when no probability moves by more."""
MOST_ROUNDS: Final = 50


@dataclass(frozen=True, slots=True)
class Belief:
    """What the votes alone make one believe."""

    honest: Floats
    """Of each voter the probability that it is honest; ½ without votes."""
    good: Floats
    """Of each target the probability that it is good; ½ without votes."""

    def moved_since(self, before: Belief) -> float:
        """How far the probability went that moved farthest."""
        honest, good = np.abs(self.honest - before.honest), np.abs(self.good - before.good)
        return float(max(honest.max(initial=0.0), good.max(initial=0.0)))


def believe(votes: VoteColumns) -> Belief:
    """Pass messages until beliefs settle, or the rounds are over."""
    if_honest = _chance_where_good(votes.opinion, recommended=1 - ERROR)
    if_fraud = _chance_where_good(votes.opinion, recommended=2 * ERROR)
    to_voter, to_target = np.zeros(len(votes)), np.zeros(len(votes))
    belief = Belief(np.full(votes.voters, 0.5), np.full(votes.targets, 0.5))
    of_voter = np.zeros(votes.voters)
    for _ in range(MOST_ROUNDS):
        honest = expit(of_voter[votes.voter] - to_voter)
        _damp(to_target, logit(if_fraud + honest * (if_honest - if_fraud)))
        of_target = votes.by_target(to_target)
        good = expit(of_target[votes.target] - to_target)
        _damp(to_voter, np.log(_chance(if_honest, good) / _chance(if_fraud, good)))
        of_voter = votes.by_voter(to_voter)
        before, belief = belief, Belief(expit(of_voter), expit(of_target))
        if belief.moved_since(before) <= SETTLED:
            break
    return belief


def _chance_where_good(opinion: Floats, recommended: float) -> Floats:
    """Give the chance of each vote on a good target, by voters who recommend one this often.

    On a bad target it is one minus that: in the table, a row says of bad targets the opposite.
    """
    return 0.5 + opinion * (recommended - 0.5)


def _chance(where_good: Floats, good: Floats) -> Floats:
    """Give the chance of each vote on a target that is good with this probability."""
    return 1 - where_good + good * (2 * where_good - 1)


def _damp(message: Floats, new: Floats) -> None:
    message *= DAMPING
    message += (1 - DAMPING) * new
