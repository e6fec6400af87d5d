"""How far a voter's votes agree with those of others on the same targets, each counted by how far it is trusted itself.

The form is REV2's (Kumar, Hooi, Makhija, Kumar, Faloutsos and Subrahmanian, WSDM 2018): fairness F of a voter, goodness
G of a target and reliability R of a vote explain one another and are found in turns:

    R(u)   = B(u) F(u)²                                                   B the behaviour prior (`behaviour.py`)
    G₋ᵤ(p) = Σ R(v) s(v, p) / Σ R(v)                                      over the voters v of p who are strangers to u
    c(u,p) = Σ R(v) / (1 + Σ R(v))                                        how much these can prove
    F(u)   = (½ + Σ c(u,p) (1 - |s(u,p) - G₋ᵤ(p)| / 2)) / (1 + Σ c(u,p))

What differs from REV2, and why:

- REV2's R is the mean of prior, fairness and the vote's own agreement, so that a veteran who contradicts everybody is
  worth as much as an honest newcomer. A vote counts only if all three are there, so here it is their product; F is also
  what to expect of the agreement, which makes R one number a voter. Its square root √B F is what others are told as
  *trust* and what votes are weighed by: as an expectation of the next vote F enters once, and a newcomer counts ⅛.
- REV2 lets a vote agree with itself. Here only strangers count, neither the voter nor its circle of acquaintances
  (`acquaintances.py`), and where none of them has voted nothing is learned.
- REV2 divides by the number of votes. Here they are weighed, so that whom nobody trusts yet says next to nothing.
- REV2's votes of a cold start number 0 to 2, as a search finds best. Here it is Jeffreys' prior of a share: half a vote
  that agreed and half of one that did not.

Every round costs a few passes over the votes, and some ten rounds are enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from zhengpin.reputation.behaviour import Amount, Floats
from zhengpin.reputation.strangers import Circles, Strangers
from zhengpin.reputation.vote_columns import VoteColumns

SETTLED: Final = 1e-4
"""Rounds end when no voter's fairness moves by more."""
MOST_ROUNDS: Final = 50


@dataclass(frozen=True, slots=True)
class Agreement:
    """Sums of a solve: of voters, by how far each agrees with others, and of targets, who backs them."""

    proven: Floats
    """Σ c of each voter."""
    agreed: Floats
    """Σ c × agreement of each voter."""
    backing: Floats
    """Σ R of each target."""
    praise: Floats
    """Σ R × opinion of each target."""
    rounds: int

    @property
    def fairness(self) -> Floats:
        """F of each voter; ½ where nothing is known."""
        return fairness(self.proven, self.agreed)


def fairness(proven: Amount, agreed: Amount) -> Amount:
    """F of one voter or of many, from 0 to 1."""
    return (0.5 + agreed) / (1 + proven)


def reliability(prior: Amount, fairness: Amount) -> Amount:
    """R of one voter or of many, from 0 to 1: behaviour, fairness, and the agreement to expect of a vote."""
    return prior * fairness**2


def proof(backing: Amount) -> Amount:
    """How much votes of this weight can prove of another one, from 0 to 1."""
    return backing / (1 + backing)


def agreement(opinion: Amount, backing: Amount, praise: Amount) -> Amount:
    """How far an opinion agrees with others of these sums: c (1 - |s - praise / backing| / 2), from 0 to c."""
    return (backing - abs(opinion * backing - praise) / 2) / (1 + backing)


def solve_agreement(votes: VoteColumns, prior: Floats, circle: Circles | None = None) -> Agreement:
    """Find fairness for all voters, who start at 1, given their behaviour priors and, by number, their circles."""
    fair = np.ones(votes.voters)
    strangers = Strangers.of(votes, circle)
    for rounds in range(1, MOST_ROUNDS + 1):
        found = replace(one_round(votes, reliability(prior, fair), strangers), rounds=rounds)
        change = np.abs(found.fairness - fair).max(initial=0.0)
        fair = found.fairness
        if change <= SETTLED:
            break
    return found


def one_round(votes: VoteColumns, reliable: Floats, strangers: Strangers) -> Agreement:
    """Sum up the targets as the voters are reliable, and then the voters as they agree with the strangers there."""
    weight = reliable[votes.voter]
    said = weight * votes.opinion
    backing, praise = votes.by_target(weight), votes.by_target(said)
    others = np.maximum(strangers.sums(votes, weight, backing), 0.0)
    agreed = agreement(votes.opinion, others, strangers.sums(votes, said, praise))
    return Agreement(
        proven=votes.by_voter(proof(others)),
        agreed=votes.by_voter(agreed),
        backing=backing,
        praise=praise,
        rounds=1,
    )
