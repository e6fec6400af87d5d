"""What each value of a row adds to its being unlike the others: tables, looked up by column and place.

A category of goods has tables of its own where it has rows enough; the fewer it has, the more they lean on all rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.marginals import Column, Floats, places_of

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
        """Give the two views of each row: views × rows."""
        sums = np.zeros((2, len(rows)))
        for number, (values, knots) in enumerate(zip(rows.T, self.knots, strict=True)):
            places = np.where(np.isnan(values), self.tables.shape[3] - 1, places_of(values, knots))
            sums += self.tables[parts, :, number, places].T
        return sums

    def of_one(self, row: Sequence[float], part: int) -> tuple[float, float]:
        """Give the two views of a single row."""
        last = self.tables.shape[3] - 1
        places = [
            start + last if isnan(value) else start + 2 * (place := bisect_left(knots, value)) + (knots[place] == value)
            for value, knots, start in zip(row, self._knots, self._starts, strict=True)
        ]
        at = np.array(places)
        tails, sparsity = self._lines[part]
        return float(tails.take(at).sum()), float(sparsity.take(at).sum())

    @cached_property
    def _knots(self) -> list[list[float]]:
        lists: list[list[float]] = self.knots.tolist()
        return lists

    @cached_property
    def _starts(self) -> list[int]:
        return [column * self.tables.shape[3] for column in range(self.tables.shape[2])]

    @cached_property
    def _lines(self) -> list[tuple[Floats, ...]]:
        return [tuple(view.ravel().astype(np.float64) for view in part) for part in self.tables]


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
