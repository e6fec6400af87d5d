"""Trust in voters, by behaviour and fairness, and belief as a second opinion.

A full solve, whose cost grows in proportion to the votes. In between, `voter_sums.py` follows voters vote by vote.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhengpin.reputation.behaviour import Conduct, Floats, conduct_of
from zhengpin.reputation.belief import Belief, believe
from zhengpin.reputation.fairness import Agreement, one_round, reliability, solve_agreement
from zhengpin.reputation.strangers import Circles, Strangers
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_sums import TargetSums, VoterSums


@dataclass(frozen=True, slots=True)
class TrustSolution:
    """What a full solve found: columns of voters and of targets, by their numbers."""

    trust: Floats
    """Of each voter from 0 to 1: √behaviour × fairness. Who has not voted yet has 1/8."""
    behaviour: Floats
    """Of each voter the prior, from 1/16 to 1 (`behaviour.py`)."""
    fairness: Floats
    """Of each voter from 0 to 1; ½ where nothing is known (`fairness.py`)."""
    conduct: Conduct[Floats]
    agreement: Agreement
    belief: Belief

    @property
    def second_opinion(self) -> Floats:
        """Of each voter the probability that it is honest, by its votes alone (`belief.py`)."""
        return self.belief.honest

    @property
    def disagreement(self) -> Floats:
        """How far the two opinions of each voter's votes contradict one another, from 0 to 1: a reason to look.

        0 unless one of them leans to honest, above ½, and the other away from it; then twice what the weaker one leans.
        """
        first, second = self.fairness - 0.5, self.second_opinion - 0.5
        return np.where(first * second < 0, 2 * np.minimum(np.abs(first), np.abs(second)), 0.0)

    @property
    def goodness(self) -> Floats:
        """What trusted voters think of each target, from -1 to 1; 0 where nobody votes.

        Their mean opinion, as if one more whom everybody trusts had none: few votes, or votes of little trust, prove
        little.
        """
        return self.agreement.praise / (1 + self.agreement.backing)

    @property
    def rounds(self) -> int:
        """How many rounds fairness took."""
        return self.agreement.rounds

    def voter(self, number: int) -> VoterSums:
        """What is kept of a voter, to follow it vote by vote."""
        conduct = self.conduct
        return VoterSums(
            Conduct(
                float(conduct.votes[number]),
                float(conduct.first_at[number]),
                float(conduct.last_at[number]),
                float(conduct.unhurried[number]),
                float(conduct.day_squares[number]),
                float(conduct.on_last_day[number]),
            ),
            float(self.agreement.proven[number]),
            float(self.agreement.agreed[number]),
        )

    def target(self, number: int) -> TargetSums:
        """What is kept of a target, to compare the next vote with."""
        return TargetSums(float(self.agreement.backing[number]), float(self.agreement.praise[number]))


def solve_trust(
    votes: VoteColumns,
    now: float | None = None,
    circle: Circles | None = None,
    *,
    by_behaviour: bool = True,
    by_deviation: bool = True,
) -> TrustSolution:
    """Find how far every voter is to be trusted.

    `now`, in seconds since 1970, is by default the time of the last vote, and must not be before it. Those of one
    circle prove nothing of one another (`acquaintances.py`); without circles all are strangers. Without behaviour
    every prior is 1; without deviation every voter is fair. Raises ValueError for a `now` before the last vote.
    """
    ordered = votes.in_order()
    last = float(votes.at.max(initial=0.0))
    moment = last if now is None else now
    if moment < last:
        raise ValueError(f"now is {now}, before the last vote at {last}: solve at a time when all votes were cast")
    conduct = conduct_of(ordered, moment)
    prior = conduct.prior(moment) if by_behaviour else np.ones(votes.voters)
    agreement = (
        solve_agreement(ordered, prior, circle)
        if by_deviation
        else one_round(ordered, prior, Strangers.of(ordered, circle))
    )
    fairness = agreement.fairness if by_deviation else np.ones(votes.voters)
    return TrustSolution(np.sqrt(reliability(prior, fairness)), prior, fairness, conduct, agreement, believe(ordered))
