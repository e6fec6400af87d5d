"""Boosted trees of depth three as tables: a row's margin, and what each feature adds to it, are looked up.

A tree of depth three asks at most seven questions, so that it knows a row only as one of 128 patterns of answers. What
it answers to each pattern can be worked out once, and so can each feature's exact share in that answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.features import Matrix
from zhengpin.risk.inner_loops import add_answers, add_shares
from zhengpin.risk.questions import DEPTH, PATTERNS, QUESTIONS, Patterns, Questions

LEAVES = 2**DEPTH
_ROWS_AT_ONCE = 2_000
_BITS = (2 ** np.arange(QUESTIONS)).astype(np.uint8)
_ANSWERS = (np.arange(PATTERNS)[:, None] & _BITS).astype(bool)
"""(patterns, questions): whether the answer is "right"."""


@dataclass(frozen=True)
class DecisionTables:
    """Trees as arrays. Question q of a tree goes on to question 2q + 1 on the left, and to 2q + 2 on the right."""

    base: float
    """The margin before the first tree, in log-odds."""
    features: NDArray[np.int64]
    """(trees, questions): which feature is asked for."""
    thresholds: NDArray[np.float64]
    """(trees, questions): left up to here."""
    unknown_left: NDArray[np.bool_]
    """(trees, questions): where an unknown value goes."""
    leaves: NDArray[np.float64]
    """(trees, leaves): log-odds, from left to right."""
    weights: NDArray[np.float64]
    """(trees, questions): the share of training rows that went left, of those that came to the question."""
    width: int
    """How many features a row has."""

    @cached_property
    def questions(self) -> Questions:
        """What the trees ask."""
        return Questions(self.features, self.thresholds, self.unknown_left)

    def margins(self, rows: Matrix) -> NDArray[np.float64]:
        """Log-odds by row, (rows,)."""
        pages = (rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows), _ROWS_AT_ONCE))
        return np.concatenate([np.empty(0), *(self.margins_of(self.questions.patterns(page)) for page in pages)])

    def margins_of(self, patterns: Patterns) -> NDArray[np.float64]:
        """Log-odds by row, (rows,), from the answers to the questions."""
        found = np.full(len(patterns), self.base)
        add_answers(self.leaves, patterns, found)
        return found

    def contributions(self, rows: Matrix) -> Matrix:
        """What each feature adds to a row's log-odds, (rows, features); with `expected` they add up to its margin.

        Shapley values of the game whose worth for a set of known features is the margin expected by the training rows
        that came to each question (path-dependent TreeSHAP: Lundberg et al. 2020, Nature Machine Intelligence 2:56).
        """
        return self.contributions_of(self.questions.patterns(rows))

    def contributions_of(self, patterns: Patterns) -> Matrix:
        """The contributions, from the answers to the questions."""
        added = np.zeros((len(patterns), self.width))
        add_shares(self._shares, patterns, self.features, added)
        return added

    @cached_property
    def expected(self) -> float:
        """The margin of a row of which nothing is known."""
        nothing = np.zeros(QUESTIONS, dtype=bool)
        return float(self.base + self._worth(nothing)[:, 0].sum())

    def _worth(self, known: NDArray[np.bool_]) -> NDArray[np.float64]:
        """(trees, patterns): what a tree expects of each pattern if it hears only the answers to known questions."""
        level = [np.repeat(self.leaves[:, place, None], PATTERNS, axis=1) for place in range(LEAVES)]
        for first in (3, 1, 0):
            level = [
                self._either(first + place, level[2 * place], level[2 * place + 1], heard=bool(known[first + place]))
                for place in range(len(level) // 2)
            ]
        return level[0]

    def _either(
        self, question: int, left: NDArray[np.float64], right: NDArray[np.float64], *, heard: bool
    ) -> NDArray[np.float64]:
        if heard:
            return np.where(_ANSWERS[:, question], right, left)
        share = self.weights[:, question, None]
        return share * left + (1 - share) * right

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        """(trees, patterns, questions): the Shapley value of the feature behind each question.

        A feature that a tree asks for more than once has its whole value at its first question.
        """
        worths = np.stack([self._worth(known) for known in _ANSWERS])
        shares = np.zeros((len(self.leaves), PATTERNS, QUESTIONS))
        for shape, trees in self._trees_by_shape().items():
            players = [np.flatnonzero(np.array(shape) == first) for first in sorted(set(shape))]
            for place, player in enumerate(players):
                others = [other for each, other in enumerate(players) if each != place]
                shares[trees, :, player[0]] = _shapley_value(worths[:, trees], player, others)
        return shares

    def _trees_by_shape(self) -> dict[tuple[int, ...], list[int]]:
        """Trees by which of their questions ask for one and the same feature: each question's first of its kind."""
        found: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for tree, features in enumerate(self.features.tolist()):
            found[tuple(features.index(each) for each in features)].append(tree)
        return found


def _shapley_value(worths: NDArray[np.float64], player: NDArray[np.int64], others: list[Any]) -> NDArray[np.float64]:
    """(trees, patterns): a player's mean gain over all orders in which the others may come (Shapley 1953)."""
    joined = int(_BITS[player].sum())
    value = np.zeros(worths.shape[1:])
    for size in range(len(others) + 1):
        weight = factorial(size) * factorial(len(others) - size) / factorial(len(others) + 1)
        for group in combinations(others, size):
            before = sum(int(_BITS[each].sum()) for each in group)
            value += weight * (worths[before | joined] - worths[before])
    return value
