"""Listings to learn from: what was observed of each, when, and what it turned out to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.signals.signal import SignalValues

LEARN, CALIBRATE = 0.6, 0.8
"""Of the labelled fakes in the order of time: what comes before the first is learned from, what comes before the second
tells what a margin means, and what comes after is held out to measure by."""


@dataclass(frozen=True, slots=True)
class Example:
    """One listing as it was seen."""

    values: SignalValues
    """Its signals, as they were."""
    category: str
    observed_at: datetime
    fake: bool | None
    """What it turned out to be; `None` if nobody has looked. That is not "genuine"."""
    rules: RuleEvidence = field(default_factory=RuleEvidence)
    """What the rules held against it."""
    weight: float = 1.0
    """How many listings it stands for: of those that nobody has looked at, a marketplace gives a sample."""


@dataclass(frozen=True, slots=True)
class Split:
    """Examples in the order of time: nothing is learned from what came after what it is measured by."""

    learn: tuple[Example, ...]
    calibrate: tuple[Example, ...]
    held_out: tuple[Example, ...]

    @property
    def held_out_from(self) -> datetime | None:
        """When the held-out part begins."""
        return min((each.observed_at for each in self.held_out), default=None)


def split(examples: Sequence[Example]) -> Split:
    """Split by time, at moments that leave labelled fakes in each part; without fakes all is to learn from."""
    moments = sorted(each.observed_at for each in examples if each.fake)
    if not moments:
        return Split(tuple(examples), (), ())
    first, second = (moments[int(len(moments) * share)] for share in (LEARN, CALIBRATE))
    return Split(
        tuple(each for each in examples if each.observed_at < first),
        tuple(each for each in examples if first <= each.observed_at < second),
        tuple(each for each in examples if each.observed_at >= second),
    )


def fakes_of(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Which are labelled as fakes, (examples,)."""
    return np.array([each.fake is True for each in examples], dtype=bool)


def weights_of(examples: Sequence[Example]) -> NDArray[np.float64]:
    """How many listings each stands for, (examples,)."""
    return np.array([each.weight for each in examples], dtype=np.float64)


def labels_suffice(part: Sequence[Example], least: int) -> bool:
    """Whether a part has at least so many labelled fakes, and as many others."""
    fakes = sum(each.fake is True for each in part)
    return fakes >= least and len(part) - fakes >= least


def unlabelled_in(part: Sequence[Example]) -> int:
    """How many examples of a part nobody has looked at."""
    return sum(each.fake is None for each in part)
