"""What papers, audits and deposits say, and what forged ones and forbidden practices cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import NOW, a_supplier_fact, yuan
from zhengpin.domain.money import Money
from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_fact import Audit, DayOfSales, Deposit, DocumentKind, Fact, SupplierDocument
from zhengpin.domain.supplier_score import Band, ComponentName
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.history import FEWEST_BUYERS, SupplierHistory, evidence_of
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.standards import PLACE, UNFITTED
from zhengpin.suppliers.score.sums import fade

FORBIDDEN = Audit("amfori BSCI", "zero tolerance", date(2026, 1, 10), site="hall 1")
EDITED = SupplierDocument(DocumentKind.LICENCE, edited=True)
YESTERDAY = NOW.date() - timedelta(days=1)


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


def _of(evidence: SupplierEvidence, name: ComponentName) -> tuple[float, float]:
    return fade(evidence.sums, NOW)[PLACE[name]]


def test_one_paper_for_many_categories_is_one_paper() -> None:
    report = SupplierDocument(DocumentKind.TEST_REPORT, sha256="a" * 64, verified=True)
    many = [replace(report, category=f"category-{each}") for each in range(20)]
    once, often = (_of(_told(*papers), ComponentName.COMPLIANCE) for papers in (many[-1:], many))
    assert often == pytest.approx(once, rel=0.1)  # a day fades a little
    other = replace(report, sha256="b" * 64, category="kettles")
    assert _of(_told(report, other), ComponentName.COMPLIANCE)[0] == pytest.approx(2 * once[0], rel=0.1)


def test_a_paper_that_is_over_somewhere_is_over() -> None:
    report = SupplierDocument(DocumentKind.TEST_REPORT, number="T-1", verified=True)
    over = replace(report, category="kettles", valid_to=NOW.date() - timedelta(days=1))
    good, bad = _of(_told(over, report), ComponentName.COMPLIANCE)
    assert good == 0 < bad


def test_made_up_sites_earn_what_three_do_and_hide_no_bad_one() -> None:
    def passed(sites: int) -> list[Audit]:
        return [Audit("BSCI", "A", date(2026, 1, 10), site=f"door {each}") for each in range(sites)]

    assert _told(*passed(30)).sums == _told(*passed(3)).sums
    failed = Audit("BSCI", "E", date(2026, 1, 10), site="hall")
    assert _told(*passed(30), failed).sums == _told(*passed(2), failed).sums


def _sold(amount: Money, day: date, deposit: Money | None) -> tuple[Fact, ...]:
    held = (Deposit(deposit),) if deposit else ()
    return *held, *(DayOfSales(day - timedelta(days=each), amount) for each in range(25))


def test_no_deposit_covers_no_more_than_a_small_one() -> None:
    none, small = (
        _of(_told(*_sold(yuan(100_000), YESTERDAY, deposit)), ComponentName.COVER) for deposit in (None, yuan(1000))
    )
    assert none[0] == 0 < none[1]
    assert none[1] > small[1] > 100


@pytest.mark.parametrize(
    "more",
    [DayOfSales(YESTERDAY, Money.of("0.01", "USD")), DayOfSales(NOW.date() + timedelta(days=300), yuan("0.01"))],
)
def test_a_cent_in_another_currency_or_of_a_day_to_come_hides_no_uncovered_sales(more: DayOfSales) -> None:
    sales = _sold(yuan(100_000), YESTERDAY, yuan(1000))
    told = _told(*sales, more)
    assert told.sums == _told(*sales).sums
    assert told.due_on == (more.day if more.day > NOW.date() else None)


def test_a_deposit_in_another_currency_says_nothing() -> None:
    assert _of(_told(*_sold(yuan(100_000), YESTERDAY, Money.of(1000, "USD"))), ComponentName.COVER) == (0, 0)


def test_sales_without_a_deposit_alone_put_nobody_at_risk() -> None:
    """A marketplace may take no deposits, or tell of none."""
    known = _told(*_sold(yuan(100_000), YESTERDAY, None))
    assert points_of(known.sums, UNFITTED, caps_of(known.blemishes, NOW), NOW).band is Band.NORMAL
