"""Who bears what, and the edges between suppliers that follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from zhengpin.domain.ring import Attribute, Edge, LinkEvidence, Trait
from zhengpin.suppliers.rings.weighing import WEIGHTS, Cause, edge_between, linked_by, sharing_evidence

Pair: TypeAlias = tuple[str, str]
"""Two suppliers in alphabetical order."""
Value: TypeAlias = tuple[Attribute, str]
TextEvidence: TypeAlias = Callable[[str, str], Iterable[LinkEvidence]]
"""What the names and addresses of two suppliers say, if anything."""


class Bearers:
    """Traits by value and by supplier, of a whole marketplace or of the suppliers around one change.

    Of a part of a marketplace, the traits of everybody who bears one of the values must be told, for a value weighs as
    little as many share it.
    """

    def __init__(self, suppliers: int, text_evidence: TextEvidence = lambda _one, _other: ()) -> None:
        """`suppliers` is how many the marketplace has: rounded, and renewed seldom, for every edge hangs on it."""
        self._suppliers = suppliers
        self._text_evidence = text_evidence
        self._bearers: defaultdict[Value, dict[str, bool]] = defaultdict(dict)
        self._values: defaultdict[str, set[Value]] = defaultdict(set)

    def add(self, trait: Trait) -> set[Pair]:
        """Take in a trait, or whether it is verified; gives the pairs whose edges may differ from now on."""
        value = (trait.attribute, trait.value)
        before = set(self.sharing(value))
        self._bearers[value][trait.supplier_id] = trait.verified
        self._values[trait.supplier_id].add(value)
        return before | set(self.sharing(value))

    def remove(self, trait: Trait) -> set[Pair]:
        """Take out a trait that was told by mistake, if it is there; gives the pairs whose edges may differ."""
        value = (trait.attribute, trait.value)
        before = set(self.sharing(value))
        self._bearers[value].pop(trait.supplier_id, None)
        self._values[trait.supplier_id].discard(value)
        return before | set(self.sharing(value))

    def sharing(self, value: Value) -> Iterator[Pair]:
        """Give every two that the value may link; nobody where it is a hub's."""
        return combinations(sorted(linked_by(self._bearers.get(value, {}))), 2)

    def edge(self, one: str, other: str) -> Edge:
        """Weigh all that two suppliers have in common."""
        shared = self._values.get(one, set()) & self._values.get(other, set())
        evidence = [self._evidence(value, one, other) for value in shared]
        return edge_between(one, other, (*evidence, *self._text_evidence(one, other)), self._suppliers)

    def edges(self, named_alike: Iterable[Pair] = ()) -> Iterator[Edge]:
        """Weigh every two suppliers that may be linked; `named_alike` are those of whom the texts say something.

        Who shares what one cause explains is linked by it at most if it is an identity, so nobody weighs the others.
        """
        causes: dict[Pair, Cause] = {}
        promising: set[Pair] = set()
        for value in self._bearers:
            weight = WEIGHTS[value[0]]
            shared = [(pair, causes.setdefault(pair, weight.cause)) for pair in self.sharing(value)]
            promising.update(pair for pair, cause in shared if weight.identity or cause is not weight.cause)
        promising.update(pair for pair in named_alike if pair in causes or len(tuple(self._text_evidence(*pair))) > 1)
        return (self.edge(*pair) for pair in promising)

    def _evidence(self, value: Value, one: str, other: str) -> LinkEvidence:
        return sharing_evidence(value[0], self._bearers[value], (one, other), self._suppliers)
