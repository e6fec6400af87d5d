"""Gradient boosting on signals, kept as decision tables."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from zhengpin.risk.decision_tables import LEAVES, DecisionTables
from zhengpin.risk.features import Matrix
from zhengpin.risk.questions import DEPTH, QUESTIONS
from zhengpin.risk.rule_columns import RISING_RULES

TREES = 600
LEARNING_RATE = 0.05
L2 = 5.0
LEAST_IN_A_LEAF = 20

RISING = frozenset(
    {
        "brand.letter_shared_by_strangers",
        "listing.images_of_strangers",
        "orders.fake_complaints_90d",
        "orders.fake_complaint_share_lower",
        "orders.not_as_described_90d",
        "orders.not_as_described_share_lower",
        "orders.refund_share_lower",
        "orders.return_share_lower",
        "supplier.complaining_orders_30d",
        "supplier.defect_share_lower",
        "supplier.fake_complaints_30d",
        "supplier.return_share_lower",
    }
)
"""More complaints, returns and papers shared with strangers never make a listing more trustworthy."""
FALLING = frozenset(
    {
        "price.group_market_z",
        "price.group_vs_market",
        "price.market_z",
        "price.vs_market",
        "price.vs_reference",
        "price.vs_rrp",
        "shop.reputation",
    }
)
"""Dear is not guilty: a higher price never makes a listing more suspicious; nor does a better reputation."""


def boost(
    rows: Matrix,
    fakes: NDArray[np.bool_],
    signals: Sequence[str],
    *,
    unseen: AbstractSet[str] = frozenset(),
    seed: int,
    trees: int = TREES,
) -> DecisionTables:
    """Learn to tell fakes by their features, (rows, features).

    `signals` names what each feature is read from; those among the `unseen` are left aside, and so are features that
    say nothing in these rows: never known, or always the same.
    """
    telling = np.flatnonzero(
        [signal not in unseen and _tells(column) for signal, column in zip(signals, rows.T, strict=True)]
    )
    shown = [signals[place] for place in telling.tolist()]
    model = HistGradientBoostingClassifier(
        max_depth=DEPTH,
        max_leaf_nodes=LEAVES,
        max_iter=trees,
        learning_rate=LEARNING_RATE,
        l2_regularization=L2,
        min_samples_leaf=LEAST_IN_A_LEAF,
        monotonic_cst=[(signal in RISING | RISING_RULES) - (signal in FALLING) for signal in shown],
        early_stopping=False,
        random_state=seed,
    ).fit(rows[:, telling], fakes)
    return tables_of(model, telling, rows.shape[1])


def tables_of(model: HistGradientBoostingClassifier, telling: NDArray[np.intp], width: int) -> DecisionTables:
    """A fitted model's trees over rows of `width` features, of which it has seen those at the places `telling`."""
    trees = [tree for (tree,) in model._predictors]  # noqa: SLF001  scikit-learn gives its trees nowhere else
    tables = DecisionTables(
        base=float(model._baseline_prediction.item()),  # noqa: SLF001  as above
        features=np.zeros((len(trees), QUESTIONS), dtype=np.int64),
        thresholds=np.full((len(trees), QUESTIONS), np.inf),
        unknown_left=np.ones((len(trees), QUESTIONS), dtype=bool),
        leaves=np.zeros((len(trees), LEAVES)),
        weights=np.full((len(trees), QUESTIONS), 0.5),
        width=width,
    )
    for place, tree in enumerate(trees):
        _Copying(tree.nodes, place, telling, tables).copy(0, 0)
    return tables


def _tells(column: NDArray[np.float64]) -> bool:
    known = column[~np.isnan(column)]
    return known.size > 0 and known.min() < known.max()


@dataclass(frozen=True, slots=True)
class _Copying:
    """Copies one tree of scikit-learn's into the tables."""

    nodes: NDArray[np.void]
    tree: int
    telling: NDArray[np.intp]
    tables: DecisionTables

    def copy(self, node: int, question: int) -> None:
        """Copy a node and what hangs on it to the place of a question; a leaf fills all the places below it."""
        this, tables = self.nodes[node], self.tables
        if question >= QUESTIONS:
            tables.leaves[self.tree, question - QUESTIONS] = this["value"]
            return
        left, right = 2 * question + 1, 2 * question + 2
        if this["is_leaf"]:
            self.copy(node, left)
            self.copy(node, right)
            return
        tables.features[self.tree, question] = self.telling[this["feature_idx"]]
        tables.thresholds[self.tree, question] = this["num_threshold"]
        tables.unknown_left[self.tree, question] = this["missing_go_to_left"]
        tables.weights[self.tree, question] = self.nodes[this["left"]]["count"] / this["count"]
        self.copy(int(this["left"]), left)
        self.copy(int(this["right"]), right)
