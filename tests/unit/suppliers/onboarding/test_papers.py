"""Papers that hold, have ended, are dated ahead, were edited, or are somebody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from applying import (
    DEPOSIT,
    EVERY_DETAIL,
    KETTLES,
    TERMS,
    a_paper,
    an_applicant,
    an_application,
    answer,
    around,
    needed,
    of,
    result,
    told,
    words,
)
from builders import NOW, a_supplier, an_authorisation
from zhengpin.domain.onboarding import CheckResult, IntendedTrade, OnboardingDecision, OnboardingOutcome
from zhengpin.domain.supplier_fact import Audit, DocumentKind, SupplierDocument
from zhengpin.suppliers.onboarding.category_laws import CATEGORY_LAWS
from zhengpin.suppliers.onboarding.surroundings import CategoryRequirement

HASH = "a" * 64


def with_licence(paper: SupplierDocument | None, **supplier: object) -> OnboardingDecision:
    facts = (*EVERY_DETAIL, *([told(paper)] if paper else []))
    return answer(an_application(facts=facts, expected_turnover=None, supplier=an_applicant(**supplier)))


def test_without_a_licence_one_is_asked_for() -> None:
    decision = with_licence(None, verified_at=None)
    assert DocumentKind.LICENCE in needed(decision)
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert decision.requirements[0].due_at == NOW + timedelta(days=10)


def test_an_ended_licence_is_asked_for_anew() -> None:
    decision = with_licence(a_paper(valid_to=date(2026, 2, 27)))
    assert result(decision, "licence.valid") is CheckResult.FAILED
    assert "ended on 2026-02-27" in words(of(decision, "licence.valid"))
    assert of(decision, "licence.valid")[0].evidence == of(decision, "paper.dates")[0].evidence != ()
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_a_licence_holds_through_its_last_day() -> None:
    assert result(with_licence(a_paper(valid_to=date(2026, 3, 1))), "licence.valid") is CheckResult.PASSED


def test_a_licence_that_ends_soon_is_accepted_and_asked_for() -> None:
    decision = with_licence(a_paper(valid_to=date(2026, 3, 20)))
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert [(each.document, each.due_at.date()) for each in decision.requirements] == [
        (DocumentKind.LICENCE, date(2026, 3, 20))
    ]


def test_a_new_licence_stands_for_one_that_ended() -> None:
    old = told(a_paper(valid_to=date(2025, 1, 1), issued_on=date(2020, 1, 1)), "old")
    assert answer(an_application(old)).outcome is OnboardingOutcome.ACCEPT


def test_the_records_own_last_day_counts_as_well() -> None:
    assert result(with_licence(None, licence_valid_until=date(2030, 1, 1)), "licence.valid") is CheckResult.PASSED
    (ended,) = of(with_licence(None, licence_valid_until=date(2025, 1, 1)), "licence.valid")
    assert (ended.result, ended.evidence) == (CheckResult.FAILED, ("acme-factory",))


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (a_paper(issued_on=date(2026, 6, 1)), "is dated 2026-06-01, which has not come"),
        (a_paper(issued_on=date(2026, 1, 1), valid_to=date(2025, 1, 1)), "before it was issued"),
    ],
)
def test_a_paper_that_can_not_be_counts_as_if_it_were_not_there(paper: SupplierDocument, said: str) -> None:
    decision = with_licence(paper, verified_at=None)
    assert said in words(of(decision, "paper.dates"))
    assert DocumentKind.LICENCE in needed(decision)


def test_an_edited_picture_refuses() -> None:
    decision = answer(an_application(a_paper(DocumentKind.INVOICE, edited=True, number="77")))
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert "the picture of the invoice 77 was edited" in words(decision.checks)
    assert decision.checks[0].ref == "KYB-07"


def test_a_withdrawn_paper_is_not_looked_at() -> None:
    edited = told(a_paper(edited=True), "bad")
    corrected = replace(edited, revision=1, withdrawn=True)
    assert answer(an_application(edited, corrected)).outcome is OnboardingOutcome.ACCEPT
    assert answer(an_application(corrected, edited)).outcome is OnboardingOutcome.ACCEPT


def test_goods_outside_of_the_licences_scope_wait_for_a_licence() -> None:
    decision = answer(an_application(trades=(IntendedTrade("food/tea", territory="CN", ships_from="CN"),)))
    assert result(decision, "licence.scope") is CheckResult.FAILED
    assert [(each.document, each.subject) for each in decision.requirements] == [(DocumentKind.LICENCE, "food/tea")]


def test_a_licence_for_the_category_itself_widens_the_scope() -> None:
    tea = IntendedTrade("food/tea", territory="CN", ships_from="CN")
    decision = answer(an_application(a_paper(category="food"), trades=(tea,)))
    assert decision.outcome is OnboardingOutcome.ACCEPT


FOOD = CategoryRequirement("kitchen", TERMS, documents=(DocumentKind.LICENCE, DocumentKind.TEST_REPORT))


def test_a_category_stays_closed_until_each_of_its_papers_holds() -> None:
    known = around(categories=(FOOD,))
    report, licence = a_paper(DocumentKind.TEST_REPORT, verified=True), a_paper(category="kitchen", verified=True)
    assert needed(answer(known=known)) == {DocumentKind.LICENCE, DocumentKind.TEST_REPORT}
    assert needed(answer(an_application(report), known)) == {DocumentKind.LICENCE}
    assert answer(an_application(report, licence), known).outcome is OnboardingOutcome.ACCEPT


def test_a_paper_that_nobody_has_verified_opens_a_category_within_limits() -> None:
    known = around(categories=(CategoryRequirement("kitchen", TERMS, documents=(DocumentKind.TEST_REPORT,)),))
    report = a_paper(DocumentKind.TEST_REPORT)
    decision = answer(an_application(report), known)
    assert (decision.outcome, needed(decision)) == (OnboardingOutcome.ACCEPT_WITH_LIMITS, set())
    assert "nobody has verified the test report yet" in words(of(decision, "category.papers"))
    before = told(report, observed_at=datetime(2025, 11, 1, tzinfo=UTC))
    assert answer(an_application(before), known).outcome is OnboardingOutcome.ACCEPT
    ahead = an_applicant(verified_at=NOW + timedelta(days=1))
    assert answer(an_application(report, supplier=ahead), known).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


@pytest.mark.parametrize("category", ["Food/Tea", "食品/茶", "medical devices/masks"])
def test_the_law_asks_for_a_licence_of_whoever_sells_what_touches_life_and_health_in_china(category: str) -> None:
    trade = IntendedTrade(category, territory="CN", ships_from="CN")
    known = around(categories=CATEGORY_LAWS)
    decision = answer(an_application(trades=(trade,), supplier=an_applicant(licence_scope=(category,))), known)
    assert needed(decision) == {DocumentKind.LICENCE}
    (asked,) = of(decision, "category.papers")
    assert re.search(r"of China, art\. (62|46)\)$", asked.expected.en)
    assert re.search(r"第(62|46)条）$", asked.expected.zh)
    abroad = an_application(trades=(replace(trade, territory="JP", ships_from="JP"),))
    assert not of(answer(abroad, known), "category.papers")


def test_a_trade_that_lacks_a_paper_does_not_keep_the_others_out() -> None:
    toys = IntendedTrade("kitchen/toys", territory="CN", ships_from="CN")
    known = around(categories=(CategoryRequirement("kitchen/toys", TERMS, documents=(DocumentKind.TEST_REPORT,)),))
    decision = answer(an_application(trades=(KETTLES, toys)), known)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert decision.limits is not None
    assert decision.limits.categories == ("kitchen/kettles",)
    assert decision.limits.daily_orders is None
    assert needed(decision) == {DocumentKind.TEST_REPORT}


def test_of_one_category_a_territory_may_be_open_and_another_one_not() -> None:
    abroad = replace(KETTLES, territory="JP")
    decision = answer(an_application(trades=(KETTLES, abroad)))
    assert needed(decision) == {DocumentKind.CUSTOMS_DECLARATION, DocumentKind.ORIGIN_CERTIFICATE}
    assert decision.limits is not None
    assert decision.limits.trades == (KETTLES,)


def test_an_audit_stands_for_its_report() -> None:
    known = around(categories=(CategoryRequirement("kitchen", TERMS, documents=(DocumentKind.AUDIT_REPORT,)),))
    assert needed(answer(known=known)) == {DocumentKind.AUDIT_REPORT}
    audited = told(Audit("BSCI", "A", date(2025, 6, 1)))
    sent = answer(an_application(audited), known)
    assert (sent.outcome, needed(sent)) == (OnboardingOutcome.ACCEPT_WITH_LIMITS, set())
    assert answer(known=replace(known, facts=(DEPOSIT, audited))).outcome is OnboardingOutcome.ACCEPT
    assert not needed(answer(an_application(Audit("BSCI", "A", date(2025, 6, 1), date(2026, 4, 15))), known))
    for other in (
        Audit("BSCI", "A", date(2023, 6, 1)),
        Audit("BSCI", "E", date(2026, 1, 1)),
        Audit("?", "A", date(2026, 1, 1)),
    ):
        assert needed(answer(an_application(other), known)) == {DocumentKind.AUDIT_REPORT}


def test_a_blank_paper_is_none() -> None:
    known = around(categories=(CategoryRequirement("kitchen", TERMS, documents=(DocumentKind.TEST_REPORT,)),))
    assert needed(answer(an_application(SupplierDocument(DocumentKind.TEST_REPORT)), known)) == {
        DocumentKind.TEST_REPORT
    }
    for told_more in ({"number": "T-1"}, {"sha256": HASH}, {"verified": True}, {"valid_to": date(2027, 1, 1)}):
        assert not needed(answer(an_application(a_blank_report(**told_more)), known))
    unverified = an_applicant(verified_at=None, licence_valid_until=None)
    nothing = an_application(facts=(told(SupplierDocument(DocumentKind.LICENCE)),), supplier=unverified)
    assert result(answer(nothing), "licence.valid") is CheckResult.UNKNOWN


def a_blank_report(**changes: Any) -> SupplierDocument:
    return SupplierDocument(DocumentKind.TEST_REPORT, **changes)


def test_a_paper_that_another_company_handed_in_refuses() -> None:
    other = a_supplier("other", name="Other Ltd")
    known = around(lenders={HASH: (other,)})
    decision = answer(an_application(a_paper(DocumentKind.INVOICE, sha256=HASH)), known)
    assert decision.outcome is OnboardingOutcome.REFUSE
    (found,) = of(decision, "paper.used-elsewhere")
    assert (found.ref, "other" in found.evidence) == ("KYB-07", True)
    assert "the very file that another company handed in" in found.observed.en


def test_a_letter_that_another_company_handed_in_refuses() -> None:
    known = around(lenders={HASH: (a_supplier("other"),)})
    letter = an_authorisation(document_sha256=HASH)
    assert answer(an_application(authorisations=(letter,)), known).outcome is OnboardingOutcome.REFUSE


def test_a_paper_that_travels_with_the_goods_may_be_anybodys() -> None:
    known = around(lenders={HASH: (a_supplier("other"),)})
    decision = answer(an_application(a_paper(DocumentKind.TEST_REPORT, sha256=HASH)), known)
    assert decision.outcome is OnboardingOutcome.ACCEPT


ABROAD = IntendedTrade("kitchen/kettles", territory="CN", ships_from="VN")


def test_who_sells_everywhere_crosses_borders_too() -> None:
    decision = answer(an_application(trades=(replace(KETTLES, territory=""),)))
    assert "over which borders goods go is not told" in words(of(decision, "border.papers"))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_goods_over_a_border_wait_for_declaration_and_origin() -> None:
    papers = {DocumentKind.CUSTOMS_DECLARATION, DocumentKind.ORIGIN_CERTIFICATE}
    decision = answer(an_application(trades=(ABROAD,)))
    assert (decision.outcome, needed(decision)) == (OnboardingOutcome.NEED_DOCUMENTS, papers)
    told_of = answer(an_application(*map(a_paper, papers), trades=(ABROAD,)))
    assert (told_of.outcome, needed(told_of)) == (OnboardingOutcome.ACCEPT_WITH_LIMITS, set())
    verified = (a_paper(each, verified=True) for each in papers)
    assert answer(an_application(*verified, trades=(ABROAD,))).outcome is OnboardingOutcome.ACCEPT


def test_no_customs_stand_between_members_of_the_union() -> None:
    inside = IntendedTrade("kitchen/kettles", territory="FR", ships_from="DE")
    outside = IntendedTrade("kitchen/kettles", territory="FR", ships_from="GB")
    assert not of(answer(an_application(trades=(inside,))), "border.papers")
    assert of(answer(an_application(trades=(outside,))), "border.papers")


def test_who_sits_abroad_and_does_not_tell_where_goods_are_sent_from_is_limited() -> None:
    trade = IntendedTrade("kitchen/kettles", territory="US")
    decision = answer(an_application(trades=(trade,)))
    assert result(decision, "border.papers") is CheckResult.UNKNOWN
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


@pytest.mark.parametrize(
    ("days", "outcome", "asked"),
    [
        (179, OnboardingOutcome.ACCEPT, set()),
        (185, OnboardingOutcome.ACCEPT, {DocumentKind.LICENCE}),
        (191, OnboardingOutcome.NEED_DOCUMENTS, {DocumentKind.LICENCE}),
    ],
)
def test_who_was_not_verified_lately_is_asked_and_after_ten_days_paused(
    days: int, outcome: OnboardingOutcome, asked: set[DocumentKind]
) -> None:
    decision = answer(an_application(supplier=an_applicant(verified_at=NOW - timedelta(days=days))))
    assert (decision.outcome, needed(decision)) == (outcome, asked)


def test_goods_that_touch_health_are_verified_twice_as_often() -> None:
    known = around(categories=(CategoryRequirement("kitchen", TERMS, life_and_health=True),))
    applicant = an_applicant(verified_at=NOW - timedelta(days=95))
    assert result(answer(an_application(supplier=applicant), known), "verification.age") is CheckResult.FAILED
    assert result(answer(an_application(supplier=applicant)), "verification.age") is CheckResult.PASSED


def test_a_verification_that_has_not_come_is_none() -> None:
    applicant = an_applicant(verified_at=datetime(2027, 1, 1, tzinfo=UTC))
    decision = answer(an_application(supplier=applicant))
    assert "which has not come" in words(of(decision, "verification.age"))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
