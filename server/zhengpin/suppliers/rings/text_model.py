"""How much it says that names and addresses agree: Fellegi and Sunter's model, learned without labels.

Source: I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969); W. E. Winkler, Frequency-Based
Matching in the Fellegi-Sunter Model of Record Linkage, US Census RR2000/06.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from zhengpin.domain.link_model import Table, TextWeights
from zhengpin.suppliers.rings.likeness import Degree, Degrees, degrees
from zhengpin.suppliers.rings.text_table import Flags, Floats, Places, TextColumn, TextTable

RANDOM_PAIRS: Final = 200_000
"""To see how alike strangers are."""
ROUNDS: Final = 50
_SETTLED: Final = 1e-4
_FIRST_GUESS: Final = (0.1, 0.05, 0.15, 0.7)
"""How alike what belongs together is, from unlike to the same, before anything was seen; the data overrule it."""
_SEED: Final = 1969
_SHARERS: Final = 2
"""Who shares a text that few bear, or that the model has not seen, makes two."""


@dataclass(frozen=True, slots=True)
class TextModel:
    """What agreement is worth: a row of `m` and `u` for each column, then one for each pair of twins."""

    m: Floats
    """How likely each degree is among pairs that belong together."""
    u: Floats
    """How likely it is among strangers."""
    counts: tuple[Mapping[str, int], ...]
    """Of each column: how many rows say what; what no more than two say is left out, for a shared text has two."""
    known: tuple[int, ...]
    """Of each column: how many rows say anything."""
    prior: float
    """The share of all pairs that belong together."""

    @classmethod
    def of(cls, weights: TextWeights) -> Self:
        """Take up what was learned before."""
        return cls(np.array(weights.m), np.array(weights.u), weights.counts, weights.known, weights.prior)

    def weights(self) -> TextWeights:
        """Give what was learned, to be kept."""
        return TextWeights(_plain(self.m), _plain(self.u), self.counts, self.known, float(self.prior))

    def bits(self, table: TextTable, one: Places, other: Places) -> Floats:
        """Give the match weight of pairs of rows, each in every column and pair of twins."""
        return _weighed(self.m, self.u, degrees(table, one, other)) + self.rarity(table, one, other)

    def rarity(self, table: TextTable, one: Places, other: Places) -> Floats:
        """Give the bits by which sharing a text says more than sharing an ordinary one of its column.

        That is Winkler's frequency-based matching: `u` of a text is its own frequency.
        """
        columns = [
            _rarity(column, counts, u[Degree.SAME] * max(known, 1), one, other)
            for column, counts, known, u in zip(table.columns, self.counts, self.known, self.u, strict=False)
        ]
        return np.column_stack(columns + [np.zeros(len(one))] * len(table.twins))

    def probability(self, bits: Floats) -> Floats:
        """How likely pairs belong together, by the bits of all their columns."""
        return _probability(bits.sum(axis=1), self.prior)


class TextCounts:
    """How many rows say what, of tables of the same columns one after another."""

    def __init__(self) -> None:
        self._counted: list[Counter[str]] = []

    def add(self, table: TextTable) -> None:
        """Count the rows of one more table."""
        self._counted = self._counted or [Counter() for _ in table.columns]
        for counted, column in zip(self._counted, table.columns, strict=True):
            counted.update(filter(None, column.written.tolist()))

    def of_all(self, model: TextModel) -> TextModel:
        """Give the model with these counts in place of those that it was learned from."""
        counts = tuple({text: count for text, count in each.items() if count > _SHARERS} for each in self._counted)
        return replace(model, counts=counts, known=tuple(each.total() for each in self._counted))


def learn_text_model(table: TextTable, one: Places, other: Places, comparable: int) -> TextModel:
    """Learn from candidate pairs by expectation maximisation, nobody saying which of them belong together.

    `comparable` is how many pairs there are in all: those that are no candidates count as strangers. `u` is what random
    pairs show, and stays; `m` and the prior are estimated.
    """
    strangers = _shares(degrees(table, *_random_pairs(len(table))))
    m = np.tile((0.0, *_FIRST_GUESS), (len(strangers), 1))
    counts = TextCounts()
    counts.add(table)
    model = counts.of_all(TextModel(m, strangers, (), (), prior=len(table) / comparable / 2))
    seen, rarity = degrees(table, one, other), model.rarity(table, one, other)
    for _ in range(ROUNDS):
        before = model.prior
        together = model.probability(_weighed(model.m, model.u, seen) + rarity)
        model = replace(model, m=_shares(seen, together), prior=together.sum() / comparable)
        if abs(model.prior / before - 1) < _SETTLED:
            break
    return model


def _weighed(m: Floats, u: Floats, seen: Degrees) -> Floats:
    weight = np.zeros_like(m)
    weight[:, Degree.UNLIKE :] = np.log2(m[:, Degree.UNLIKE :] / u[:, Degree.UNLIKE :])
    weighed: Floats = weight[np.arange(len(m)), seen]
    return weighed


def _rarity(column: TextColumn, counts: Mapping[str, int], usual: float, one: Places, other: Places) -> Floats:
    """`usual` is how many rows share an ordinary text of the column."""
    same = np.flatnonzero((column.written[one] == column.written[other]) & (column.written[one] != ""))
    shared = np.array([counts.get(text, _SHARERS) for text in column.written[one[same]].tolist()], dtype=np.float64)
    bits = np.zeros(len(one))
    bits[same] = np.log2(usual / shared)
    return bits


def _plain(table: Floats) -> Table:
    return tuple(map(tuple, table.tolist()))


def _shares(seen: Degrees, weights: Floats | None = None) -> Floats:
    """How often each degree occurs in each column where it is known, half a pair more of each."""
    counted = np.array([np.bincount(column, weights, len(Degree)) for column in seen.T])[:, Degree.UNLIKE :] + 0.5
    shares = np.zeros((len(counted), len(Degree)))
    shares[:, Degree.UNLIKE :] = counted / counted.sum(axis=1, keepdims=True)
    return shares


def _random_pairs(rows: int) -> tuple[Places, Places]:
    dice = np.random.default_rng(_SEED)
    one, other = dice.integers(0, rows, (2, RANDOM_PAIRS))
    apart: Flags = one != other
    return one[apart], other[apart]


def _probability(bits: Floats, prior: float) -> Floats:
    odds: Floats = np.clip(bits + np.log2(prior / (1 - prior)), -500, 500)
    likely: Floats = 1 / (1 + np.exp2(-odds))
    return likely
