"""Audits of factories: schemes, bands and terms."""

from __future__ import annotations

from datetime import date

import pytest

from applying import an_application, answer, around, needed, of, result, told, words
from zhengpin.domain.onboarding import CheckResult, OnboardingDecision, OnboardingOutcome
from zhengpin.domain.supplier_fact import Audit, DocumentKind

LAST_YEAR = date(2025, 6, 1)


def audited(scheme: str, grade: str, on: date = LAST_YEAR, **changes: object) -> OnboardingDecision:
    return answer(an_application(Audit(scheme, grade, on, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scheme", "grade", "told"),
    [
        ("amfori BSCI", "A", "amfori BSCI A, in force until 2027-06-01"),
        ("BSCI", "100 %", "amfori BSCI A, in force until 2027-06-01"),
        ("BSCI", "86", "amfori BSCI A, in force until 2027-06-01"),
        ("BSCI", "85.9%", "amfori BSCI B, in force until 2027-06-01"),
        ("BSCI", "Grade B", "amfori BSCI B, in force until 2027-06-01"),
        ("BSCI", "B级", "amfori BSCI B, in force until 2027-06-01"),
        ("BSCI", " ", "amfori BSCI: no grade is told"),
        ("bsci", "C", "amfori BSCI C, in force until 2026-06-01"),
        ("ISO 9001:2015", "passed", "ISO 9001, in force until 2028-06-01"),
        ("sa-8000", "", "SA8000, in force until 2028-06-01"),
    ],
)
def test_an_audit_holds_for_as_long_as_its_scheme_says(scheme: str, grade: str, told: str) -> None:
    assert words(of(audited(scheme, grade), "audit.in-force")) == told


def test_the_papers_own_last_day_is_kept_where_it_is_sooner() -> None:
    assert "until 2026-04-01" in words(of(audited("BSCI", "A", valid_to=date(2026, 4, 1)), "audit.in-force"))
    assert "until 2027-06-01" in words(of(audited("BSCI", "A", valid_to=date(2040, 1, 1)), "audit.in-force"))


def test_the_lower_bands_ask_for_a_follow_up_within_their_year() -> None:
    decision = audited("BSCI", "D")
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert [(each.document, each.due_at.date()) for each in decision.requirements] == [
        (DocumentKind.AUDIT_REPORT, date(2026, 6, 1))
    ]


def test_the_worst_band_is_audited_anew() -> None:
    decision = audited("BSCI", "E")
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert needed(decision) == {DocumentKind.AUDIT_REPORT}


@pytest.mark.parametrize("grade", ["zero tolerance", "Zero-Tolerance", "零容忍"])
def test_zero_tolerance_refuses(grade: str) -> None:
    assert audited("BSCI", grade).outcome is OnboardingOutcome.REFUSE


def test_a_certificate_that_was_withdrawn_is_none() -> None:
    assert audited("ISO 9001", "withdrawn").outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_an_ended_audit_is_said_and_asked_for_only_where_a_category_needs_it() -> None:
    decision = audited("BSCI", "A", date(2023, 1, 1))
    assert result(decision, "audit.in-force") is CheckResult.FAILED
    assert "ended on 2025-01-01" in words(of(decision, "audit.in-force"))
    assert decision.outcome is OnboardingOutcome.ACCEPT


def test_an_audit_counts_from_its_own_day_to_its_last() -> None:
    for day in (date(2026, 3, 1), date(2024, 3, 1)):
        assert result(audited("BSCI", "A", day), "audit.in-force") is CheckResult.PASSED
    assert result(audited("BSCI", "A", date(2024, 2, 27)), "audit.in-force") is CheckResult.FAILED
    assert audited("BSCI", "A", date(2027, 1, 1)).outcome is OnboardingOutcome.ACCEPT


def test_an_unknown_scheme_says_so() -> None:
    decision = audited("Golden Factory 2000", "AAA+")
    assert result(decision, "audit.in-force") is CheckResult.UNKNOWN
    assert "no scheme that is known here" in words(of(decision, "audit.in-force"))
    assert decision.outcome is OnboardingOutcome.ACCEPT


@pytest.mark.parametrize(("scheme", "grade"), [("BSCI", "Q"), ("BSCI", "140 %"), ("ISO 9001", "gold")])
def test_a_grade_that_the_scheme_does_not_give_says_so(scheme: str, grade: str) -> None:
    assert f'has no grade "{grade}"' in words(of(audited(scheme, grade), "audit.in-force"))


def test_an_audit_that_has_not_come_counts_for_nothing_and_hides_none() -> None:
    ahead, failed = Audit("BSCI", "A", date(2026, 9, 1)), Audit("BSCI", "E", LAST_YEAR)
    decision = answer(an_application(ahead, failed))
    assert "which has not come" in words(of(decision, "audit.in-force"))
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_the_latest_audit_of_a_site_counts_whatever_order_they_came_in() -> None:
    bad, good = Audit("BSCI", "E", date(2024, 1, 1)), Audit("amfori BSCI", "B", LAST_YEAR)
    assert answer(an_application(good, bad)).outcome is OnboardingOutcome.ACCEPT
    elsewhere = Audit("BSCI", "E", date(2024, 1, 1), site="second plant")
    assert answer(an_application(good, elsewhere)).outcome is OnboardingOutcome.NEED_DOCUMENTS


@pytest.mark.parametrize(
    "later",
    [
        Audit("BSCI", "pending", date(2025, 7, 1)),
        Audit("BSCI", "E", date(2025, 7, 1)),
        Audit("BSCI", "A", LAST_YEAR),
    ],
)
def test_zero_tolerance_stands_until_a_later_audit_is_passed(later: Audit) -> None:
    zero = Audit("BSCI", "zero tolerance", LAST_YEAR)
    for facts in ((zero, later), (later, zero)):
        assert answer(an_application(*facts)).outcome is OnboardingOutcome.REFUSE
    assert answer(an_application(zero, later, Audit("BSCI", "A", date(2025, 8, 1)))).outcome is OnboardingOutcome.ACCEPT


def test_no_applicants_word_settles_zero_tolerance_that_the_marketplace_knows_of() -> None:
    zero = told(Audit("BSCI", "zero tolerance", LAST_YEAR), "zero")
    good = told(Audit("BSCI", "A", date(2025, 8, 1)), "good")
    assert answer(an_application(good), around(facts=(zero,))).outcome is OnboardingOutcome.REFUSE
    assert answer(known=around(facts=(zero, good))).outcome is OnboardingOutcome.ACCEPT


def test_a_grade_that_nothing_is_known_of_takes_no_audits_place() -> None:
    bad, unknown = Audit("BSCI", "E", date(2025, 1, 1)), Audit("BSCI", "pending", LAST_YEAR)
    decision = answer(an_application(bad, unknown))
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert 'has no grade "pending"' in words(of(decision, "audit.in-force"))


def test_an_audit_of_a_leap_day_ends_on_the_day_before() -> None:
    assert "ended on 2026-02-28" in words(of(audited("BSCI", "A", date(2024, 2, 29)), "audit.in-force"))
