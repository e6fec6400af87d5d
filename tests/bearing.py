"""Traits of a few suppliers, weighed pair by pair in memory: the plain way, with which the server's is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from zhengpin.domain.ring import Attribute, Edge, LinkEvidence, Trait
from zhengpin.suppliers.rings.weighing import edge_between, sharing_evidence


class Bearers:
    """Who bears what."""

    def __init__(self, suppliers: int, traits: Iterable[Trait] = ()) -> None:
        """`suppliers` is how many the marketplace has."""
        self._suppliers = suppliers
        self._bearers: defaultdict[tuple[Attribute, str], dict[str, bool]] = defaultdict(dict)
        for each in traits:
            self.add(each)

    def add(self, trait: Trait) -> None:
        """Take in a trait, or whether it is verified."""
        self._bearers[trait.attribute, trait.value][trait.supplier_id] = trait.verified

    def edge(self, one: str, other: str) -> Edge:
        """Weigh all that two suppliers have in common."""
        evidence = (
            self._evidence(*value, one, other) for value, those in self._bearers.items() if {one, other} <= those.keys()
        )
        return edge_between(one, other, evidence, self._suppliers)

    def _evidence(self, attribute: Attribute, value: str, one: str, other: str) -> LinkEvidence:
        return sharing_evidence(attribute, self._bearers[attribute, value], (one, other), self._suppliers)
