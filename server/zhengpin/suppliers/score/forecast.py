"""What a component's posterior forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from scipy.special import betainc

from zhengpin.domain.supplier_score import ComponentName, Prior, Priors
from zhengpin.suppliers.score.posterior import posterior
from zhengpin.suppliers.score.standards import PLACE, QUARTER, STANDARDS, Standard
from zhengpin.suppliers.score.sums import Counts

LATE: Final = 0.15
"""The late share from which a quarter is a bad one."""
_DELIVERY: Final = PLACE[ComponentName.DELIVERY]


def late_chance(components: Sequence[Counts], priors: Priors) -> float:
    """How probable it is that of a supplier's orders in the coming quarter more than `LATE` go late, or not at all."""
    return chance_above(LATE, STANDARDS[_DELIVERY], priors[_DELIVERY], components[_DELIVERY])


def chance_above(limit: float, standard: Standard, prior: Prior, counts: Counts, coming: timedelta = QUARTER) -> float:
    """How probable it is that a component's bad share lies above a limit in the time to come, by default a quarter.

    Evidence counts as much as it will in the middle of that time: half-lives say how fast suppliers change. The share
    meant is the supplier's own rate. With the luck of so many orders as the quarter had (a Beta-binomial), the forecast
    was worse on real sellers, for orders of a quarter share good and bad days.
    """
    left = 2.0 ** (-(coming / 2) / standard.half_life)
    known = posterior(prior, (counts[0] * left, counts[1] * left))
    return float(betainc(known.good, known.bad, 1 - limit))
