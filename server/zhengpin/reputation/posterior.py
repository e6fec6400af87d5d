"""The share of owners that would recommend a target: a Beta posterior whose prior comes from the target's parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from scipy.special import betaincinv, expit, logit

from zhengpin.domain.standing import Parent
from zhengpin.domain.vote import TargetKind
from zhengpin.reputation.tallies import Evidence

PRIOR_VOTES: Final = 10.0
"""How many effective votes the prior is worth (domain.md §3.10)."""
PRIOR_TARGETS: Final = 10.0
"""As how many targets a category leans on what is usual of its kind."""
TAIL: Final = 0.05
"""Outside the 90 % interval, on each side."""
SURE: Final = 1e-6
"""No share is surer than by this."""
EVEN: Final = 0.5
"""The share that is usual where nobody has voted yet."""

Group: TypeAlias = tuple[TargetKind, str]
"""A kind of targets, and a category; the empty one is all of them together."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """A share from 0 to 1, with its 90 % credible interval."""

    share: float
    low: float
    high: float


def posterior(prior: float, evidence: Evidence) -> Posterior:
    """Beta(10·prior + recommending, 10·(1 − prior) + warning); `prior` lies within 0 and 1.

    The interval lies between its 5 % and 95 % quantiles, which the inverse of the incomplete beta function gives.
    """
    good = PRIOR_VOTES * prior + evidence.recommend
    bad = PRIOR_VOTES * (1 - prior) + evidence.warn
    share = good / (good + bad)
    if good <= 0 or bad <= 0:  # a prior of exactly 0 or 1, and nothing against it
        return Posterior(share, share, share)
    return Posterior(share, float(betaincinv(good, bad, TAIL)), float(betaincinv(good, bad, 1 - TAIL)))


def prior_share(parents: Sequence[Parent], usual: float) -> float:
    """Where a target without votes stands: as far from the `usual` share of its kind and category as its parents are.

    Distances are of log-odds, so that no share passes 0 or 1. Those of several parents are averaged, each by certainty
    × (votes + 1) / (votes + 10): a brand of five hundred votes says ten times as much as an origin without any, and a
    single vote on the origin changes next to nothing. A parent that is not certain is taken to stand nearer to what is
    usual.
    """
    say = [each.certainty * (each.effective_votes + 1) / (each.effective_votes + PRIOR_VOTES) for each in parents]
    total = sum(say)
    if total <= 0:
        return usual
    distances = (each.certainty * (_log_odds(each.share) - _log_odds(each.usual)) for each in parents)
    distance = sum(weight * each for weight, each in zip(say, distances, strict=True)) / total
    return float(expit(_log_odds(usual) + distance))


def _log_odds(share: float) -> float:
    return float(logit(min(1 - SURE, max(SURE, share))))


def usual_shares(targets: Iterable[tuple[Group, Evidence]]) -> dict[Group, float]:
    """The mean share of each kind of targets (under the empty category), and of its categories.

    A target of n effective votes counts n / (n + 10), so that none outvotes the others. A kind leans on one half as on
    one more target, and a category on its kind as on ten.
    """
    recommended, counted = defaultdict[Group, float](float), defaultdict[Group, float](float)
    for (kind, category), evidence in targets:
        for group in {(kind, category), (kind, "")}:
            recommended[group] += evidence.recommend / (evidence.effective_votes + PRIOR_VOTES)
            counted[group] += evidence.effective_votes / (evidence.effective_votes + PRIOR_VOTES)

    def share(group: Group, towards: float, leaning: float) -> float:
        return (leaning * towards + recommended[group]) / (leaning + counted[group])

    of_kinds = {kind: share((kind, ""), EVEN, 1.0) for kind, _ in counted}
    return {
        group: share(group, of_kinds[group[0]], PRIOR_TARGETS) if group[1] else of_kinds[group[0]] for group in counted
    }
