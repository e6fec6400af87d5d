"""What trees of depth three ask of a row, and each tree's seven answers as one number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.features import Matrix

DEPTH = 3
QUESTIONS = 2**DEPTH - 1
PATTERNS = 2**QUESTIONS

Patterns = NDArray[np.uint8]
"""(rows, trees): bit q is set where the answer to question q is "right"."""


@dataclass(frozen=True)
class Questions:
    """Question q of a tree goes on to question 2q + 1 on the left, and to 2q + 2 on the right."""

    features: NDArray[np.int64]
    """(trees, questions): which feature is asked for."""
    thresholds: NDArray[np.float64]
    """(trees, questions): left up to here."""
    unknown_left: NDArray[np.bool_]
    """(trees, questions): where an unknown value goes."""

    def and_then(self, others: Questions) -> Self:
        """These trees, and after them others that ask of the same row: both together cost little more than one."""
        return type(self)(
            np.concatenate((self.features, others.features)),
            np.concatenate((self.thresholds, others.thresholds)),
            np.concatenate((self.unknown_left, others.unknown_left)),
        )

    def patterns(self, rows: Matrix) -> Patterns:
        """Answer by row and tree. Rows may have more columns than are asked for.

        Each value stands there twice, and where it is unknown once far below every threshold and once far above: a
        question looks where its unknown values go.
        """
        twice = np.empty((len(rows), 2 * rows.shape[1]))
        np.fmax(rows, -np.inf, out=twice[:, ::2])  # of an unknown value and another fmax and fmin take the other
        np.fmin(rows, np.inf, out=twice[:, 1::2])
        right = twice.take(self._asked, axis=1) > self._finite
        return np.packbits(right, axis=1, bitorder="little")

    @cached_property
    def _asked(self) -> NDArray[np.int64]:
        """Where the questions look, tree after tree. Each has an eighth, for a byte has eight bits: its answer is 0."""
        return _with_eighth(2 * self.features + ~self.unknown_left, 0)

    @cached_property
    def _finite(self) -> NDArray[np.float64]:
        """The thresholds, below infinity: where only the unknown goes right, it must be above."""
        finite: NDArray[np.float64] = np.minimum(_with_eighth(self.thresholds, np.inf), np.finfo(np.float64).max)
        return finite


def _with_eighth(questions: NDArray[Any], fill: float) -> NDArray[Any]:
    return np.pad(questions, ((0, 0), (0, 1)), constant_values=fill).ravel()
