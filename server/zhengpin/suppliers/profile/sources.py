"""What a profile is made of, as storage reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    DayOfService,
    Deposit,
    Fact,
    Referral,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
    SupplierIncident,
    TraderDetail,
)

Kind = TypeVar("Kind", bound=Fact)

LASTING: Final = (Audit, Deposit, SampleInspection, SupplierDocument, SupplierIncident, TraderDetail)
"""The facts that count however old they are."""
OF_LATE: Final = (DayOfSales, DayOfService)
"""Those of which only the last `LATELY` count."""
LATELY: Final = timedelta(days=92)
"""The longest window, and the two days by which a day is told later than it was."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is stored and that one supplier's profile is made of."""

    supplier: Supplier
    as_of: datetime
    facts: Sequence[SupplierFact] = ()
    """Its own in force by then: of `LASTING` all, of `OF_LATE` those of the last `LATELY`."""
    lenders: Mapping[str, Sequence[Supplier]] = field(default_factory=dict)
    """By SHA-256 of its papers: the other companies whose file it is (`detectors.lenders`)."""
    downline: Sequence[Sequence[Referral]] = ()
    """Who was brought in by it, who by these, and so on: level by level."""
    recruits: Mapping[str, Sequence[Referral]] = field(default_factory=dict)
    """By owner: the verified suppliers that it brought in itself."""
    terminated_identities: Sequence[str] = ()
    """Terminated suppliers that are the same entity."""

    @property
    def today(self) -> date:
        """The UTC day."""
        return self.as_of.astimezone(UTC).date()

    def told(self, kind: type[Kind]) -> Iterator[tuple[SupplierFact, Kind]]:
        """The facts of one kind, each with what it says."""
        for fact in self.facts:
            if isinstance(fact.fact, kind):
                yield fact, fact.fact
