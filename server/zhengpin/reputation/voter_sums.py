"""One more vote, between two solves: a voter's trust follows at once, from sums that are kept of it and of the target.

While others' trust stays as it is, what comes out is what a solve would find. What the vote does to others' trust waits
for the next solve.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from zhengpin.reputation.behaviour import Conduct, conduct_after
from zhengpin.reputation.fairness import agreement, fairness, proof, reliability


@dataclass(frozen=True, slots=True)
class TargetSums:
    """Who backs a target, as far as each was trusted when it was added."""

    backing: float = 0.0
    """Sum of the squared trust in its voters: of their reliability."""
    praise: float = 0.0
    """Sum of squared trust × opinion."""

    def plus(self, trusted: float, opinion: float) -> TargetSums:
        """With the vote of a voter who is trusted so far."""
        return TargetSums(self.backing + trusted**2, self.praise + trusted**2 * opinion)


@dataclass(frozen=True, slots=True)
class VoterSums:
    """What is kept of a voter."""

    conduct: Conduct[float]
    proven: float = 0.0
    """Sum over its votes of how much the others on the target could prove."""
    agreed: float = 0.0
    """The part of it that agreed."""

    def trust_at(self, now: float) -> float:
        """From 0 to 1, at a time in seconds since 1970 that is not before its last vote."""
        return sqrt(reliability(self.conduct.prior(now), fairness(self.proven, self.agreed)))


def newcomer(now: float) -> VoterSums:
    """Somebody who has not voted yet."""
    return VoterSums(Conduct(0.0, now, now, 0.0, 0.0, 0.0))


def sums_after(voter: VoterSums, others: TargetSums, opinion: float, at: float) -> VoterSums:
    """Give a voter's sums after one more vote, of this opinion (-1 to 1) at this time (seconds since 1970).

    `others` are the target's sums without the voter's own vote. A vote that arrives late counts as cast with the last
    one. A change of mind is no further vote and waits for the next solve: what was proven by then is kept in sums over
    all targets, and to take it back by what others say today would let whoever turns often gain by every turn.
    """
    agreed = voter.agreed + agreement(opinion, others.backing, others.praise)
    return VoterSums(conduct_after(voter.conduct, at), voter.proven + proof(others.backing), agreed)
