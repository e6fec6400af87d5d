"""Rings as edges come and go, against one full run and against a plain search for bridges."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengpin.domain.ring import Edge
from zhengpin.suppliers.rings.grouping import EdgeColumns, connected, grouped
from zhengpin.suppliers.rings.linked import LinkedSuppliers

SUPPLIERS = 9
PAIRS = list(combinations(range(SUPPLIERS), 2))
GRAPHS = st.dictionaries(st.sampled_from(PAIRS), st.booleans(), max_size=16)
"""Which edges hold, and whether each is weak."""


def columns(graph: dict[tuple[int, int], bool]) -> EdgeColumns:
    ends = np.array(list(graph), dtype=np.int64).reshape(-1, 2)
    return EdgeColumns(ends[:, 0], ends[:, 1], np.array(list(graph.values()), dtype=np.bool_))


def sets(numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(numbers == number).tolist()) for number in set(numbers.tolist())}


def reached(start: int, pairs: set[tuple[int, int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        further = {a + b - at for a, b in pairs if at in (a, b)} - found
        found |= further
        waiting += further
    return found


def plain_rings(graph: dict[tuple[int, int], bool]) -> set[frozenset[int]]:
    kept = set(graph)
    for pair, weak in graph.items():
        without = set(graph) - {pair}
        sides = [reached(end, without) for end in pair]
        if weak and sides[0] != sides[1] and min(map(len, sides)) > 1:
            kept.discard(pair)
    return {frozenset(reached(start, kept)) for start in range(SUPPLIERS)}


def an_edge(one: str, other: str, *, weak: bool = False, probability: float = 0.99) -> Edge:
    first, second = sorted((one, other))
    return Edge(first, second, probability, certain=False, weak=weak, evidence=())


@given(GRAPHS)
def test_rings_are_those_of_a_plain_search_for_bridges(graph: dict[tuple[int, int], bool]) -> None:
    assert sets(grouped(columns(graph), SUPPLIERS)) == plain_rings(graph)


@given(
    st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(["weak", "strong", "gone", "doubtful"])), max_size=40)
)
@settings(max_examples=150)
def test_changes_one_by_one_lead_where_one_full_run_leads(history: list[tuple[tuple[int, int], str]]) -> None:
    linked, graph = LinkedSuppliers(), dict[tuple[int, int], bool]()
    for (one, other), what in history:
        pair = (str(one), str(other))
        before = {supplier: linked.ring(supplier) for supplier in map(str, range(SUPPLIERS))}
        if what == "gone":
            told = linked.change(withdrawn=[pair])
        else:
            told = linked.change([an_edge(*pair, weak=what == "weak", probability=0.9 if what == "doubtful" else 0.99)])
        graph.pop((one, other), None)
        if what in ("weak", "strong"):
            graph[one, other] = what == "weak"
        assert told == {each for each, ring in before.items() if linked.ring(each) != ring}
    full = grouped(columns(graph), SUPPLIERS)
    assert {frozenset(map(int, linked.ring(str(each)))) for each in range(SUPPLIERS)} == sets(full)
    components = sets(connected(columns(graph), SUPPLIERS))
    assert {frozenset(map(int, linked.component(str(each)))) for each in range(SUPPLIERS)} == components


def two_triangles(*, weak: bool) -> LinkedSuppliers:
    strong = [an_edge(*pair) for trio in ("abc", "xyz") for pair in combinations(trio, 2)]
    return LinkedSuppliers([*strong, an_edge("c", "x", weak=weak)])


def test_a_weak_bridge_joins_no_two_groups() -> None:
    assert two_triangles(weak=True).ring("a") == set("abc")
    assert two_triangles(weak=True).component("a") == set("abcxyz")


def test_a_strong_bridge_joins_two_groups() -> None:
    assert two_triangles(weak=False).ring("a") == set("abcxyz")


def test_two_ways_around_are_no_bridge() -> None:
    linked = two_triangles(weak=True)
    assert linked.change([an_edge("a", "z", weak=True)]) == set("abcxyz")
    assert linked.ring("a") == set("abcxyz")


def test_a_single_supplier_stays_at_the_end_of_a_weak_edge() -> None:
    assert LinkedSuppliers([an_edge("a", "b"), an_edge("b", "c", weak=True)]).ring("c") == set("abc")


def test_a_change_elsewhere_touches_nobody_here() -> None:
    assert two_triangles(weak=True).change([an_edge("p", "q")]) == {"p", "q"}


def test_an_edge_that_says_the_same_changes_no_ring() -> None:
    assert two_triangles(weak=True).change([an_edge("a", "b", probability=0.97)]) == frozenset()


def test_withdrawing_what_is_not_there_changes_nothing() -> None:
    assert two_triangles(weak=True).change(withdrawn=[("a", "x")]) == frozenset()


@pytest.mark.parametrize("length", [2, 3, 1000])
def test_a_long_chain_of_strong_edges_is_one_ring(length: int) -> None:
    chain = EdgeColumns(np.arange(length - 1), np.arange(1, length), np.zeros(length - 1, dtype=np.bool_))
    assert len(sets(grouped(chain, length))) == 1


def test_a_chain_of_weak_edges_falls_apart_within_and_keeps_its_ends() -> None:
    chain = EdgeColumns(np.arange(4), np.arange(1, 5), np.ones(4, dtype=np.bool_))
    assert sets(grouped(chain, 5)) == {frozenset({0, 1}), frozenset({2}), frozenset({3, 4})}
