"""How long one more vote takes."""

from __future__ import annotations

import time
from statistics import median

from bench.trust_scale import made_up_votes
from zhengpin.reputation.behaviour import DAY
from zhengpin.reputation.trust import solve_trust
from zhengpin.reputation.voter_sums import sums_after

VOTES = 20_000
UPDATES = 5_000


def sums_p50_us(seed: int) -> float:
    """Give the median time, in µs, in which the trust of a voter follows one more vote, sums in and sums out."""
    votes = made_up_votes(VOTES, seed)
    solution = solve_trust(votes)
    at = float(votes.at.max()) + DAY
    voters = [solution.voter(number % votes.voters) for number in range(UPDATES)]
    targets = [solution.target(number % votes.targets) for number in range(UPDATES)]
    took = []
    for voter, target in zip(voters, targets, strict=True):
        start = time.perf_counter_ns()
        sums_after(voter, target, 1.0, at).trust_at(at)
        took.append(time.perf_counter_ns() - start)
    return median(took) / 1000
