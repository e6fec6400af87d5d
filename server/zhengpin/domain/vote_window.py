"""Windows of votes that are left out of the count until a person has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengpin.domain.hit import Text
from zhengpin.domain.vote import Target, WhyNotCounted
from zhengpin.domain.word import Word

DECIDE_WITHIN = timedelta(hours=48)
"""Until then a person has looked (domain.md §8, VOT-01)."""


class WindowDecision(Word):
    """What a person decided on a window."""

    UPHELD = "upheld"
    """Its votes stay out of the count."""
    LIFTED = "lifted"
    """Its votes count again, and the same alarm is not raised over them once more."""


@dataclass(frozen=True, slots=True)
class VoteWindow:
    """Votes on one target, cast in a span of time, that look arranged."""

    window_id: str
    target: Target
    why: WhyNotCounted
    cast_from: datetime
    cast_until: datetime
    """Exclusive."""
    voters: int
    """How many votes of it are left out; whose they are is nobody's to know."""
    expected_voters: float | None
    """How many the target's own past explains; `None` where that is not what gave the alarm."""
    raised_at: datetime
    evidence: tuple[Text, ...] = ()
    decision: WindowDecision | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""

    @property
    def decide_by(self) -> datetime:
        """When a person must have decided."""
        return self.raised_at + DECIDE_WITHIN
