"""What would raise a score most: everything that can be done is tried, and its gain is what the formula says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from zhengpin.domain.supplier_score import Cap, ComponentName, Improvement, Measure, Priors
from zhengpin.suppliers.score.points import points_from
from zhengpin.suppliers.score.standards import STANDARDS, WORTHS
from zhengpin.suppliers.score.sums import Counts
from zhengpin.suppliers.score.words import SETTLE, WORDS

MORE: Final = 100.0
"""Good events that a supplier is told to add, in orders: what `words` speaks of."""
FULL_COVER: Final = WORTHS[Measure.DEPOSIT_COVER].good


def next_improvement(components: Sequence[Counts], priors: Priors, caps: Sequence[Cap]) -> Improvement | None:
    """The largest gain; of equal ones the first, caps before components. `None` where nothing brings a point."""
    best = max(_tried(components, priors, caps), key=lambda each: each.gain, default=None)
    return best if best and best.gain > 0 else None


def _tried(components: Sequence[Counts], priors: Priors, caps: Sequence[Cap]) -> Iterator[Improvement]:
    now = points_from(components, priors, caps).points
    for cap in caps:
        without = points_from(components, priors, [each for each in caps if each is not cap])
        yield Improvement(cap.code, without.points - now, SETTLE[cap.code])
    for place, standard in enumerate(STANDARDS):
        tried = (*components[:place], _improved(standard.name, components[place]), *components[place + 1 :])
        gain = points_from(tried, priors, caps).points - now
        yield Improvement(standard.name, gain, WORDS[standard.name].task)


def _improved(name: ComponentName, counts: Counts) -> Counts:
    """What the task would make of the counts: a deposit takes the place of the one before, all else comes on top."""
    good, bad = counts
    return (FULL_COVER, 0.0) if name is ComponentName.COVER else (good + MORE, bad)
