"""What forged papers and forbidden practices cost, and what does not make them undone."""

from __future__ import annotations

from datetime import date, timedelta

from builders import NOW, a_supplier_fact
from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_fact import Audit, DocumentKind, Fact, SupplierDocument
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.history import FEWEST_BUYERS, SupplierHistory, evidence_of

FORBIDDEN = Audit("amfori BSCI", "zero tolerance", date(2026, 1, 10), site="hall 1")
EDITED = SupplierDocument(DocumentKind.LICENCE, edited=True)


def _told(*facts: Fact) -> SupplierEvidence:
    """What is told in a row, a day apart."""
    begun = NOW - timedelta(days=30)
    told = [
        a_supplier_fact(f"fact-{place}", fact=fact, observed_at=begun + timedelta(days=place))
        for place, fact in enumerate(facts)
    ]
    return evidence_of(SupplierHistory(facts=told, buyers=FEWEST_BUYERS), NOW)


def _limits(*facts: Fact) -> list[int]:
    return [cap.points for cap in caps_of(_told(*facts).blemishes, NOW)]


def test_edited_papers_and_zero_tolerance_cap_as_incidents_do() -> None:
    assert _limits(EDITED) == [199]
    assert _limits(EDITED, FORBIDDEN) == [99, 199]


def test_a_blank_paper_takes_no_edited_ones_place() -> None:
    assert _told(EDITED, SupplierDocument(DocumentKind.LICENCE)).sums == _told(EDITED).sums
    assert _limits(EDITED, SupplierDocument(DocumentKind.LICENCE, verified=True)) == [199]


def test_only_an_audit_that_was_passed_ends_zero_tolerance() -> None:
    unread = Audit("BSCI", "pending", date(2026, 2, 1), site="hall 1")
    ahead = Audit("BSCI", "A", NOW.date() + timedelta(days=400), site="hall 1")
    assert _limits(FORBIDDEN, unread, ahead) == [99]
    assert _told(FORBIDDEN, unread, ahead).sums == _told(FORBIDDEN).sums
    assert _told(FORBIDDEN, ahead).due_on == ahead.audited_on
    assert _limits(FORBIDDEN, Audit("BSCI", "A", date(2026, 2, 1), site="the first hall")) == []
