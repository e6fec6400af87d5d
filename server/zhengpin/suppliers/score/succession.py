"""What a supplier inherits of those who go on in it.

A merger brings its history along. Of a split each part answers for all that was bad, and shows its part of the good:
who splits up leaves nothing behind, and who has one good record can not make several of it. So whoever goes on in
others keeps no part of the good; and in a circle, where everybody goes on in everybody, each has its own and no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import fsum

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_score import Blemishes, EvidenceSums


def with_history(
    supplier_id: str, own: Mapping[str, SupplierEvidence], shares: Mapping[str, float]
) -> SupplierEvidence:
    """All that counts of a supplier, of each one's own evidence and the share of its good record that is due."""
    if shares == {supplier_id: 1.0}:
        return own[supplier_id]
    everybody = [own[each] for each in shares]
    due = [tuple(part * share for part in own[each].sums.good) for each, share in shares.items()]
    good, bad = zip(*due, strict=True), zip(*(each.sums.bad for each in everybody), strict=True)
    return replace(
        own[supplier_id],
        sums=EvidenceSums(tuple(map(fsum, good)), tuple(map(fsum, bad))),
        blemishes=_together(own[supplier_id].blemishes, [each.blemishes for each in everybody]),
        due_on=min((each.due_on for each in everybody if each.due_on is not None), default=None),
    )


def shares_of(
    supplier_id: str,
    predecessors: Mapping[str, Sequence[str]],
    successors: Mapping[str, Sequence[str]],
    circles: frozenset[str],
) -> dict[str, float]:
    """A supplier and everybody who goes on in it, in however many steps, with the share of the good record that is due.

    Who went on in several gives each an equal part. Whom several ways lead to counts by the shortest.
    """
    inherits = supplier_id not in circles and not successors.get(supplier_id)
    shares = {supplier_id: 1.0 if supplier_id in circles else float(inherits)}
    level = {supplier_id: float(inherits)}
    while level:
        above: defaultdict[str, float] = defaultdict(float)
        for successor, share in level.items():
            for before in predecessors.get(successor, ()):
                if before not in shares:
                    above[before] += 0.0 if before in circles else share / len(successors[before])
        shares |= above
        level = above
    return shares


def circles_in(predecessors: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those who go on in themselves, in however many steps."""
    if not predecessors:
        return frozenset()
    names = sorted({*predecessors, *(each for before in predecessors.values() for each in before)})
    place = {name: number for number, name in enumerate(names)}
    steps = [(place[before], place[after]) for after, those in predecessors.items() for before in those]
    graph = coo_array((np.ones(len(steps)), tuple(zip(*steps, strict=True))), shape=(len(names), len(names)))
    _, parts = connected_components(graph.tocsr(), connection="strong")
    sizes = Counter(parts.tolist())
    return frozenset(name for name in names if sizes[parts[place[name]]] > 1 or name in predecessors.get(name, ()))


def _together(own: Blemishes, blemishes: list[Blemishes]) -> Blemishes:
    """What was told of any of them; whether it is stopped is the supplier's own, and one with many buyers is enough."""
    fakes = {fake.outcome_id: fake for each in blemishes for fake in each.confirmed_fakes}
    return replace(
        own,
        open_critical=tuple(sorted({each for one in blemishes for each in one.open_critical})),
        open_high=tuple(sorted({each for one in blemishes for each in one.open_high})),
        confirmed_fakes=tuple(fakes[each] for each in sorted(fakes)),
        edited_papers=tuple(sorted({each for one in blemishes for each in one.edited_papers})),
        zero_tolerance=tuple(sorted({each for one in blemishes for each in one.zero_tolerance})),
        few_buyers=all(one.few_buyers for one in blemishes),
    )
