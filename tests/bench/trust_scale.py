"""How long a full solve takes, and in how much memory, on generated votes."""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from zhengpin.reputation.acquaintances import with_acquaintances
from zhengpin.reputation.behaviour import DAY, Floats
from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.trust import solve_trust
from zhengpin.reputation.vote_columns import VoteColumns

VOTES_A_VOTER = 10
VOTES_A_TARGET = 25
YEARS = 3
HONEST = 0.9
"""Of voters; the others say the opposite of what a target deserves."""
RIGHT = 0.85
"""Of an honest voter's votes."""


@dataclass(frozen=True, slots=True)
class Solve:
    """One full solve, with the search for acquaintances."""

    votes: int
    voters: int
    targets: int
    seconds: float
    """Of the processor, on one core."""
    gib: float
    """The most that the process ever held, the votes and the interpreter included."""
    rounds: int

    @property
    def votes_per_second(self) -> float:
        """How fast it was."""
        return self.votes / self.seconds


def solve_in_a_process_of_its_own(votes: int, seed: int) -> Solve:
    """Solve this many votes where nothing else has taken memory before."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_solve, votes, seed).result()


def _solve(size: int, seed: int) -> Solve:
    votes = made_up_votes(size, seed)
    start = time.process_time()
    solution = solve_trust(votes, None, circles(votes))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return Solve(len(votes), votes.voters, votes.targets, seconds, peak, solution.rounds)


def circles(votes: VoteColumns) -> Circles:
    """Who is acquainted, where nobody is known to have bought anything, or by whom anybody was invited."""
    return with_acquaintances(votes, np.zeros(len(votes), np.bool_), np.arange(votes.voters))


def made_up_votes(size: int, seed: int) -> VoteColumns:
    """Votes of which a few voters cast and a few targets get the most, in random order, no voter twice on a target."""
    dice = np.random.default_rng(seed)
    voters, targets = size // VOTES_A_VOTER, size // VOTES_A_TARGET
    drawn = int(size * 1.2)
    pairs = _popular(dice, voters, drawn) * targets + _popular(dice, targets, drawn)
    chosen = dice.permutation(np.unique(pairs))[:size]
    voter, target = chosen // targets, chosen % targets
    deserved = np.where(dice.random(targets) < 0.7, 1.0, -1.0)
    says_so = (dice.random(voters) < HONEST)[voter] == (dice.random(len(chosen)) < RIGHT)
    joined, stays = dice.random(voters) * YEARS * 365, dice.exponential(200, voters)
    day = joined[voter] + dice.random(len(chosen)) * stays[voter]
    return VoteColumns(
        voter.astype(np.int32),
        target.astype(np.int32),
        np.where(says_so, deserved[target], -deserved[target]),
        day * DAY,
        voters,
        targets,
    )


def _popular(dice: np.random.Generator, things: int, drawn: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Draw things, of which a tenth gets about half."""
    share: Floats = dice.lognormal(0.0, 1.3, things)
    return np.searchsorted(np.cumsum(share) / share.sum(), dice.random(drawn)).clip(max=things - 1).astype(np.int64)
