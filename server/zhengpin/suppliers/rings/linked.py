"""Rings as edges come and go: only what a change touches is grouped anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from zhengpin.domain.ring import Edge
from zhengpin.suppliers.rings.grouping import EdgeColumns, connected, grouped
from zhengpin.suppliers.rings.weighing import holds


class LinkedSuppliers:
    """Suppliers, their edges, and the rings that follow: of a whole marketplace or of the components around a change.

    However its edges came to be, in whatever order, it says what one run over all of them says.
    """

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        """Begin with these edges."""
        self._edges: defaultdict[str, dict[str, Edge]] = defaultdict(dict)
        self._component: dict[str, frozenset[str]] = {}
        self._ring: dict[str, frozenset[str]] = {}
        self.change(put=edges)

    def component(self, supplier_id: str) -> frozenset[str]:
        """All that edges which hold lead to: what a change of one of them may touch."""
        return self._component.get(supplier_id, frozenset((supplier_id,)))

    def ring(self, supplier_id: str) -> frozenset[str]:
        """Who belongs together with the supplier, itself included; it alone if nobody does."""
        return self._ring.get(supplier_id, frozenset((supplier_id,)))

    def edges_of(self, supplier_id: str) -> Collection[Edge]:
        """Give the supplier's edges that hold."""
        return self._edges.get(supplier_id, {}).values()

    def change(self, put: Iterable[Edge] = (), withdrawn: Iterable[tuple[str, str]] = ()) -> frozenset[str]:
        """Put in edges, or change them, and take others out; gives the suppliers whose rings are others now.

        An edge that does not hold, for it has come to say too little, is taken out.
        """
        touched: set[str] = set()
        for one, other in withdrawn:
            touched |= self._take_out(one, other)
        for edge in put:
            touched |= self._put_in(edge) if holds(edge) else self._take_out(*edge.pair)
        return self._group_anew(frozenset().union(*map(self.component, touched)))

    def _put_in(self, edge: Edge) -> set[str]:
        before = self._edges[edge.one].get(edge.other)
        self._edges[edge.one][edge.other] = self._edges[edge.other][edge.one] = edge
        return set() if before is not None and before.weak == edge.weak else {edge.one, edge.other}

    def _take_out(self, one: str, other: str) -> set[str]:
        if other not in self._edges.get(one, {}):
            return set()
        for each, neighbour in ((one, other), (other, one)):
            del self._edges[each][neighbour]
            if not self._edges[each]:
                del self._edges[each]
        return {one, other}

    def _group_anew(self, suppliers: frozenset[str]) -> frozenset[str]:
        if not suppliers:
            return suppliers
        ordered = sorted(suppliers)
        columns = self._columns(ordered)
        before = {each: self.ring(each) for each in ordered}
        self._component |= _members(ordered, connected(columns, len(ordered)).tolist())
        self._ring |= _members(ordered, grouped(columns, len(ordered)).tolist())
        return frozenset(each for each in ordered if self._ring[each] != before[each])

    def _columns(self, suppliers: list[str]) -> EdgeColumns:
        number = {each: place for place, each in enumerate(suppliers)}
        edges = [edge for each in suppliers for edge in self.edges_of(each) if edge.one == each]
        ends = np.array([(number[edge.one], number[edge.other]) for edge in edges], dtype=np.int64).reshape(-1, 2)
        return EdgeColumns(ends[:, 0], ends[:, 1], np.array([edge.weak for edge in edges], dtype=np.bool_))


def _members(suppliers: list[str], numbers: list[int]) -> dict[str, frozenset[str]]:
    members: defaultdict[int, list[str]] = defaultdict(list)
    for supplier, number in zip(suppliers, numbers, strict=True):
        members[number].append(supplier)
    sets = {number: frozenset(those) for number, those in members.items()}
    return {supplier: sets[number] for supplier, number in zip(suppliers, numbers, strict=True)}
