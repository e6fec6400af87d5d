"""Dense blocks: greedy removal against the optimum, and what camouflage does to it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from made_votes import MadeVotes
from zhengpin.reputation.dense_blocks import dense_blocks, densest
from zhengpin.reputation.timeline import Timeline

EDGES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=20, unique=True)


def densest_of_all(edges: list[tuple[int, int]], weights: NDArray[np.float64]) -> float:
    """The optimum, by trying every block."""
    nodes = sorted({(0, one) for one, _ in edges} | {(1, other) for _, other in edges})
    blocks = (set(chosen) for size in range(1, len(nodes) + 1) for chosen in combinations(nodes, size))
    return max(density(block, edges, weights) for block in blocks)


def density(block: set[tuple[int, int]], edges: list[tuple[int, int]], weights: NDArray[np.float64]) -> float:
    inside = [{(0, one), (1, other)} <= block for one, other in edges]
    return float(weights[inside].sum()) / len(block)


def columns(edges: list[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.array([one for one, _ in edges]), np.array([other for _, other in edges])


@settings(max_examples=60, deadline=None)
@given(EDGES, st.integers(0, 10_000))
def test_what_is_found_is_at_least_half_as_dense_as_the_densest(edges: list[tuple[int, int]], seed: int) -> None:
    weights = np.random.default_rng(seed).uniform(0.2, 1.0, len(edges))
    voter, occasion = columns(edges)
    inside, density = densest(voter, occasion, weights)
    best = densest_of_all(edges, weights)
    assert best / 2 - 1e-9 <= density <= best + 1e-9
    nodes = len(set(voter[inside].tolist())) + len(set(occasion[inside].tolist()))
    assert weights[inside].sum() / max(nodes, 1) >= density - 1e-9


def test_a_block_is_told_from_what_surrounds_it() -> None:
    block = [(voter, occasion) for voter in range(6) for occasion in range(4)]
    around = [(voter, 4 + voter) for voter in range(6, 40)]
    voter, occasion = columns([*around, *block])
    inside, density = densest(voter, occasion, np.ones(len(voter)))
    assert set(voter[inside].tolist()) == set(range(6))
    assert density == 24 / 10


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(100, 160)), max_size=40, unique=True))
def test_camouflage_never_makes_a_block_less_dense(camouflage: list[tuple[int, int]]) -> None:
    block = [(voter, occasion) for voter in range(6) for occasion in range(4)]
    voter, occasion = columns([*block, *camouflage])
    _, density = densest(voter, occasion, np.ones(len(voter)))
    assert density >= 24 / 10


def blocks_in(made: MadeVotes) -> list[set[int]]:
    columns = made.columns()
    timeline = Timeline.of(columns.votes)
    voter = columns.votes.voter[timeline.rows].astype(np.int64)
    return [set(block.voters.tolist()) for block in dense_blocks(timeline, voter, columns.bought[timeline.rows], 0)]


def test_eager_voters_who_meet_by_chance_are_no_block_and_those_who_come_together_are() -> None:
    made = MadeVotes()
    eager = made.strangers(25)
    for target in range(80):
        made.spread(eager, target, 0, 300, recommend=1.0, bought=0.0)
    assert blocks_in(made) == []
    hired = made.strangers(10)
    for target in range(6):
        made.spread(hired, target, 40 * target, 2, recommend=1.0, bought=0.0)
    assert blocks_in(made) == [set(hired)]


def test_those_who_bought_what_they_vote_on_are_no_block() -> None:
    made = MadeVotes()
    buyers = made.strangers(10)
    for target in range(6):
        made.spread(buyers, target, 40 * target, 2, recommend=1.0, bought=1.0)
    assert blocks_in(made) == []
