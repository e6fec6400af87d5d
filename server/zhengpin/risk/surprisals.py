"""What each value of a row adds to its being unlike the others: tables, looked up by column and place.

A category of goods has tables of its own where it has rows enough; the fewer it has, the more they lean on all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhengpin.risk.marginals import Column, Floats, places_of

Complexes = NDArray[np.complex128]
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

    def of_one(self, row: Floats, part: int) -> tuple[float, float]:
        """Give the two views of a single row, which has a number for each column, NaN where missing."""
        sought = self._columns.copy()
        sought.imag = row
        found = self._line.searchsorted(sought)
        places = 2 * found + (self._line.take(found, mode="clip") == sought) + self._shifts
        np.copyto(places, self._lasts, where=np.isnan(row))
        tails, sparsity = self._views[part].take(places, axis=1).sum(axis=1).tolist()
        return tails, sparsity

    @cached_property
    def _columns(self) -> Complexes:
        return np.arange(len(self.knots)).astype(np.complex128)

    @cached_property
    def _line(self) -> Complexes:
        """The knots of all columns, and infinity after each: one bisection finds every value in its own column.

        For complex numbers are in the order of their real parts, here the columns, and then of their imaginary ones.
        """
        told = self._told
        line = np.repeat(self._columns, told.sum(axis=1))
        line.imag = self.knots[told]
        return line

    @cached_property
    def _told(self) -> NDArray[np.bool_]:
        """(columns, knots): each column's knots and the first infinity after them."""
        told: NDArray[np.bool_] = np.arange(self.knots.shape[1]) <= np.isfinite(self.knots).sum(axis=1)[:, None]
        return told

    @cached_property
    def _shifts(self) -> Parts:
        """By column, what leads from twice a knot's place in the line to its place in the tables."""
        many = self._told.sum(axis=1)
        starts: Parts = np.arange(len(many)) * self.tables.shape[3] - 2 * (np.cumsum(many) - many)
        return starts

    @cached_property
    def _lasts(self) -> Parts:
        """Of each column, the place of a missing value."""
        lasts: Parts = np.arange(1, len(self.knots) + 1) * self.tables.shape[3] - 1
        return lasts

    @cached_property
    def _views(self) -> list[Floats]:
        """Of each part, views × places of all columns."""
        return [part.reshape(len(part), -1).astype(np.float64) for part in self.tables]


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
