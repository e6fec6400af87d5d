"""What products of one brand or category tell of one without prices: where it may lie, and how sellers differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhengpin.detectors.genuine_price import ORDINARY_SPREAD, Located, Prior
from zhengpin.domain.genuine_price import Basis

PRODUCTS_FOR_A_GROUP = 5
SELLERS_FOR_A_SPREAD = 4
"""Fewer sellers of one product say little of how far they differ."""
_MAD_TO_SIGMA = 1.4826
_LEAST_DISTANCE = 0.1
"""Between products of one group, as a standard deviation of log prices: alike as they are, they are different goods."""


@dataclass(frozen=True, slots=True)
class Member:
    """One product of a group."""

    centre: float
    """Its log price."""
    spread: float
    """The standard deviation of its sellers' log prices."""
    sellers: int


def member_of(found: Located, sellers: int) -> Member:
    """Give what a product's own prices tell its group."""
    return Member(found.centre, math.sqrt((found.below**2 + found.above**2) / 2), sellers)


def group_prior(members: Sequence[Member], basis: Basis, wider: Prior) -> Prior:
    """Learn from a group what to expect of another product in it, leaning on the wider group it is part of.

    With fewer than five products the wider group's stands, but for the spread between sellers.
    """
    spread = usual_spread(members, wider.spread)
    if len(members) < PRODUCTS_FOR_A_GROUP:
        return Prior(spread, wider.centre, wider.error, wider.basis, wider.products)
    centres = np.array([each.centre for each in members])
    centre = float(np.median(centres))
    between = max(_MAD_TO_SIGMA * float(np.median(np.abs(centres - centre))), _LEAST_DISTANCE)
    error = math.hypot(between, between * math.sqrt(math.pi / 2 / len(members)))
    return Prior(spread, centre, error, basis, len(members))


def usual_spread(members: Sequence[Member], otherwise: float = ORDINARY_SPREAD) -> float:
    """Give the median spread of the products with four sellers or more; of fewer than five, what is told otherwise."""
    told = [each.spread for each in members if each.sellers >= SELLERS_FOR_A_SPREAD]
    return float(np.median(told)) if len(told) >= PRODUCTS_FOR_A_GROUP else otherwise


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a way of selling usually takes off the regular price, as log ratios."""

    usual: float
    distance: float
    """How products differ in it, as a standard deviation."""
    products: int

    def prior(self, regular: Located, spread: float, basis: Basis) -> Prior:
        """Expect a product at its regular price less the usual reduction."""
        centre, error = regular.centre + self.usual, math.hypot(regular.error, self.distance)
        return Prior(spread, centre, error, basis, self.products)


def reduction_of(ratios: Sequence[float]) -> Reduction | None:
    """Learn from products' log ratios of one way's price to the regular one; `None` from fewer than five."""
    if len(ratios) < PRODUCTS_FOR_A_GROUP:
        return None
    told = np.array(ratios)
    usual = float(np.median(told))
    distance = max(_MAD_TO_SIGMA * float(np.median(np.abs(told - usual))), _LEAST_DISTANCE / 2)
    return Reduction(usual, distance, len(ratios))
