"""What a model is told of a listing."""

from __future__ import annotations

from typing import NamedTuple

from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.signals.signal import SignalValues


class Sighting(NamedTuple):
    """One listing as it was seen."""

    values: SignalValues
    """Its signals."""
    category: str
    rules: RuleEvidence
    """What the rules hold against it."""
