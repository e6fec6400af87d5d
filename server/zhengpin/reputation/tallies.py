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
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Final, TypeAlias

from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import CircleTally, CurrentVote, VoteTally
from zhengpin.reputation.weights import grown, shrunk, weight

Circle: TypeAlias = tuple[Target, str]
"""A target and a circle that votes on it."""

NOBODY: Final = CircleTally()
NO_VOTES: Final = VoteTally()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the votes on a target are worth at one moment."""

    recommend: float = 0.0
    warn: float = 0.0
    circles: int = 0

    @property
    def effective_votes(self) -> float:
        """As many votes of full weight by strangers."""
        return self.recommend + self.warn


def evidence_of(tally: VoteTally, now: datetime) -> Evidence:
    """What the votes of a tally are worth now."""
    return Evidence(shrunk(tally.recommend, now), shrunk(tally.warn, now), tally.circles)


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

    def speaks(self, target: Target, circle: str) -> bool:
        """Whether votes of a circle count on a target; only of circles that were given."""
        return _speaks(self.circles.get((target, circle), NOBODY))

    def _count(self, vote: CurrentVote, votes: int) -> None:
        before = after = NOBODY
        if vote.why_not is None and (square := _grown(vote) ** 2) > 0:
            seat = vote.target, vote.circle
            before = self.circles.get(seat, NOBODY)
            after = self.circles[seat] = _circle_with(before, votes, square, recommends=vote.recommends)
        self.tallies[vote.target] = _tally_with(self.tallies.get(vote.target, NO_VOTES), vote, votes, before, after)


def _grown(vote: CurrentVote) -> float:
    """The vote's weight as it is summed."""
    return grown(weight(vote.strength, vote.trust, vote.at_most), vote.cast_at)


def _circle_with(circle: CircleTally, votes: int, square: float, *, recommends: bool) -> CircleTally:
    """A circle with so many more votes whose weights have this square."""
    if recommends:
        left = circle.recommends + votes
        squares = _settled(left, circle.recommend_squares + votes * square)
        return CircleTally(left, circle.warns, squares, circle.warn_squares)
    left = circle.warns + votes
    squares = _settled(left, circle.warn_squares + votes * square)
    return CircleTally(circle.recommends, left, circle.recommend_squares, squares)


def _tally_with(tally: VoteTally, vote: CurrentVote, votes: int, before: CircleTally, after: CircleTally) -> VoteTally:
    """A tally with so many more votes like this one, by which its circle went from before to after."""
    for_it, against = (votes, 0) if vote.recommends else (0, votes)
    counts = vote.why_not is None
    counted = tally.counted_recommend_votes + counts * for_it, tally.counted_warn_votes + counts * against
    circles = tally.circles + _speaks(after) - _speaks(before)
    reliability = counts * vote.trust**2
    backing = _settled(sum(counted), tally.backing + votes * reliability)
    return VoteTally(
        tally.recommend_votes + for_it,
        tally.warn_votes + against,
        *counted,
        recommend=_settled(circles, tally.recommend + _recommending(after) - _recommending(before)),
        warn=_settled(circles, tally.warn + _warning(after) - _warning(before)),
        circles=circles,
        backing=backing,
        praise=min(backing, max(-backing, tally.praise + (for_it - against) * reliability)),
    )


def _settled(left: int, total: float) -> float:
    """A sum without what rounding leaves behind when votes are taken out again."""
    return max(0.0, total) if left > 0 else 0.0


def _speaks(circle: CircleTally) -> bool:
    return circle.recommends + circle.warns > 0


def _recommending(circle: CircleTally) -> float:
    return circle.recommend_squares / norm if (norm := _norm(circle)) else 0.0


def _warning(circle: CircleTally) -> float:
    return circle.warn_squares / norm if (norm := _norm(circle)) else 0.0


def _norm(circle: CircleTally) -> float:
    return sqrt(circle.recommend_squares + circle.warn_squares)
