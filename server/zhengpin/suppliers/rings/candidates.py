"""Which rows to compare at all: those that begin or end alike, or are the same, in two different respects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

import numpy as np

from zhengpin.suppliers.rings.text_table import Places, Texts, TextTable

CROWDED: Final = 100
"""What more than so many rows have in common leads to nobody."""
_PIECE = 3
_NOTHING: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A code for each row's piece of text: one number for one text, -1 for none."""

    columns: tuple[Places, ...]
    """One, or those of two twins in one coding."""
    codes: int


def candidate_pairs(table: TextTable) -> tuple[Places, Places]:
    """Give every pair to compare once, the lower row first.

    A typing error spoils the start or the end of a text and seldom both, so the first and the last three letters stand
    for it, and the whole text where those are too common. Two texts must agree: of one alone there are too many.
    """
    aspects = [_pieces(table, columns) for columns in _aspects(table)]
    found = [_NOTHING]
    for first, second in combinations(aspects, 2):
        found += [_pairs(len(table), one, other) for one, other in product(first, second)]
    keys = np.unique(np.concatenate(found))
    return keys // len(table), keys % len(table)


def _aspects(table: TextTable) -> Iterator[tuple[int, ...]]:
    """Columns that agree for different reasons; twins may agree crosswise and are one."""
    paired = {place for twins in table.twins for place in twins}
    yield from table.twins
    yield from ((place,) for place in range(len(table.columns)) if place not in paired)


def _pieces(table: TextTable, columns: tuple[int, ...]) -> list[_Piece]:
    spoken = [table.columns[place].spoken for place in columns]
    starts = [_cut(column, slice(None, _PIECE)) for column in spoken]
    ends = [_cut(column, slice(-_PIECE, None)) for column in spoken]
    return [_coded(starts), _coded(ends), _coded(spoken)]


def _cut(column: Texts, piece: slice) -> Texts:
    return np.array([text[piece] for text in column.tolist()], dtype=np.object_)


def _coded(columns: list[Texts]) -> _Piece:
    texts, codes = np.unique(np.concatenate(columns).astype(str), return_inverse=True)
    codes = codes.astype(np.int64)
    codes[(texts == "")[codes]] = -1
    return _Piece(tuple(np.split(codes, len(columns))), len(texts))


def _pairs(rows: int, one: _Piece, other: _Piece) -> Places:
    """Pairs of rows that share both pieces, each as `lower * rows + higher`."""
    row, key = [], []
    for first, second in product(one.columns, other.columns):
        known = np.flatnonzero((first >= 0) & (second >= 0))
        row.append(known)
        key.append(first[known] * other.codes + second[known])
    return _pairs_of_one_key(rows, np.concatenate(row), np.concatenate(key))


def _pairs_of_one_key(rows: int, row: Places, key: Places) -> Places:
    order = np.lexsort((row, key))
    row, key = row[order], key[order]
    _, first, count = np.unique(key, return_index=True, return_counts=True)
    ends = np.repeat(first + np.where(count > CROWDED, 0, count), count)
    followers = np.maximum(ends - np.arange(len(key)) - 1, 0)
    one = np.repeat(np.arange(len(key)), followers)
    began = np.repeat(np.cumsum(followers) - followers, followers)
    other = one + 1 + np.arange(len(one)) - began
    apart = row[one] != row[other]
    return np.unique(row[one][apart] * rows + row[other][apart])
