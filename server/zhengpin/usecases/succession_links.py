"""Suppliers that one goes on from, and those it goes on in, as anybody has told: a link, and no identity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from zhengpin.domain.ring import LinkEvidence
from zhengpin.domain.supplier_fact import SUCCESSION, Succession, SupplierFact
from zhengpin.storage.work import Reader

SUCCEEDS: Final = LinkEvidence(SUCCESSION, 0.0, 2)
"""One of both goes on in the other."""
_GENERATIONS: Final = 5
"""Of predecessors that are followed back."""


def gone_on(reader: Reader, own: str, facts: Iterable[SupplierFact]) -> list[str]:
    """Who was merged into a supplier or split up, generation by generation, and in whom it goes on itself, by id.

    `facts` are its own.
    """
    found = {each.fact.successor_id for each in facts if isinstance(each.fact, Succession) and not each.withdrawn}
    latest = {own}
    for _ in range(_GENERATIONS):
        sharers = reader.supplier_facts.sharers({(SUCCESSION, each) for each in latest})
        latest = {each for those in sharers.values() for each in those.verified} - found - {own}
        found |= latest
        if not latest:
            break
    return sorted(found - {own})
