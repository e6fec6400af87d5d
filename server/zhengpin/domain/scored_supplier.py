"""Scores as they are kept: what they were made of, how they changed, and how lists of them are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from zhengpin.domain.supplier_score import Band, Blemishes, EvidenceSums, PriorTable, ScorePoints

NEWCOMER: Final = (200, Band.NORMAL)
"""Points and band of who was never scored."""
UNBLEMISHED: Final = Blemishes()


@dataclass(frozen=True, slots=True)
class SupplierEvidence:
    """All that counts of one supplier, as of a moment."""

    sums: EvidenceSums
    blemishes: Blemishes = UNBLEMISHED
    category: str = ""
    """Of most of its listings."""
    due_on: date | None = None
    """The UTC day on which time alone will add something: an order that may be late by then, a paper that ends."""


@dataclass(frozen=True, slots=True)
class ScoredSupplier:
    """A supplier as it was last scored. With its prior table this is all that its score is made of."""

    supplier_id: str
    evidence: SupplierEvidence
    stands: ScorePoints
    scored_at: datetime
    priors: str
    """The version of the prior table."""


@dataclass(frozen=True, slots=True)
class FittedPriors:
    """A prior table, and how far all suppliers were scored anew with it."""

    table: PriorTable
    reached: str = ""
    """The last supplier that was."""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score that became another one."""

    number: int
    """In the order of commits."""
    supplier_id: str
    points_before: int
    band_before: Band
    stands: ScorePoints
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ScoreChangeFilter:
    """Which changes are wanted."""

    supplier_ids: tuple[str, ...] = ()
    """Empty is of all."""
    band_changes_only: bool = False


@dataclass(frozen=True, slots=True)
class ScoreFilter:
    """Which suppliers' scores are wanted."""

    category: str = ""
    """Of most of their listings, or one above it; empty is any."""
    bands: tuple[Band, ...] = ()
    """Any of these; empty is all."""


@dataclass(frozen=True, slots=True)
class ScoredPage:
    """A page of suppliers by their score, the best first."""

    suppliers: tuple[ScoredSupplier, ...]
    next_page_token: str = ""
    """Empty on the last page."""
