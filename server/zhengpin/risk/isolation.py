"""An isolation forest as plain arrays: how few random cuts set a row apart from the others (Liu, Ting & Zhou 2008)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest

Floats = NDArray[np.float64]

EULER = 0.5772156649015329
ROWS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees side by side in one list of nodes; a leaf leads to itself."""

    roots: NDArray[np.intp]
    """Of each tree, the number of its first node."""
    feature: NDArray[np.intp]
    threshold: Floats
    children: NDArray[np.intp]
    """Of node i: where a value at most the threshold leads (2i), and where one above it does (2i + 1)."""
    length: Floats
    """Of a leaf: cuts to reach it and those that its rows would still need, over what such trees need in the mean."""
    depth: int
    """Cuts on the longest way."""

    @classmethod
    def grown(cls, rows: Floats, *, trees: int, sample: int, random_state: Any) -> Forest:
        """Grow trees on samples of rows, which are numbers without gaps."""
        low, high = rows.min(axis=0), rows.max(axis=0)
        span = np.where(high > low, high - low, 1.0)
        forest = IsolationForest(n_estimators=trees, max_samples=min(sample, len(rows)), random_state=random_state).fit(
            ((rows - low) / span).astype(np.float32)
        )
        grown = [tree.tree_ for tree in forest.estimators_]
        expected = max(_expected_cuts(np.array([forest.max_samples_]))[0], 1.0)
        firsts = np.cumsum([0, *(tree.node_count for tree in grown)])
        feature = np.concatenate([tree.feature for tree in grown]).clip(0).astype(np.intp)
        leaf = np.concatenate([tree.children_left for tree in grown]) < 0
        threshold = np.concatenate([tree.threshold for tree in grown]) * span[feature] + low[feature]
        return cls(
            roots=firsts[:-1].astype(np.intp),
            feature=feature,
            threshold=np.where(leaf, np.inf, threshold),
            children=_children(grown, firsts),
            length=np.concatenate([_lengths(tree) for tree in grown]) / expected,
            depth=max(tree.max_depth for tree in grown),
        )

    def isolation(self, rows: Floats) -> Floats:
        """Give each row's score of Liu et al.: 2^(−mean length), near 1 where few cuts set it apart."""
        parts = [self._lengths_of(rows[i : i + ROWS_AT_ONCE]) for i in range(0, len(rows), ROWS_AT_ONCE)]
        return 2.0 ** -np.concatenate(parts).mean(axis=1)

    def isolation_of_one(self, row: Floats) -> float:
        """Give the score of a single row."""
        nodes = self.roots
        for _ in range(self.depth):
            above = row.take(self.feature.take(nodes)) > self.threshold.take(nodes)
            nodes = self.children.take(2 * nodes + above)
        return float(2.0 ** -(self.length.take(nodes).sum() / len(nodes)))

    def _lengths_of(self, rows: Floats) -> Floats:
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            above = np.take_along_axis(rows, self.feature.take(nodes), axis=1) > self.threshold.take(nodes)
            nodes = self.children.take(2 * nodes + above)
        return self.length.take(nodes)


def _children(grown: list[Any], firsts: NDArray[Any]) -> NDArray[np.intp]:
    pairs = []
    for tree, first in zip(grown, firsts, strict=False):
        own = np.arange(tree.node_count)
        sides = (tree.children_left, tree.children_right)
        pairs.append(np.column_stack([np.where(side < 0, own, side) + first for side in sides]))
    return np.concatenate(pairs).astype(np.intp).ravel()


def _lengths(tree: Any) -> Floats:
    """Cuts to each node, and those that its rows would still need if it were grown out."""
    depth = np.zeros(tree.node_count)
    for node in range(tree.node_count):  # parents come before their children
        if tree.children_left[node] >= 0:
            depth[[tree.children_left[node], tree.children_right[node]]] = depth[node] + 1
    return depth + _expected_cuts(tree.n_node_samples)


def _expected_cuts(rows: NDArray[Any]) -> Floats:
    """Give c(n) of Liu et al., the mean way of an unsuccessful search: 2·H(n − 1) − 2·(n − 1)/n; 1 for two, 0 for one.

    H is the harmonic number, by its logarithm from three rows on.
    """
    others = np.maximum(rows - 1, 1).astype(float)
    grown_out = 2 * (np.log(others) + EULER) - 2 * others / (others + 1)
    return np.select([rows <= 1, others == 1], [0.0, 1.0], grown_out)
