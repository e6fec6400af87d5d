"""What would a genuine one cost? A robust location of log prices, and an interval that covers nine sellers in ten.

Fakes are cheap, resellers are dear and genuine. So the two sides are treated apart: below the centre a stranger's price
counts the less the farther it lies, and from four spreads on not at all (Tukey's biweight, Beaton & Tukey 1974); above
it every price counts, for a median doesn't ask how far. Where two sellers or more are authorised, the search begins at
their prices, so that fakes that outnumber them move nothing; they always count in full.

Where sellers are few, what is known of brand or category stands in: the centre is weighted with it by precision,
and the spread is that of `PRIOR_QUOTES` more prices (a normal model with conjugate priors; Gelman et al., Bayesian Data
Analysis, ch. 2-3). The interval is the predictive one of the next seller, with Student's quantile.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from zhengpin.detectors.statistics import MAD_FLOOR
from zhengpin.domain.genuine_price import Basis, GenuinePrice
from zhengpin.domain.quick_init import quickly_made

Floats: TypeAlias = NDArray[np.float64]

ORDINARY_SPREAD = 0.15
"""Of log prices of one article, where no market tells."""
PRIOR_QUOTES = 4.0
"""For so many prices the usual spread stands in."""
REJECTED_AT = 4.0
"""Spreads below the centre from which on a stranger's price says nothing of genuine ones."""
CLIPPED_AT = 3.0
"""Spreads above the centre beyond which a price widens the interval no more."""
AUTHORISED_TO_BEGIN_WITH = 2
SELLERS_THAT_WEIGH = 9
"""In a market of so many sellers or fewer each finds a forecast without itself."""
INTERVAL = 0.90
"""The share of genuine sellers between `low` and `high`."""
_MEDIAN_ERROR = math.sqrt(math.pi / 2)
"""A median's standard error over a mean's, of normal values."""
_MAD_TO_SIGMA = 1.4826
_ROUNDS = 10


@quickly_made
@dataclass(frozen=True, slots=True)
class PriceQuote:
    """The latest price of one seller."""

    seller: str
    log_price: float
    authorised: bool
    weight: float = 1.0
    """Less than one for a price of long ago."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of an article's log price before its own prices are looked at."""

    spread: float = ORDINARY_SPREAD
    """The standard deviation between sellers of one article."""
    centre: float | None = None
    """`None` if nothing is known."""
    error: float = math.inf
    """The standard deviation of the article's own centre around `centre`."""
    basis: Basis = Basis.CATEGORY
    products: int = 0
    """How many products told it."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where log prices lie."""

    centre: float
    error: float
    """The centre's standard error."""
    below: float
    above: float
    """Standard deviations of the sellers below and above the centre."""
    freedom: float
    """Degrees of freedom of the spread."""


def genuine_price(quotes: Sequence[PriceQuote], prior: Prior) -> GenuinePrice | None:
    """Tell what a genuine seller would ask; `None` without any price, of the product or of its kind."""
    if quotes:
        return price_at(locate(quotes, prior), Basis.PRODUCT, len(quotes))
    known = located_by(prior)
    return price_at(known, prior.basis, prior.products) if known else None


def located_by(prior: Prior) -> Located | None:
    """Find where prices lie that nobody has seen; `None` if nothing is known of their like."""
    if prior.centre is None:
        return None
    return Located(prior.centre, prior.error, prior.spread, prior.spread, PRIOR_QUOTES)


def price_at(found: Located, basis: Basis, observations: int) -> GenuinePrice:
    """Give the predictive interval of one more seller, as prices."""
    quantile = float(stdtrit(found.freedom, (1 + INTERVAL) / 2))
    low = found.centre - quantile * math.hypot(found.below, found.error)
    high = found.centre + quantile * math.hypot(found.above, found.error)
    return GenuinePrice(math.exp(found.centre), math.exp(low), math.exp(high), basis, observations)


def locate(quotes: Sequence[PriceQuote], prior: Prior) -> Located:
    """Find the centre of at least one price, and how far sellers lie from it on either side."""
    logs = np.array([each.log_price for each in quotes])
    recency = np.array([each.weight for each in quotes])
    authorised = np.array([each.authorised for each in quotes])
    centre, spread = _beginning(logs, recency, authorised, prior.spread)
    weights = recency
    for _ in range(_ROUNDS):
        weights = recency * np.where(authorised, 1.0, _belief(logs, centre, spread))
        before, centre = centre, weighted_median(logs, weights)
        spread = _pooled(np.minimum(logs - centre, CLIPPED_AT * spread), weights, prior.spread)
        if abs(centre - before) < 1e-9:  # noqa: PLR2004  as good as the same
            break
    return _with_prior(logs - centre, weights, centre, spread, prior)


def _beginning(
    logs: Floats, recency: Floats, authorised: NDArray[np.bool_], usual_spread: float
) -> tuple[float, float]:
    """Begin at the authorised sellers' median if they are at least two, else at everybody's; give centre and spread."""
    known = authorised if authorised.sum() >= AUTHORISED_TO_BEGIN_WITH else np.ones(len(logs), dtype=bool)
    centre = weighted_median(logs[known], recency[known])
    deviation = max(_MAD_TO_SIGMA * weighted_median(np.abs(logs[known] - centre), recency[known]), MAD_FLOOR)
    count = float(recency[known].sum())
    pooled = (PRIOR_QUOTES * usual_spread**2 + count * deviation**2) / (PRIOR_QUOTES + count)
    return centre, math.sqrt(pooled)


def _belief(logs: Floats, centre: float, spread: float) -> Floats:
    """Tell how far each price counts as a genuine one: Tukey's biweight below the centre, in full above it."""
    below = np.clip((centre - logs) / (REJECTED_AT * spread), 0.0, 1.0)
    believed: Floats = (1 - below**2) ** 2
    return believed


def _pooled(deviations: Floats, weights: Floats, usual_spread: float) -> float:
    """Give a standard deviation in which the usual one counts for `PRIOR_QUOTES` prices."""
    squares = PRIOR_QUOTES * usual_spread**2 + float(weights @ deviations**2)
    return max(math.sqrt(squares / (PRIOR_QUOTES + float(weights.sum()))), MAD_FLOOR)


def _with_prior(residuals: Floats, weights: Floats, centre: float, spread: float, prior: Prior) -> Located:
    """Weight the centre with the prior's by precision, and measure both sides around the prices' own."""
    count = float(weights.sum())
    error = _MEDIAN_ERROR * spread / math.sqrt(count)
    # Half of the weight lies on either side: its squares stand for the other half too.
    below = _pooled(math.sqrt(2) * np.minimum(residuals, 0.0), weights, prior.spread)
    above = _pooled(math.sqrt(2) * np.clip(residuals, 0.0, CLIPPED_AT * spread), weights, prior.spread)
    if prior.centre is not None:
        precision, before = error**-2, prior.error**-2
        centre = (precision * centre + before * prior.centre) / (precision + before)
        error = (precision + before) ** -0.5
    return Located(centre, error, below, above, PRIOR_QUOTES + count)


def weighted_median(values: Floats, weights: Floats) -> float:
    """Give the value with half of the weight on either side, the middle of two if the half falls between them."""
    order = np.argsort(values, kind="stable")
    ordered, heaped = values[order], np.cumsum(weights[order])
    half = heaped[-1] / 2
    first = int(np.searchsorted(heaped, half * (1 - 1e-12)))
    last = int(np.searchsorted(heaped, half * (1 + 1e-12)))
    return float(ordered[first] + ordered[min(last, len(ordered) - 1)]) / 2
