"""What labels taught: boosted trees, and what their margins mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.calibration import Calibration
from zhengpin.risk.decision_tables import DecisionTables
from zhengpin.risk.features import Matrix
from zhengpin.risk.questions import Patterns

_TABLES = ("base", "features", "thresholds", "unknown_left", "leaves", "weights", "width")


@dataclass(frozen=True)
class Classifier:
    """Gives the probability that a row of features is a fake's."""

    tables: DecisionTables
    calibration: Calibration

    def probabilities(self, rows: Matrix) -> NDArray[np.float64]:
        """Calibrated, (rows,)."""
        return self.calibration(self.tables.margins(rows))

    def probabilities_by(self, patterns: Patterns) -> NDArray[np.float64]:
        """Calibrated, (rows,), from the answers to its trees' questions."""
        return self.calibration(self.tables.margins_of(patterns))

    @property
    def trees(self) -> int:
        """How many trees it has."""
        return len(self.tables.leaves)

    def state(self) -> dict[str, Any]:
        """Everything as arrays and numbers."""
        return {
            **{name: getattr(self.tables, name) for name in _TABLES},
            "margins": self.calibration.margins,
            "probabilities": self.calibration.probabilities,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """As `state` gave it."""
        return cls(
            DecisionTables(**{name: state[name] for name in _TABLES}),
            Calibration(state["margins"], state["probabilities"]),
        )
