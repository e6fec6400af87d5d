"""What trees of depth three ask of a row, and each tree's seven answers as one number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.features import Matrix
from zhengpin.risk.inner_loops import answer

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
        """Answer by row and tree. Rows may have more columns than are asked for; fewer are an `IndexError`."""
        if not 0 <= self._asked[0] <= self._asked[1] < rows.shape[1]:
            raise IndexError(f"the trees ask for columns {self._asked[0]} to {self._asked[1]} of {rows.shape[1]}")
        patterns = np.empty((len(rows), len(self.features)), dtype=np.uint8)
        answer(rows, self.features, self.thresholds, self.unknown_left.view(np.uint8), patterns)
        return patterns

    @cached_property
    def _asked(self) -> tuple[int, int]:
        """The first column that is asked for, and the last."""
        return int(self.features.min()), int(self.features.max())
