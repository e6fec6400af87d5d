"""Groups of suppliers that edges hold together, in columns: a million suppliers in seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from zhengpin.suppliers.rings.text_table import Flags, Places


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """Edges that hold, a row each, between suppliers who are numbered from 0; no pair twice, nobody with himself."""

    one: Places
    other: Places
    weak: Flags
    """Made of weak attributes alone."""

    def take(self, which: Flags) -> EdgeColumns:
        """Some of the edges."""
        return EdgeColumns(self.one[which], self.other[which], self.weak[which])

    def __len__(self) -> int:
        """How many edges."""
        return len(self.one)


def connected(edges: EdgeColumns, suppliers: int) -> Places:
    """Give each supplier the number of its component: all that edges lead to, directly or through others."""
    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges.one, edges.other)), shape=(suppliers, suppliers))
    numbers: Places = connected_components(graph, directed=False)[1].astype(np.int64)
    return numbers


def grouped(edges: EdgeColumns, suppliers: int) -> Places:
    """Give each supplier the number of its ring; who has no edge is alone.

    A ring is a component without the weak bridges between its parts: one lent computer joins no two gangs. A bridge is
    the only edge between two parts of a component; it stays where one of them is a single supplier.
    """
    return connected(edges.take(~_joins_groups_weakly(edges, suppliers)), suppliers)


def _joins_groups_weakly(edges: EdgeColumns, suppliers: int) -> Flags:
    """Which edges are weak bridges between two parts of two suppliers or more, all seen in the whole graph at once.

    Every edge outside a spanning tree gets a random word of 64 bits. An edge of the tree is a bridge if the
    words of all edges that leave the part below it cancel out. By chance that happens once in 2^64.
    """
    joins = np.zeros(len(edges), dtype=np.bool_)
    if not edges.weak.any():
        return joins
    tree = _SpanningTree.of(edges, suppliers)
    words = np.random.default_rng(0).integers(1, 2**64 - 1, len(edges), dtype=np.uint64, endpoint=True)
    words[tree.edge_is_in] = 0
    leaving, below = np.zeros(suppliers, dtype=np.uint64), np.ones(suppliers, dtype=np.int64)
    np.bitwise_xor.at(leaving, edges.one, words)
    np.bitwise_xor.at(leaving, edges.other, words)
    for level in reversed(tree.levels):
        np.bitwise_xor.at(leaving, tree.parent[level], leaving[level])
        np.add.at(below, tree.parent[level], below[level])
    component = connected(edges, suppliers)
    size = np.bincount(component, minlength=suppliers)[component]
    is_bridge = (leaving == 0) & (below > 1) & (size - below > 1)
    joins[tree.edge_is_in] = is_bridge[tree.child_of(edges)[tree.edge_is_in]]
    return joins & edges.weak


@dataclass(frozen=True, slots=True)
class _SpanningTree:
    """One tree for each component, from its first supplier."""

    parent: Places
    """Of each supplier; its own number for the first of a component."""
    levels: list[Places]
    """Suppliers one, two, three … edges away from the first of their component."""
    edge_is_in: Flags

    @classmethod
    def of(cls, edges: EdgeColumns, suppliers: int) -> _SpanningTree:
        """Search all components at once in breadth, from one more place that leads to the first of each."""
        firsts = np.unique(connected(edges, suppliers), return_index=True)[1]
        source = np.concatenate((edges.one, np.full(len(firsts), suppliers)))
        graph = coo_array(
            (np.ones(len(source), dtype=np.int8), (source, np.concatenate((edges.other, firsts)))),
            shape=(suppliers + 1, suppliers + 1),
        )
        order, parent = breadth_first_order(graph.tocsr(), suppliers, directed=False)
        levels = _levels(order, parent)
        parent = parent[:-1].astype(np.int64)
        parent[firsts] = firsts
        is_in = (parent[edges.one] == edges.other) | (parent[edges.other] == edges.one)
        return cls(parent, levels[1:], is_in)

    def child_of(self, edges: EdgeColumns) -> Places:
        """Which end of each edge of the tree lies further from the first."""
        return np.where(self.parent[edges.one] == edges.other, edges.one, edges.other)


def _levels(order: NDArray[np.int32], parent: NDArray[np.int32]) -> list[Places]:
    """Cut the order of a search in breadth where the distance from its start grows; the start itself is left out."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    place_of_parent = place[parent[order[1:]]]
    levels, ended = [], 1
    while ended < len(order):
        after = 1 + int(np.searchsorted(place_of_parent, ended))
        levels.append(order[ended:after].astype(np.int64))
        ended = after
    return levels
