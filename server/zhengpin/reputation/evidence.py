"""What a person gets to see of a window before deciding on it: numbers, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.timeline import DAY
from zhengpin.reputation.windows import Window, others_agree

YOUNG = 30 * DAY


@dataclass(frozen=True, slots=True)
class GroupEvidence:
    """What is known of voters that met too often; its windows share it."""

    voters: int = 0
    windows: int = 0
    pairs: int = 0
    """Of voters in lockstep."""
    density: float = 0.0
    """g of their dense block."""
    usual_density: float = 0.0
    """The greatest that chance gave."""


@dataclass(frozen=True, slots=True)
class BrigadeEvidence:
    """Shares are from 0 to 1, of the votes that are left out."""

    expected: float
    """How many votes the target's own past explains."""
    chance: float | None
    """Of so many votes, if the past explained them; `None` if no alarm was raised."""
    one_sided: float
    """The share of all votes of the window's time that lie on this side."""
    others_agree: float
    """The share of the target's other votes that lie on this side."""
    came_together: float
    """Brought in by one voter or another, registered in the same days, silent all before, or met elsewhere as well."""
    largest_circle: int
    """So many were brought in by one voter."""
    young: float
    """By voters who had been registered for less than 30 days."""
    silent_before: float
    """By voters who had been registered for a while, and had never cast a vote that counts."""
    bought: float
    """With a purchase."""
    bought_usually: float
    """Of all votes of the marketplace."""
    group: GroupEvidence | None


def evidence_of(
    inquiry: Inquiry, window: Window, chance: float | None = None, group: GroupEvidence | None = None
) -> BrigadeEvidence:
    """Put together what speaks for a window."""
    timeline, traits = inquiry.timeline, inquiry.traits.take(window.hired)
    span = timeline.at[[window.first, window.after_last - 1]] + np.array([-1, 0])
    against = int(np.diff(timeline.until(np.repeat(timeline.side[[window.first]] ^ 1, 2), span))[0])
    size = window.after_last - window.first
    return BrigadeEvidence(
        expected=window.expected,
        chance=chance,
        one_sided=size / (size + against),
        others_agree=others_agree(inquiry, window),
        came_together=len(window.company) / len(window.hired),
        largest_circle=int(np.unique(traits.circle, return_counts=True)[1].max()),
        young=float((traits.at - traits.registered_at < YOUNG).mean()),
        silent_before=float((traits.first & traits.grown).mean()),
        bought=float(traits.bought.mean()),
        bought_usually=inquiry.usual.bought,
        group=group,
    )
