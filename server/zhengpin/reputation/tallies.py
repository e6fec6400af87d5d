"""The votes on one target, added up: acquaintances agree easily, so n of them count √n.

The votes of one circle on one target, recommending with weights w⁺ and warning with w⁻, count together √Σw², and each
side its part of that:

    recommending  Σw⁺² / √(Σw⁺² + Σw⁻²)        warning  Σw⁻² / √(Σw⁺² + Σw⁻²)

Of n equal weights w that is w·√n, of a single one w. √n times the *mean* weight would let acquaintances whom nobody
trusts silence one who is trusted, and a recommending vote could lower the share; by squares neither is possible.
Squares of grown weights add up, so that two rows hold it all: one a circle and target, one a target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import sqrt
from typing import TypeAlias

from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import CircleTally, CurrentVote, VoteTally
from zhengpin.reputation.weights import ORDINARY, grown, shrunk

Circle: TypeAlias = tuple[Target, str]
"""A target and a circle that votes on it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the votes on a target are worth at one moment, in ordinary votes (`weights.ORDINARY`)."""

    recommend: float = 0.0
    warn: float = 0.0
    circles: int = 0

    @property
    def effective_votes(self) -> float:
        """As many ordinary votes by strangers."""
        return self.recommend + self.warn


def evidence_of(tally: VoteTally, now: datetime) -> Evidence:
    """What the votes of a tally are worth now."""
    return evidence(tally.recommend, tally.warn, tally.circles, now)


def evidence(recommend: float, warn: float, circles: int, now: datetime) -> Evidence:
    """What sums of grown weights are worth now."""
    return Evidence(shrunk(recommend, now) / ORDINARY, shrunk(warn, now) / ORDINARY, circles)


def counted_weight(vote: CurrentVote, circle: CircleTally, now: datetime) -> float:
    """What a vote counts now: less with every half-life, and the more of its circle vote on the same target."""
    norm = _norm(circle)
    if vote.why_not is not None or not norm:
        return 0.0
    kept = _grown(vote)
    return shrunk(kept, now) * min(1.0, kept / norm)


class RunningTallies:
    """Sums of votes that one vote after another is put into, or taken out of again."""

    def __init__(
        self, tallies: Mapping[Target, VoteTally] | None = None, circles: Mapping[Circle, CircleTally] | None = None
    ) -> None:
        """Begin with what is stored; what is not starts from nothing."""
        self.tallies = dict(tallies or {})
        self.circles = dict(circles or {})

    def put_in(self, vote: CurrentVote) -> None:
        """Count one more vote; one that is left out of the count only among the votes that were cast."""
        self._count(vote, 1)

    def take_out(self, vote: CurrentVote) -> None:
        """Count a vote no more that was put in just as it is."""
        self._count(vote, -1)

    def _count(self, vote: CurrentVote, votes: int) -> None:
        tally = _with_votes(self.tallies.get(vote.target, VoteTally()), vote, votes)
        if vote.why_not is None and _grown(vote) > 0:
            seat = vote.target, vote.circle
            before = self.circles.get(seat, CircleTally())
            after = _with_square(before, vote, votes)
            tally = _with_circle(tally, before, after)
            self.circles[seat] = after
        self.tallies[vote.target] = tally


def _grown(vote: CurrentVote) -> float:
    """The vote's weight as it is summed."""
    return grown(vote.strength * vote.trust, vote.cast_at)


def _with_votes(tally: VoteTally, vote: CurrentVote, votes: int) -> VoteTally:
    counted = votes if vote.why_not is None else 0
    reliability = counted * vote.trust**2
    backing = _settled(_counted(tally) + counted, tally.backing + reliability)
    if vote.recommends:
        return replace(
            tally,
            recommend_votes=tally.recommend_votes + votes,
            counted_recommend_votes=tally.counted_recommend_votes + counted,
            backing=backing,
            praise=_within(backing, tally.praise + reliability),
        )
    return replace(
        tally,
        warn_votes=tally.warn_votes + votes,
        counted_warn_votes=tally.counted_warn_votes + counted,
        backing=backing,
        praise=_within(backing, tally.praise - reliability),
    )


def _counted(tally: VoteTally) -> int:
    return tally.counted_recommend_votes + tally.counted_warn_votes


def _within(backing: float, praise: float) -> float:
    return min(backing, max(-backing, praise))


def _with_square(circle: CircleTally, vote: CurrentVote, votes: int) -> CircleTally:
    square = votes * _grown(vote) ** 2
    if vote.recommends:
        left = circle.recommends + votes
        return replace(circle, recommends=left, recommend_squares=_settled(left, circle.recommend_squares + square))
    left = circle.warns + votes
    return replace(circle, warns=left, warn_squares=_settled(left, circle.warn_squares + square))


def _with_circle(tally: VoteTally, before: CircleTally, after: CircleTally) -> VoteTally:
    circles = tally.circles + _speaks(after) - _speaks(before)
    recommend = tally.recommend + _part(after.recommend_squares, after) - _part(before.recommend_squares, before)
    warn = tally.warn + _part(after.warn_squares, after) - _part(before.warn_squares, before)
    return replace(tally, circles=circles, recommend=_settled(circles, recommend), warn=_settled(circles, warn))


def _settled(left: int, total: float) -> float:
    """A sum without what rounding leaves behind when votes are taken out again."""
    return max(0.0, total) if left > 0 else 0.0


def _speaks(circle: CircleTally) -> bool:
    return circle.recommends + circle.warns > 0


def _part(squares: float, circle: CircleTally) -> float:
    return squares / norm if (norm := _norm(circle)) else 0.0


def _norm(circle: CircleTally) -> float:
    return sqrt(circle.recommend_squares + circle.warn_squares)
