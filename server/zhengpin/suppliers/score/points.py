"""From what is known of each component to points: the formula of the score.

A component's bad share is graded against its standard: grade = 0.7 ^ (bad share / tolerated share), 1 without a fault,
0.7 where the standard is just kept. Everybody begins with 200 points, and a component with g good and b bad ones moves
them by its weight times

    g / (g + 50) · max(0, 1000 · grade(pessimistic bound) - 200)
    - max(0, 200 - 1000 · grade(optimistic bound))

Rewards are on the pessimistic bound, of which only good ones can convince; penalties, which come in full, on the
optimistic one. Each bound is taken of the supplier's own record, and of that record with what is usual of its
category, and the more cautious of the two counts: others' good record earns nobody points, others' bad record costs
nobody any. For any history

- no evidence is 200 points;
- one more good event never lowers them: both factors of the reward rise with it, the penalty falls; likewise
  one more bad event never raises them;
- with growing evidence they tend to 1000 · Σ weight · grade, for the bounds meet and the factor becomes 1, unless a
  cap is below that;
- time alone brings each component's part towards 0, never away from it nor past it: the factor shrinks, and the more
  cautious bound moves away from the record's share. The sum of all follows, and only where one component is above and
  another one below may it go up or down on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import sqrt
from typing import Final

from zhengpin.domain.supplier_score import Band, Cap, CapCode, EvidenceSums, Priors, ScorePoints
from zhengpin.suppliers.score.grades import grade, grade_moments
from zhengpin.suppliers.score.posterior import Posterior, Z, lower_bound, posterior, upper_bound
from zhengpin.suppliers.score.standards import GOODS_AND_SERVICE, STANDARDS, Standard
from zhengpin.suppliers.score.sums import Counts, fade

NEWCOMER: Final = 200
MOST: Final = 1000
HALF_SURE: Final = 50.0
"""Good events by which half of a reward is earned."""
FAILING_AT_MOST: Final = 399
"""Points of whoever fails in what buyers get: never good."""
TOLD: Final = 0.5
"""Points that a penalty has to come to before it bars: less of it is told nobody."""
BANDS: Final = ((700, Band.PREFERRED), (400, Band.GOOD), (200, Band.NORMAL), (100, Band.AT_RISK), (0, Band.STOP))


def points_of(sums: EvidenceSums, priors: Priors, caps: Sequence[Cap], now: datetime) -> ScorePoints:
    """The score as it stands now, without its reasons."""
    return points_from(fade(sums, now), priors, caps)


def points_from(components: Iterable[Counts], priors: Priors, caps: Sequence[Cap] = ()) -> ScorePoints:
    """The score of faded counts.

    The interval is that of what the points would come to if everything were known: components are independent, so
    that means and variances of their grades add up, and the sum of eight is taken for normal. Points have to be earned,
    so a newcomer's may lie below it; the interval then begins with them. That few have bought bars the points alone.
    """
    moves, mean, variance = [], 0.0, 0.0
    for standard, prior, counts in zip(STANDARDS, priors, components, strict=True):
        known = posterior(prior, counts)
        moves.append(moved(standard, counts, known))
        of_grade, squared = grade_moments(standard, known)
        mean += standard.weight * of_grade
        variance += standard.weight**2 * max(0.0, squared - of_grade**2)
    limit = limit_with(caps, moves)
    points, margin = points_moved(sum(moves), limit), Z * sqrt(variance)
    low, high = _whole(MOST * (mean - margin)), min(_whole(MOST * (mean + margin)), limit_with(lasting(caps), moves))
    return ScorePoints(points, min(points, low), max(points, high), band_of(points))


def points_moved(by: float, limit: int = MOST) -> int:
    """The points of a newcomer whom all components together have moved by so many."""
    return min(_whole(NEWCOMER + by), limit)


def moved(standard: Standard, counts: Counts, known: Posterior) -> float:
    """By how many points a component moves the score away from a newcomer's; `known` is the posterior of its counts."""
    good, bad = counts
    if good + bad <= 0:
        return 0.0
    pessimistic = MOST * grade(standard, max(upper_bound(good, bad), known.high))
    if pessimistic > NEWCOMER:
        return standard.weight * good / (good + HALF_SURE) * (pessimistic - NEWCOMER)
    optimistic = MOST * grade(standard, min(lower_bound(good, bad), known.low))
    return -standard.weight * max(0.0, NEWCOMER - optimistic)


def band_of(points: int) -> Band:
    """The band in which points lie."""
    return next(band for least, band in BANDS if points >= least)


def limit_of(caps: Iterable[Cap]) -> int:
    """The points that nobody with these caps has more of."""
    return min((cap.points for cap in caps), default=MOST)


def lasting(caps: Iterable[Cap]) -> list[Cap]:
    """The caps that would bar as well if everything were known: many would have bought by then."""
    return [cap for cap in caps if cap.code is not CapCode.FEW_BUYERS]


def limit_with(caps: Iterable[Cap], moves: Sequence[float]) -> int:
    """The same, where components move the points by so many."""
    return min(limit_of(caps), FAILING_AT_MOST if failing(moves) else MOST)


def failing(moves: Sequence[float]) -> list[Standard]:
    """The standards of what buyers get that are surely not kept by far: those that take points, the most first."""
    told = sorted(zip(moves, STANDARDS, strict=True), key=lambda each: each[0])
    return [each for move, each in told if move < -TOLD and each.name in GOODS_AND_SERVICE]


def _whole(points: float) -> int:
    """Points as they are told; the last bits of sums that differ by rounding alone are left out first."""
    return min(max(round(round(points, 6)), 0), MOST)
