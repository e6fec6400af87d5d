"""What is usual on a marketplace: what is expected of a target that has no past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from zhengpin.reputation.batches import Batches, calendars
from zhengpin.reputation.silence import Silence
from zhengpin.reputation.timeline import DAY, HOUR, Flags, Numbers, Timeline

NOT_KNOWN: Final = Silence.always(1.0)
_NARROWEST: Final = 0.1
"""Rates are held to differ by at least this share: no record is long enough to be surer."""


@dataclass(frozen=True, slots=True)
class UsualRates:
    """A Gamma distribution over all sides' votes in one span."""

    shape: float
    rate: float
    """In spans."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Worked out of all votes now and then, and kept for when one comes in."""

    hourly: UsualRates
    daily: UsualRates
    bought: float
    """The share of votes with a purchase."""
    recommended: float
    """The share of votes that recommend."""
    batches: tuple[Batches, ...] = ()
    """When many registered. Where it isn't known, nothing is concluded from when voters did."""
    silence: Silence = NOT_KNOWN
    """How many have never voted. Where it isn't known, nothing is concluded from it."""
    largest_family: float = 1.0
    """Of all votes the share of the family that cast most: so large a one is expected anywhere. Where all are one
    family, or it isn't known, nothing is concluded from families."""

    @classmethod
    def of(
        cls,
        timeline: Timeline,
        bought: Flags,
        registered_at: Numbers | None = None,
        silence: Silence = NOT_KNOWN,
        largest_family: float = 1.0,
    ) -> Usual:
        """What the votes say; `bought` and `registered_at` (of its voter) have a row for each place."""
        return cls(
            usual_rates(timeline, HOUR),
            usual_rates(timeline, DAY),
            _share(bought),
            _share((timeline.side & 1).astype(np.bool_)),
            () if registered_at is None else calendars(registered_at),
            silence,
            largest_family,
        )

    def share_of(self, side: int) -> float:
        """The share of votes that say what a side says."""
        return self.recommended if side & 1 else 1 - self.recommended


def usual_rates(timeline: Timeline, span: float) -> UsualRates:
    """Fit the rates of all sides that have votes, by their mean and variance beyond chance (method of moments)."""
    counts = np.bincount(timeline.side)
    counts = counts[counts > 0]
    spans = max(float(np.ptp(timeline.at)) / span, 1.0)
    mean = float(counts.mean()) / spans
    variance = max(float(counts.var()) / spans**2 - mean / spans, (_NARROWEST * mean) ** 2)
    return UsualRates(mean**2 / variance, mean / variance)


def _share(flags: Flags) -> float:
    """A share that is neither nought nor one: the next vote may be the first of its sort."""
    return float((np.count_nonzero(flags) + 1) / (len(flags) + 2))
