"""What each value of a row adds to its being unlike the others: tables, looked up by column and place.

A category of goods has tables of its own where it has rows enough; the fewer it has, the more they lean on all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.inner_loops import add_surprisals
from zhengpin.risk.marginals import Column, Floats

Parts = NDArray[np.intp]
"""Of each row the number of its table: 0 is that of all rows."""


@dataclass(frozen=True)
class Surprisals:
    """Two views of a row, each a sum over its columns: how far in the tails, and how sparse where it lies.

    In nats above the column's mean; what is missing adds nothing.
    """

    knots: Floats
    """A row a column, rising, filled up with infinity, which the last one always is."""
    tables: NDArray[np.float32]
    """Parts × views × columns × places; the last place is that of a missing value."""

    @classmethod
    def of(cls, rows: Floats, parts: Parts, *, prior: float) -> Surprisals:
        """Learn all rows, and each part as if it had `prior` rows more that are spread as all are."""
        columns = [Column.of(values) for values in rows.T]
        knots = _side_by_side([column.knots for column in columns])
        tables = np.zeros((int(parts.max(initial=0)) + 1, 2, len(columns), 2 * knots.shape[1] + 2), dtype=np.float32)
        for number, (whole, values) in enumerate(zip(columns, rows.T, strict=True)):
            _fill(tables[0, :, number], whole)
            for part in range(1, len(tables)):
                _fill(tables[part, :, number], whole.part(values[parts == part], prior))
        return cls(knots, tables)

    def of_rows(self, rows: Floats, parts: Parts) -> Floats:
        """Give the two views of each row, which has a number for each column, NaN where missing: views × rows."""
        sums = np.zeros((2, len(rows)))
        add_surprisals(rows, parts, self.knots, self._many, self._both_views, sums)
        return sums

    @cached_property
    def _many(self) -> Parts:
        """By column, its knots that are not infinite."""
        many: Parts = np.isfinite(self.knots).sum(axis=1)
        return many

    @cached_property
    def _both_views(self) -> NDArray[np.float32]:
        """Parts × columns × places × views: what is read together lies together, for a row has left the cache."""
        return np.ascontiguousarray(self.tables.transpose(0, 2, 3, 1))


def _fill(lines: NDArray[np.float32], column: Column) -> None:
    """Write a column's two views into its lines; places beyond its own are those after its last knot."""
    views = np.stack([column.rarer_tail(), column.sparsity()])
    views -= (views @ column.counts / max(column.counts.sum(), 1))[:, None]
    own = views.shape[1]
    lines[:, :own] = views
    lines[:, own:-1] = views[:, -1:]


def _side_by_side(knots: Sequence[Floats]) -> Floats:
    filled = np.full((len(knots), max(map(len, knots)) + 1), np.inf)
    for line, own in zip(filled, knots, strict=True):
        line[: len(own)] = own
    return filled
