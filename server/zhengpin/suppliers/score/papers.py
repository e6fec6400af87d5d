"""What papers and audits say of a supplier, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, timedelta
from typing import Final

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.day import day_after
from zhengpin.domain.supplier_fact import Audit, SupplierDocument, SupplierFact
from zhengpin.domain.supplier_score import DailyEvidence
from zhengpin.suppliers.onboarding.audit_schemes import BSCI, scheme_of, worth_of
from zhengpin.suppliers.onboarding.terms import Terms
from zhengpin.suppliers.score.evidence import of_audit, of_checks

_BSCI_MARKS: Final = {"A": 0.93, "B": 0.78, "C": 0.60, "D": 0.40, "E": 0.15}
"""The middle of each band of amfori BSCI; zero tolerance is worth nothing."""
_YEARS: Final = Terms().certificate_years


def of_audits(told: Iterable[tuple[SupplierFact, Audit]]) -> Iterator[DailyEvidence]:
    """What the latest audit of each scheme and site says; one by an unknown scheme says nothing."""
    latest: dict[tuple[str, str], Audit] = {}
    for _, audit in sorted(told, key=lambda each: (each[1].audited_on, each[0].fact_id)):
        latest[scheme_of(audit.scheme), normalised_name(audit.site)] = audit
    for audit in latest.values():
        mark = _mark_of(audit)
        if mark is not None:
            yield of_audit(audit.audited_on, mark)


def of_documents(told: Iterable[tuple[SupplierFact, SupplierDocument]], today: date) -> Iterator[DailyEvidence]:
    """What the latest paper of each kind says, category and brand apart: verified and in force, or edited or over.

    A paper that nobody has verified says nothing.
    """
    for fact, paper in _latest(told):
        handed_in = fact.observed_at.astimezone(UTC).date()
        if paper.edited:
            yield of_checks(handed_in, 0, 1)
        elif paper.valid_to is not None and paper.valid_to < today:
            yield of_checks(max(handed_in, paper.valid_to + timedelta(days=1)), 0, 1)
        elif paper.verified:
            yield of_checks(handed_in, 1, 0)


def ends_of(told: Iterable[tuple[SupplierFact, SupplierDocument]], today: date) -> Iterator[date | None]:
    """The first days on which papers no longer hold that hold today; `None` of one that always will."""
    for _, paper in _latest(told):
        if paper.valid_to is not None and paper.valid_to >= today and not paper.edited:
            yield day_after(paper.valid_to)


def _latest(told: Iterable[tuple[SupplierFact, SupplierDocument]]) -> Sequence[tuple[SupplierFact, SupplierDocument]]:
    latest = {
        (paper.kind, paper.category, paper.brand_id): (fact, paper)
        for fact, paper in sorted(told, key=lambda each: (each[0].observed_at, each[0].fact_id))
    }
    return list(latest.values())


def _mark_of(audit: Audit) -> float | None:
    worth = worth_of(audit, _YEARS)
    if worth is None:
        return None
    return _BSCI_MARKS.get(worth.grade, 0.0) if worth.scheme == BSCI else float(worth.years > 0)
