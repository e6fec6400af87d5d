"""What one vote weighs: how it was bought, how old its voter and the vote itself are, and whom the voter belongs to.

A vote's *strength* is what is known of it when it is cast. Its *weight* comes of strength and trust in the voter.
Weights halve every 180 days. Sums that are kept would have to be written anew every day; so what is kept is *grown*
instead, to what it weighs at a fixed moment, and what is read shrinks back: a new vote is an addition, and old ones
stay as they are.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.word import Word

HALF_LIFE: Final = timedelta(days=180)
GROWN_UP: Final = timedelta(days=30)
"""From this age on a voter counts in full."""
RELATED: Final = 0.2
"""What is left of a vote by somebody around the target's owner or one of its competitors."""
EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment to which weights grow. Sums of squares overflow three hundred half-lives after it, about 2270."""


class Bought(Word):
    """What is known of the voter's dealings with the goods."""

    VERIFIED = "verified"
    """The voter has ordered them: an order of its own was told."""
    NAMES_ORDER = "names_order"
    """The voter was the first to name an order of them; whose it is was not told."""
    SELLS_IT = "sells_it"
    """The voter's shop sells them."""
    UNPROVEN = "unproven"


BY_PURCHASE: Final = {Bought.VERIFIED: 1.0, Bought.NAMES_ORDER: 0.6, Bought.SELLS_IT: 0.6, Bought.UNPROVEN: 0.3}


def strength(bought: Bought, voter_age: timedelta, *, is_related: bool) -> float:
    """What is known of a vote but for trust in its voter: purchase × age × relation, from 0 to 1 (domain.md §3.10).

    `voter_age` is how long the voter was registered when it voted; a vote from before that weighs nothing.
    `is_related`: the voter belongs to a competitor of the target, or was invited by somebody of its owner's or a
    competitor's.
    """
    return BY_PURCHASE[bought] * at_most(voter_age, is_related=is_related)


def at_most(voter_age: timedelta, *, is_related: bool) -> float:
    """What a vote counts however its voter is trusted and whatever was bought, from 0 to 1; arguments as above."""
    age = min(1.0, max(0.0, voter_age / GROWN_UP))
    return age * (RELATED if is_related else 1.0)


def weight(strength: float, trust: float, at_most: float) -> float:
    """What a vote counts before it fades: min(1, trust × purchase / 0.3) × age × relation, from 0 to 1.

    By a grown-up stranger who shows no purchase that is what the voter is trusted. A purchase makes up for trust that
    is lacking, neither for youth nor for relation, and nobody's opinion counts more than once. On three simulated
    markets, whose truth is known, 90 % intervals hold it in 87 of 100 cases, and in 85 where a trusted buyer counts
    3.3 times.
    """
    return min(at_most, trust * strength / BY_PURCHASE[Bought.UNPROVEN])


def grown(weight: float, cast_at: datetime) -> float:
    """A weight as it is summed: what it would be at `EPOCH`."""
    return float(weight * 2.0 ** ((cast_at - EPOCH) / HALF_LIFE))


def shrunk(total: float, now: datetime) -> float:
    """What a sum of grown weights is worth now."""
    return float(total * 2.0 ** ((EPOCH - now) / HALF_LIFE))


def grown_columns(weight: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """`grown` for many votes; `at` in seconds since 1970."""
    return weight * np.exp2((at - EPOCH.timestamp()) / HALF_LIFE.total_seconds())
