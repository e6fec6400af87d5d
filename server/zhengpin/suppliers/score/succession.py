"""What a supplier inherits of those who go on in it.

A merger brings its history along. Of a split each part answers for all that was bad, and shows its part of the good:
who splits up leaves nothing behind, and who has one good record can not make several of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import fsum

from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_score import Blemishes, EvidenceSums


def with_history(own: SupplierEvidence, before: Mapping[str, tuple[SupplierEvidence, float]]) -> SupplierEvidence:
    """Add the evidence of those who go on in a supplier, by id, each with the share of its good record that is due."""
    if not before:
        return own
    inherited = [before[supplier_id] for supplier_id in sorted(before)]
    everybody = [own, *(evidence for evidence, _ in inherited)]
    shares = [1.0, *(share for _, share in inherited)]
    due = [tuple(part * share for part in each.sums.good) for each, share in zip(everybody, shares, strict=True)]
    good, bad = zip(*due, strict=True), zip(*(each.sums.bad for each in everybody), strict=True)
    return replace(
        own,
        sums=EvidenceSums(tuple(map(fsum, good)), tuple(map(fsum, bad))),
        blemishes=_together([each.blemishes for each in everybody]),
        due_on=min((each.due_on for each in everybody if each.due_on is not None), default=None),
    )


def shares_of(
    supplier_id: str, predecessors: Mapping[str, Sequence[str]], successors: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Everybody who goes on in a supplier, in however many steps, and the share of the good record that is due to it.

    Who went on in several gives each an equal part. Whom several ways or a circle lead to counts by the shortest.
    """
    level, seen = {supplier_id: 1.0}, {supplier_id: 1.0}
    while level:
        above: defaultdict[str, float] = defaultdict(float)
        for successor, share in level.items():
            for before in predecessors.get(successor, ()):
                if before not in seen:
                    above[before] += share / max(1, len(successors.get(before, ())))
        seen |= above
        level = above
    return {each: share for each, share in seen.items() if each != supplier_id}


def _together(blemishes: list[Blemishes]) -> Blemishes:
    fakes = {fake.outcome_id: fake for each in blemishes for fake in each.confirmed_fakes}
    return Blemishes(
        open_critical=tuple(sorted({each for one in blemishes for each in one.open_critical})),
        open_high=tuple(sorted({each for one in blemishes for each in one.open_high})),
        confirmed_fakes=tuple(fakes[each] for each in sorted(fakes)),
    )
