"""What would raise a score: everything that can be done is tried, and its gain is what the formula says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from zhengpin.domain.supplier_score import Cap, ComponentName, Improvement, Measure, Priors
from zhengpin.suppliers.score.points import limit_with, moved, points_moved
from zhengpin.suppliers.score.posterior import posterior
from zhengpin.suppliers.score.standards import STANDARDS, WORTHS
from zhengpin.suppliers.score.sums import Counts
from zhengpin.suppliers.score.words import SETTLE, WORDS

MORE: Final = 100.0
"""Good events that a supplier is told to add, in orders: what `words` speaks of."""
FULL_COVER: Final = WORTHS[Measure.DEPOSIT_COVER].good


def improvements_of(
    components: Sequence[Counts], priors: Priors, caps: Sequence[Cap], moves: Sequence[float]
) -> tuple[Improvement, ...]:
    """All that brings a point, the largest gain first; of equal ones caps before components.

    Each is tried by itself: two caps of one height hide what settling both would bring. `moves` is by how many points
    each component moves the score now.
    """
    gaining = (each for each in _tried(components, priors, caps, moves) if each.gain > 0)
    return tuple(sorted(gaining, key=lambda each: -each.gain))


def _tried(
    components: Sequence[Counts], priors: Priors, caps: Sequence[Cap], moves: Sequence[float]
) -> Iterator[Improvement]:
    now = points_moved(sum(moves), limit_with(caps, moves))
    for cap in caps:
        others = [each for each in caps if each is not cap]
        without = points_moved(sum(moves), limit_with(others, moves))
        yield Improvement(cap.code, without - now, SETTLE[cap.code])
    for place, standard in enumerate(STANDARDS):
        counts = _improved(standard.name, components[place])
        better = [*moves[:place], moved(standard, counts, posterior(priors[place], counts)), *moves[place + 1 :]]
        gain = points_moved(sum(better), limit_with(caps, better)) - now
        yield Improvement(standard.name, gain, WORDS[standard.name].task)


def _improved(name: ComponentName, counts: Counts) -> Counts:
    """What the task would make of the counts: a deposit takes the place of the one before, all else comes on top."""
    good, bad = counts
    return (FULL_COVER, 0.0) if name is ComponentName.COVER else (good + MORE, bad)
