"""What counts how much: the components of a score, their standards, and what one event of each measure is worth.

Authenticity weighs most, as the worst harm; votes little, as they are the easiest to sway. Of the tolerated shares,
authenticity's and quality's are eBay's bars for cases that the seller did not settle (0.3 %) and for defects (2 %),
delivery's is Amazon's for late shipments (4 %), service's is the promise to settle nine matters of ten; the others are
proposals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from zhengpin.domain.supplier_score import ComponentName, Measure, Prior, Priors

QUARTER: Final = timedelta(days=90)
YEAR: Final = timedelta(days=365)
"""For what seldom happens: of tests, notices and audits a quarter holds too few."""


@dataclass(frozen=True, slots=True)
class Standard:
    """How one component is judged."""

    name: ComponentName
    weight: float
    tolerated: float
    """The bad share with which a supplier just deserves to be preferred."""
    half_life: timedelta
    """After which an event counts half. One for all measures of a component, so that time alone moves no share."""


STANDARDS: Final = (
    Standard(ComponentName.AUTHENTICITY, 0.30, 0.003, YEAR),
    Standard(ComponentName.QUALITY, 0.20, 0.02, QUARTER),
    Standard(ComponentName.DELIVERY, 0.15, 0.04, QUARTER),
    Standard(ComponentName.SERVICE, 0.10, 0.10, QUARTER),
    Standard(ComponentName.PRICE_HONESTY, 0.08, 0.02, QUARTER),
    Standard(ComponentName.VOTES, 0.07, 0.20, QUARTER),
    Standard(ComponentName.COMPLIANCE, 0.06, 0.20, YEAR),
    Standard(ComponentName.COVER, 0.04, 0.20, YEAR),
)
"""In the order of `ComponentName`."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Which component a measure belongs to, and what one good and one bad event count there, in orders."""

    component: ComponentName
    good: float
    bad: float


GOODS_AND_SERVICE: Final = frozenset(
    {
        ComponentName.AUTHENTICITY,
        ComponentName.QUALITY,
        ComponentName.DELIVERY,
        ComponentName.SERVICE,
        ComponentName.PRICE_HONESTY,
    }
)
"""What every buyer gets: who fails in any of these is not good, whatever the rest is."""

WORTHS: Final = {
    Measure.ORDERS_CALLED_FAKE: Worth(ComponentName.AUTHENTICITY, 1.0, 0.1),
    Measure.INFRINGEMENTS: Worth(ComponentName.AUTHENTICITY, 0.0, 0.5),
    Measure.AUTHENTICITY_TESTS: Worth(ComponentName.AUTHENTICITY, 1.0, 1.0),
    Measure.ORDERS_WITH_DEFECTS: Worth(ComponentName.QUALITY, 1.0, 1.0),
    Measure.UNITS_INSPECTED: Worth(ComponentName.QUALITY, 1.0, 1.0),
    Measure.HANDOVERS: Worth(ComponentName.DELIVERY, 1.0, 1.0),
    Measure.ORDERS_UNFULFILLED: Worth(ComponentName.DELIVERY, 0.0, 1.0),
    Measure.ARRIVALS: Worth(ComponentName.DELIVERY, 0.5, 0.5),  # half of it is the carrier's doing
    Measure.ANSWERS: Worth(ComponentName.SERVICE, 1.0, 1.0),
    Measure.RESOLUTIONS: Worth(ComponentName.SERVICE, 1.0, 1.0),
    Measure.PRICE_CLAIMS: Worth(ComponentName.PRICE_HONESTY, 1.0, 10.0),  # a listing's, and not one order's
    Measure.VOTES: Worth(ComponentName.VOTES, 1.0, 1.0),
    Measure.CHECKS: Worth(ComponentName.COMPLIANCE, 5.0, 5.0),
    Measure.AUDITS: Worth(ComponentName.COMPLIANCE, 50.0, 50.0),
    Measure.DEPOSIT_COVER: Worth(ComponentName.COVER, 200.0, 200.0),  # money in the bank is no sample
}

PLACE: Final = {standard.name: place for place, standard in enumerate(STANDARDS)}
"""Where a component stands wherever all have one value each."""

UNFITTED: Final[Priors] = tuple(Prior(standard.tolerated, 10.0) for standard in STANDARDS)
"""What to expect where nobody is known yet: that standards are just kept."""
