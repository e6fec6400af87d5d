"""What is known of a share of bad events: a Beta posterior and its 90 % bounds."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.supplier_score import Prior
from zhengpin.suppliers.score.sums import Counts

Z: Final = 1.6448536269514722
"""The normal quantile that leaves 5 % on one side."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Posterior:
    """Beta(bad, good) of the bad share: prior and evidence together, as counts."""

    good: float
    bad: float

    @property
    def bad_share(self) -> float:
        """What is to be expected."""
        return self.bad / (self.good + self.bad)

    @property
    def low(self) -> float:
        """The optimistic bound of the bad share."""
        return lower_bound(self.good, self.bad)

    @property
    def high(self) -> float:
        """The pessimistic bound of the bad share."""
        return upper_bound(self.good, self.bad)


def posterior(prior: Prior, counts: Counts) -> Posterior:
    """Add a supplier's own counts to what is usual."""
    good, bad = counts
    return Posterior((1 - prior.bad_share) * prior.strength + good, prior.bad_share * prior.strength + bad)


def upper_bound(good: float, bad: float) -> float:
    """Wilson's score bound (1927) of the bad share, one-sided 95 %; 1 of nothing.

    Of all bounds in use it is the one of which this can be proven: one more good event never raises it, one more bad
    event never lowers it, and with growing counts of the same share it falls towards that share, never rising. It also
    takes microseconds, where a quantile of the Beta distribution takes a search. Between both bounds lie 84 % (where
    next to nothing is bad) to 93 % of a Beta posterior.
    """
    return (bad + _margin(good, bad)) / (good + bad + Z * Z)


def lower_bound(good: float, bad: float) -> float:
    """The same of the other side, which mirrors it; 0 of nothing."""
    count = good + bad
    if count <= 0:
        return 0.0
    return bad * bad / (count * (bad + _margin(good, bad)))  # the quadratic equation's other root: no digits cancel


def _margin(good: float, bad: float) -> float:
    count = good + bad
    within = good * bad / count if count > 0 else 0.0
    return Z * Z / 2 + Z * sqrt(within + Z * Z / 4)
