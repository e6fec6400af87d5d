"""What is found when a model that serves is looked at: drift, calibration, and how one in shadow would differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

ALARMING_PSI: Final = 0.25
"""Siddiqi, Credit Risk Scorecards, 2006: from here on a model judges another population than it learned from."""
TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class Drift:
    """How far one number's spread has moved since training."""

    feature: str
    psi: float
    """The population stability index."""
    by_chance: float
    """What chance alone stays below, except once in a thousand times."""

    @property
    def is_alarming(self) -> bool:
        """Whether the model judges another population than it learned from."""
        return self.psi >= ALARMING_PSI and self.psi > self.by_chance


@dataclass(frozen=True, slots=True)
class Rate:
    """Expected and found share of fakes among the listings that were judged in a week."""

    since: date
    """Its Monday, in UTC."""
    listings: int
    expected: float
    """The mean probability."""
    observed: float
    low: float
    high: float
    """The 95 % interval (Wilson) of the observed share."""


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """One look at the live model."""

    version: str
    checked_at: datetime
    verdicts: int
    """Of the last seven days, that were looked at."""
    drifts: tuple[Drift, ...]
    """Of the scores, then of the features that have moved farthest."""
    calibration: tuple[Rate, ...]
    is_calibrated: bool
    """Whether no more listings were found to be fake than was expected."""

    @property
    def alarms(self) -> tuple[str, ...]:
        """What somebody should act on, in words."""
        moved = tuple(
            f"{drift.feature} has moved: PSI {drift.psi:.2f}, where {ALARMING_PSI} is alarming"
            for drift in self.drifts
            if drift.is_alarming
        )
        return moved if self.is_calibrated else (*moved, "more listings are found to be fake than was expected")


@dataclass(frozen=True, slots=True)
class ShadowTrial:
    """How a model in shadow compares with the live one on what was screened since it is there."""

    version: str
    cursor: int = 0
    """The number of the verdict up to which it has come."""
    verdicts: int = 0
    """That both have scored."""
    both_above: int = 0
    """The threshold of review."""
    live_alone: int = 0
    shadow_alone: int = 0
    scores: tuple[int, ...] = (0,) * TENTHS
    """How many scores of the one in shadow lie in each tenth."""
