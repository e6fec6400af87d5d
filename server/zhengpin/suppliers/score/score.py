"""The score of one supplier, with all that is said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from zhengpin.domain.supplier_score import (
    Blemishes,
    Component,
    ComponentName,
    EvidenceSums,
    PriorTable,
    ScorePoints,
    SupplierScore,
)
from zhengpin.suppliers.score.caps import caps_of, told_caps
from zhengpin.suppliers.score.grades import graded
from zhengpin.suppliers.score.improvement import improvements_of
from zhengpin.suppliers.score.points import moved, points_of
from zhengpin.suppliers.score.posterior import Posterior, posterior
from zhengpin.suppliers.score.reasons import reasons_of
from zhengpin.suppliers.score.standards import PLACE, STANDARDS, Standard
from zhengpin.suppliers.score.sums import Counts, fade

VERSION: Final = "6"
"""Of the formula: whoever changes what comes of the same evidence raises it."""


def score_supplier(
    supplier_id: str, sums: EvidenceSums, blemishes: Blemishes, table: PriorTable, *, category: str, now: datetime
) -> SupplierScore:
    """Score a supplier as of now; `category` is its main one. The same arguments always give the same answer."""
    stands = points_of(sums, table.of(category), caps_of(blemishes, now), now)
    return explain_score(supplier_id, sums, blemishes, table, stands, category=category, now=now)


def explain_score(
    supplier_id: str,
    sums: EvidenceSums,
    blemishes: Blemishes,
    table: PriorTable,
    stands: ScorePoints,
    *,
    category: str,
    now: datetime,
) -> SupplierScore:
    """Say what a score rests on that was made at a moment: `stands` is what it came to."""
    priors, components, caps = table.of(category), fade(sums, now), caps_of(blemishes, now)
    known = tuple(map(posterior, priors, components))
    moves = tuple(map(moved, STANDARDS, components, known))
    told = told_caps(caps, moves)
    return SupplierScore(
        supplier_id=supplier_id,
        points=stands.points,
        low=stands.low,
        high=stands.high,
        band=stands.band,
        evidence_count=sum(map(sum, components)) - sum(components[PLACE[ComponentName.COVER]]),
        components=tuple(map(_component, STANDARDS, known, components)),
        caps=told,
        reasons=reasons_of(components, told, moves),
        improvements=improvements_of(components, priors, caps, moves),
        as_of=now,
        version=f"{VERSION}/{table.version}",
    )


def _component(standard: Standard, known: Posterior, counts: Counts) -> Component:
    value, low, high = graded(standard, known)
    return Component(standard.name, standard.weight, value, low, high, k=counts[0], n=sum(counts))
