"""The features of pairs of offers, as one table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from zhengpin.detectors.products.catalogue import Catalogue, Column, Places
from zhengpin.detectors.products.likeness import Likeness

RIVALRY = ("weighted jaccard", "left contained if misspelt", "all words", "characters", "price distance")
"""By which of the features a pair is compared with its rivals."""
UNKNOWN = -100.0
"""Below whatever a feature may be."""
_FARTHER_IS_LESS = "price distance"


def pair_features(catalogue: Catalogue, left: Places, right: Places) -> dict[str, Column]:
    """Give every feature of each pair of places by name; nan where nothing is known.

    Some compare a pair with its rivals, those among the pairs that share an offer with it: all candidates of an offer
    should be given together.
    """
    columns = _likeness(catalogue, left, right) | catalogue.cosines(left, right)
    for name in RIVALRY:
        likeness = -columns[name] if name == _FARTHER_IS_LESS else columns[name]
        known = np.nan_to_num(likeness, nan=np.nanmin(likeness, initial=0) - 1)
        for side, places in (("left", left), ("right", right)):
            rank, margin = against_rivals(known, places)
            columns[f"{name}: rank, {side}"], columns[f"{name}: margin, {side}"] = rank, margin
    return columns


def table_of(columns: dict[str, Column]) -> npt.NDArray[np.float64]:
    """Lay columns side by side, with `UNKNOWN` for what isn't known: scikit-learn refuses a column without numbers."""
    return np.nan_to_num(np.column_stack(list(columns.values())), nan=UNKNOWN)


def _likeness(catalogue: Catalogue, left: Places, right: Places) -> dict[str, Column]:
    texts, weights = catalogue.texts, catalogue.weights

    def rows() -> Iterator[dict[str, float]]:
        for one, other in zip(left.tolist(), right.tolist(), strict=True):
            yield Likeness(texts[one], texts[other], weights).features()

    table = list(rows())
    return {name: np.array([row[name] for row in table], dtype=np.float64) for name in (table[0] if table else ())}


def against_rivals(likeness: Column, places: Places) -> tuple[Column, Column]:
    """Give each pair's rank among those that share the offer at its place (0 is the best), and its lead.

    The lead is over the best of the others, negative for whoever does not lead; 0 without rivals.
    """
    order = np.lexsort((-likeness, places))
    ordered, groups = likeness[order], places[order]
    starts = np.r_[True, groups[1:] != groups[:-1]][: len(order)]
    position = np.arange(len(order))
    first = np.maximum.accumulate(np.where(starts, position, 0))
    second = np.minimum(first + 1, len(order) - 1)
    alone = groups[second] != groups
    alone |= second == first
    rival = np.where(position == first, ordered[second], ordered[first])
    rank, margin = np.empty(len(order)), np.empty(len(order))
    rank[order] = position - first
    margin[order] = np.where(alone, 0.0, ordered - rival)
    return rank, margin
