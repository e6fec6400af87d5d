"""What the links of a marketplace's suppliers are weighed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Table: TypeAlias = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class TextWeights:
    """How much it says that names and addresses agree; a row of `m` and `u` for each of their parts."""

    m: Table
    """How likely each degree of likeness is among pairs that belong together."""
    u: Table
    """How likely it is among strangers."""
    counts: tuple[Mapping[str, int], ...]
    """Of each part: how many suppliers share what; what no more than two do is left out."""
    known: tuple[int, ...]
    """Of each part: of how many suppliers it is known."""
    prior: float
    """The share of all pairs that belong together."""


@dataclass(frozen=True, slots=True)
class LinkModel:
    """What was learned of a whole marketplace at once; every edge hangs on it."""

    version: str
    suppliers: int
    """How many to reckon with: rounded up, so that a new one does not change every edge."""
    texts: TextWeights | None = None
    """`None` where there was too little to learn from: names and addresses then say nothing."""


@dataclass(frozen=True, slots=True)
class LinkingState:
    """How far a marketplace is linked."""

    version: str
    """Of the model; empty before the first one."""
    suppliers: int = 0
    reached: str = ""
    """The last supplier, by id, that was linked anew with this model."""
    finished_at: datetime | None = None
    """When all were."""
    commits: int = 0
    """How often edges were written; whoever read before another wrote has to read again."""
