"""How long it takes, and in how much memory, to group a million suppliers."""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from zhengpin.suppliers.rings.grouping import EdgeColumns, grouped

SUPPLIERS = 1_000_000
EDGES = 5_000_000
WEAK = 0.5
SHAPES = ("rings and strays", "all at random", "one long chain")


@dataclass(frozen=True, slots=True)
class Grouping:
    """One full run."""

    shape: str
    edges: int
    rings: int
    """Of two suppliers or more."""
    largest: int
    seconds: float
    """Of the processor."""
    gib: float
    """The most that the process ever held, edges and interpreter included."""


def group_in_a_process_of_its_own(shape: str, seed: int) -> Grouping:
    """Group where nothing else has taken memory before."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_group, shape, seed).result()


def _group(shape: str, seed: int) -> Grouping:
    edges = made_up_edges(shape, seed)
    start = time.process_time()
    sizes = np.bincount(grouped(edges, SUPPLIERS))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return Grouping(shape, len(edges), int((sizes > 1).sum()), int(sizes.max()), seconds, peak)


def made_up_edges(shape: str, seed: int) -> EdgeColumns:
    """Edges between suppliers at random, within dense rings of 12 to 50 and a hundredth astray, or along a chain."""
    dice = np.random.default_rng(seed)
    if shape == SHAPES[2]:
        along = dice.permutation(SUPPLIERS)
        return _columns(along[:-1], along[1:], dice)
    one, other = dice.integers(0, SUPPLIERS, (2, EDGES * 2))
    if shape == SHAPES[0]:
        bounds = np.cumsum(dice.integers(12, 50, SUPPLIERS // 12))
        ring = np.searchsorted(bounds, one, "right")
        first, after = np.concatenate(([0], bounds))[ring], bounds[ring]
        within = np.minimum(first + (other % (after - first)), SUPPLIERS - 1)
        other = np.where(dice.random(len(one)) < 0.01, other, within)
    return _columns(one, other, dice)


def _columns(one: np.ndarray, other: np.ndarray, dice: np.random.Generator) -> EdgeColumns:
    apart = one != other
    keys = np.minimum(one, other)[apart] * SUPPLIERS + np.maximum(one, other)[apart]
    chosen = dice.permutation(np.unique(keys))[:EDGES]
    return EdgeColumns(chosen // SUPPLIERS, chosen % SUPPLIERS, dice.random(len(chosen)) < WEAK)
