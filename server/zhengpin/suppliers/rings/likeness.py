"""How alike two texts are, in five degrees."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from zhengpin.suppliers.rings.text_table import Places, TextColumn, TextTable

Degrees: TypeAlias = NDArray[np.int8]


class Degree(IntEnum):
    """How alike two texts are."""

    UNKNOWN = 0
    """One of them is not known: that says nothing."""
    UNLIKE = 1
    SIMILAR = 2
    """Several typing errors, or one name shortened."""
    NEAR = 3
    """One typing error, or another character with the same sound."""
    SAME = 4


SIMILAR_FROM: Final = 0.85
"""Jaro-Winkler similarity; Winkler's own comparisons of names call less than that a disagreement."""
ONE_ERROR: Final = 1
"""A letter left out, added, wrong, or changing places with the next one (optimal string alignment)."""


def degrees(table: TextTable, one: Places, other: Places) -> Degrees:
    """Compare rows by pairs: a row a pair, a column a column of the table, and then one for each pair of twins.

    Where twins are more alike crosswise, that is how they are compared; their own column then says `SIMILAR`, else
    `UNLIKE`, and a model learns how often records are told so.
    """
    seen = [_compared(column, column, one, other) for column in table.columns]
    crossed = []
    for first, second in table.twins:
        there = _compared(table.columns[first], table.columns[second], one, other)
        back = _compared(table.columns[second], table.columns[first], one, other)
        cross = _alike(there) + _alike(back) > _alike(seen[first]) + _alike(seen[second])
        seen[first], seen[second] = np.where(cross, there, seen[first]), np.where(cross, back, seen[second])
        crossed.append(np.where(cross, Degree.SIMILAR, Degree.UNLIKE).astype(np.int8))
    return np.column_stack(seen + crossed)


def _alike(seen: Degrees) -> Degrees:
    return np.maximum(seen, Degree.UNLIKE)


def _compared(column: TextColumn, against: TextColumn, one: Places, other: Places) -> Degrees:
    written, there = column.written[one], against.written[other]
    spoken, spoken_there = column.spoken[one], against.spoken[other]
    seen = np.full(len(one), Degree.UNLIKE, dtype=np.int8)
    similarity = cpdist(spoken, spoken_there, scorer=JaroWinkler.similarity, dtype=np.float32)
    seen[similarity >= SIMILAR_FROM] = Degree.SIMILAR
    errors = cpdist(spoken, spoken_there, scorer=OSA.distance, score_cutoff=ONE_ERROR, dtype=np.int32)
    seen[errors <= ONE_ERROR] = Degree.NEAR
    seen[written == there] = Degree.SAME
    seen[(written == "") | (there == "")] = Degree.UNKNOWN
    return seen
