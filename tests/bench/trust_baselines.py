"""Plain ways to tell whom to trust and what is good, to compare the product's with. A higher score is more trust."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from zhengpin.reputation.behaviour import DAY, Floats
from zhengpin.reputation.vote_columns import VoteColumns

ROUNDS = 100
SETTLED = 1e-6


def votes_given(votes: VoteColumns) -> Floats:
    """How many votes each voter gave."""
    return votes.by_voter(np.ones(len(votes)))


def days_active(votes: VoteColumns) -> Floats:
    """On how many days (UTC) each voter voted."""
    seen = np.unique(np.column_stack([votes.voter, votes.at // DAY]), axis=0)
    return np.bincount(seen[:, 0].astype(np.intp), minlength=votes.voters).astype(np.float64)


def tenure(votes: VoteColumns) -> Floats:
    """Days from each voter's first vote to the last one of all."""
    first = np.full(votes.voters, votes.at.max())
    np.minimum.at(first, votes.voter, votes.at)
    days: Floats = (votes.at.max() - first) / DAY
    return days


def span(votes: VoteColumns) -> Floats:
    """Days from each voter's first vote to its last."""
    first, last = np.full(votes.voters, np.inf), np.full(votes.voters, -np.inf)
    np.minimum.at(first, votes.voter, votes.at)
    np.maximum.at(last, votes.voter, votes.at)
    return np.where(np.isfinite(first), last - first, 0.0) / DAY


def nearness(votes: VoteColumns) -> Floats:
    """Minus the mean distance between a vote and the mean of the others' on its target; 0 where there are no others."""
    others = votes.by_target(np.ones(len(votes)))[votes.target] - 1
    rest = votes.by_target(votes.opinion)[votes.target] - votes.opinion
    compared = others > 0
    distance = np.abs(votes.opinion - rest / np.maximum(others, 1))
    return -votes.by_voter(distance * compared) / np.maximum(votes.by_voter(compared.astype(np.float64)), 1)


def fairness_and_goodness(votes: VoteColumns) -> tuple[Floats, Floats]:
    """Fairness of voters and goodness of targets (Kumar, Spezzano, Subrahmanian and Faloutsos, ICDM 2016)."""
    given, received = _at_least_one(votes_given(votes)), _at_least_one(votes.by_target(np.ones(len(votes))))
    fairness, goodness = np.ones(votes.voters), np.zeros(votes.targets)
    for _ in range(ROUNDS):
        goodness = votes.by_target(fairness[votes.voter] * votes.opinion) / received
        before = fairness
        fairness = 1 - votes.by_voter(np.abs(votes.opinion - goodness[votes.target]) / 2) / given
        if np.abs(fairness - before).max() <= SETTLED:
            break
    return fairness, goodness


def rev2(votes: VoteColumns, prior: Floats | None = None) -> Floats:
    """Fairness of voters by REV2 (Kumar et al., WSDM 2018), its equations as published.

    Without a prior the network alone speaks (α = β = 0, γ₁ = γ₂ = 1); a behaviour prior of voters comes in as α₂ = 1
    and, for each of their votes, γ₃ = 1.
    """
    given, received = votes_given(votes), _at_least_one(votes.by_target(np.ones(len(votes))))
    of_voter, counted = (np.ones(votes.voters), 0) if prior is None else (prior, 1)
    fairness, reliability = of_voter, of_voter[votes.voter]
    for _ in range(ROUNDS):
        goodness = votes.by_target(reliability * votes.opinion) / received
        agreement = 1 - np.abs(votes.opinion - goodness[votes.target]) / 2
        reliability = (fairness[votes.voter] + agreement + counted * of_voter[votes.voter]) / (2 + counted)
        before = fairness
        fairness = (counted * of_voter + votes.by_voter(reliability)) / _at_least_one(counted + given)
        if np.abs(fairness - before).max() <= SETTLED:
            break
    return fairness


def added_ranks(*scores: Floats) -> Floats:
    """The sum of ranks by several scores."""
    total: Floats = np.sum([rankdata(score) for score in scores], axis=0)
    return total


def mean_received(votes: VoteColumns, weight: Floats, *, shrunk: float = 0.0) -> Floats:
    """The mean opinion of each target, voters weighed, with votes of no opinion added; 0 where there are none."""
    total = shrunk + votes.by_target(weight[votes.voter])
    summed = votes.by_target(weight[votes.voter] * votes.opinion)
    return np.divide(summed, total, out=np.zeros(votes.targets), where=total > 0)


def signs_only(votes: VoteColumns) -> VoteColumns:
    """The same votes without their grades."""
    return VoteColumns(votes.voter, votes.target, np.sign(votes.opinion), votes.at, votes.voters, votes.targets)


def _at_least_one(counts: NDArray[np.float64]) -> Floats:
    return np.maximum(counts, 1.0)
