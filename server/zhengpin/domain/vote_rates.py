"""How often is voted usually, and by whom: what a burst is told by when a vote comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GammaRates:
    """A Gamma distribution over the rates at which sides of targets get votes."""

    shape: float
    rate: float


@dataclass(frozen=True, slots=True)
class LargeBatches:
    """Days on which many registered, in one calendar of pages of some days each."""

    begins: float
    """Seconds by which its pages are turned earlier than whole lengths since 1970."""
    numbers: tuple[int, ...]
    """Of the pages, in rising order."""
    shares: tuple[float, ...]
    """Of all votes those by voters of each."""


@dataclass(frozen=True, slots=True)
class VoteRates:
    """What a full weighing found of all votes of a marketplace."""

    made_at: datetime
    began_at: datetime
    """When the first vote of all was cast."""
    hourly: GammaRates
    daily: GammaRates
    bought: float
    """The share of votes with a purchase."""
    recommended: float
    """The share of votes that recommend."""
    batches: tuple[LargeBatches, LargeBatches]
    """In two calendars that overlap."""
    silent: float = 1.0
    """How large a share of a crowd may never have voted before; 1 where nobody has counted."""
    largest_family: float = 1.0
    """The share of votes by the most active of the families that invitations join; 1 where nobody has counted."""
