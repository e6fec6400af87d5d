"""An isolation forest as plain arrays: how few random cuts set a row apart from the others (Liu, Ting & Zhou 2008)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest

from zhengpin.risk.inner_loops import add_lengths

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

EULER = 0.5772156649015329
NORMAL_QUARTILES = 1.349
"""Standard deviations between the quartiles of a normal distribution."""
FAR = 700.0
"""Beyond the inverse hyperbolic sine of any finite number, squarely within that of the hyperbolic sine."""


@dataclass(frozen=True)
class Forest:
    """Trees side by side in one list of nodes."""

    roots: Numbers
    """Of each tree, the number of its first node."""
    feature: Numbers
    threshold: Floats
    """A value above it goes right; infinite in a leaf."""
    left: Numbers
    """Where a node's left way leads; the right one leads to the next number. A leaf leads to itself."""
    length: Floats
    """Of a leaf: cuts to reach it and those that its rows would still need, over what such trees need in the mean."""
    depth: int
    """Cuts on the longest way."""

    @classmethod
    def grown(cls, rows: Floats, *, trees: int, sample: int, random_state: Any) -> Self:
        """Grow trees on samples of rows, which are numbers without gaps.

        Cuts are uniform on the inverse hyperbolic sine of the robust standard score, so that a few wild values don't
        draw all the cuts of a column. The thresholds are told in the column's own units.
        """
        scales = _Scales.of(rows)
        forest = IsolationForest(n_estimators=trees, max_samples=min(sample, len(rows)), random_state=random_state)
        grown = [each.tree_ for each in forest.fit(scales.bent(rows)).estimators_]
        numbers = [_siblings_side_by_side(tree) for tree in grown]
        firsts = np.cumsum([0, *(tree.node_count for tree in grown)])
        expected = max(float(_expected_cuts(np.array([forest.max_samples_]))[0]), 1.0)
        feature = _joined([tree.feature for tree in grown], numbers).clip(0).astype(np.intp)
        bent = _joined([np.where(tree.feature < 0, np.inf, tree.threshold) for tree in grown], numbers)
        lefts = [_lefts(tree, own) + first for tree, own, first in zip(grown, numbers, firsts, strict=False)]
        return cls(
            roots=firsts[:-1].astype(np.intp),
            feature=feature,
            threshold=scales.unbent(bent, feature),
            left=_joined(lefts, numbers).astype(np.intp),
            length=_joined([_lengths(tree) for tree in grown], numbers) / expected,
            depth=max(tree.max_depth for tree in grown),
        )

    def isolation(self, rows: Floats) -> Floats:
        """Give each row's score of Liu et al.: 2^(−mean length), near 1 where few cuts set it apart."""
        lengths = np.zeros(len(rows))
        add_lengths(rows, self.roots, self._cuts, self.length, self.depth, lengths)
        scores: Floats = 2.0 ** -(lengths / len(self.roots))
        return scores

    @cached_property
    def _cuts(self) -> NDArray[np.void]:
        """What is asked at a node lies together: a walk comes to hundreds of them, all over the forest."""
        cuts = np.empty(len(self.left), dtype=[("threshold", "f8"), ("feature", "i4"), ("left", "i4")])
        cuts["threshold"], cuts["feature"], cuts["left"] = self.threshold, self.feature, self.left
        return cuts


@dataclass(frozen=True, slots=True)
class _Scales:
    """Where each column's values lie, by its quartiles; by its standard deviation where these are one."""

    middle: Floats
    width: Floats

    @classmethod
    def of(cls, rows: Floats) -> Self:
        low, middle, high = np.quantile(rows, [0.25, 0.5, 0.75], axis=0)
        with np.errstate(over="ignore", invalid="ignore"):
            width = np.where(high > low, (high - low) / NORMAL_QUARTILES, rows.std(axis=0))
        return cls(middle, np.where((width > 0) & np.isfinite(width), width, 1.0))

    def bent(self, rows: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return np.arcsinh((rows - self.middle) / self.width).clip(-FAR, FAR)

    def unbent(self, bent: Floats, feature: Numbers) -> Floats:
        with np.errstate(over="ignore"):
            values: Floats = np.sinh(bent) * self.width[feature] + self.middle[feature]
        return values


def _siblings_side_by_side(tree: Any) -> Numbers:
    """Give each node a new number, so that the right child's is the left one's and one more."""
    numbers = np.zeros(tree.node_count, dtype=np.intp)
    inner = np.flatnonzero(tree.children_left >= 0)
    numbers[tree.children_left[inner]] = 2 * np.arange(len(inner)) + 1
    numbers[tree.children_right[inner]] = 2 * np.arange(len(inner)) + 2
    return numbers


def _lefts(tree: Any, numbers: Numbers) -> Numbers:
    """Give the new number of each node's left child; of a leaf its own."""
    lefts: Numbers = np.where(tree.children_left >= 0, numbers[tree.children_left], numbers)
    return lefts


def _joined(parts: list[Any], numbers: list[Numbers]) -> Any:
    """Put what is known of each tree's nodes in the order of their new numbers, tree after tree."""
    return np.concatenate([part[np.argsort(own)] for part, own in zip(parts, numbers, strict=True)])


def _lengths(tree: Any) -> Floats:
    """Cuts to each node, and those that its rows would still need if it were grown out."""
    depth = np.zeros(tree.node_count)
    for node in np.flatnonzero(tree.children_left >= 0):  # parents come before their children
        depth[[tree.children_left[node], tree.children_right[node]]] = depth[node] + 1
    return depth + _expected_cuts(tree.n_node_samples)


def _expected_cuts(rows: NDArray[Any]) -> Floats:
    """Give c(n) of Liu et al., the mean way of an unsuccessful search: 2·H(n − 1) − 2·(n − 1)/n; 1 for two, 0 for one.

    H is the harmonic number, by its logarithm from three rows on.
    """
    others = np.maximum(rows - 1, 1).astype(float)
    grown_out = 2 * (np.log(others) + EULER) - 2 * others / (others + 1)
    return np.select([rows <= 1, others == 1], [0.0, 1.0], grown_out)
