"""The decision over everything that was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applying import (
    CODE,
    KETTLES,
    ORDINARY_FACTS,
    TERMS,
    a_paper,
    a_sample,
    an_applicant,
    an_application,
    answer,
    around,
    told,
)
from builders import NOW, a_brand, a_list_entry, an_authorisation
from zhengpin.domain.onboarding import CheckResult, IntendedTrade, OnboardingOutcome, SupplierApplication
from zhengpin.domain.outcome import ListKind, SubjectKind
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import Audit, DocumentKind, SupplierFact
from zhengpin.errors import InvalidInput
from zhengpin.suppliers.onboarding.check import check
from zhengpin.suppliers.onboarding.surroundings import CategoryRequirement, Surroundings
from zhengpin.suppliers.terms import Terms

HARDER = (
    OnboardingOutcome.ACCEPT,
    OnboardingOutcome.ACCEPT_WITH_LIMITS,
    OnboardingOutcome.NEED_DOCUMENTS,
    OnboardingOutcome.REFUSE,
)


def test_an_applicant_that_nothing_speaks_against_is_accepted() -> None:
    decision = answer()
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert (decision.limits, decision.requirements) == (None, ())
    assert {each.result for each in decision.checks} == {CheckResult.PASSED}


def test_a_newcomer_is_on_probation_until_it_has_a_history() -> None:
    joined = NOW - timedelta(days=10)
    young = an_application(supplier=an_applicant(joined_at=joined))
    decision = answer(young, around(delivered_orders=0))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert decision.limits is not None
    assert (decision.limits.until, decision.limits.daily_orders) == (None, 50)
    assert decision.limits.categories == ("kitchen/kettles",)
    busy = answer(young, around()).limits
    assert busy is not None
    assert busy.until == joined + timedelta(days=90)


def test_a_supplier_that_nobody_knows_is_told_what_to_hand_in() -> None:
    decision = check(SupplierApplication(Supplier("nobody"), trades=(KETTLES,)), Surroundings(), NOW)
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert [each.document for each in decision.requirements] == [DocumentKind.LICENCE, DocumentKind.TRADER_DETAILS]
    assert all(each.due_at == NOW + timedelta(days=10) for each in decision.requirements)
    assert all(each.why.zh and each.why.en for each in decision.requirements)


def test_a_paper_is_asked_for_once_with_all_that_it_is_to_settle() -> None:
    trades = tuple(replace(KETTLES, territory=each, ships_from=each) for each in ("DE", "US"))
    (asked,) = answer(an_application(facts=ORDINARY_FACTS[:1], trades=trades)).requirements
    assert asked.document is DocumentKind.TRADER_DETAILS
    assert all(each in asked.why.en for each in ("self-certification; missing: ", "tax id"))
    assert all(each in asked.why.zh for each in ("合规自我声明；缺少：", "税号"))


def test_limits_name_what_they_are_about() -> None:
    decision = answer(an_application(trades=(KETTLES, replace(KETTLES, brand_id="acme"))))
    assert decision.limits is not None
    assert "Acme: no letter names the applicant" in [each.en.partition(";")[0] for each in decision.limits.reasons]


def test_brands_are_known_by_their_names() -> None:
    denied = a_list_entry("entry", kind=ListKind.DENY, subject_kind=SubjectKind.BRAND, subject="acme")
    trades = (KETTLES, replace(KETTLES, brand_id="acme"), replace(KETTLES, brand_id="unregistered"))
    decision = answer(an_application(trades=trades), around(list_entries=(denied,)))
    assert decision.brand_names == {"acme": "Acme"}
    assert decision.checks[0].subject == "acme"
    assert decision.checks[0].observed.en.startswith("Acme is on the deny list")


def test_each_check_tells_what_it_leads_to_and_those_come_first_that_decided() -> None:
    branded = replace(KETTLES, brand_id="acme")
    application = an_application(a_paper(DocumentKind.INVOICE, valid_to=date(2026, 1, 1)), trades=(branded,))
    decision = answer(application, around(deposited=None, brands={"acme": a_brand(gated=True)}))
    against = [each for each in decision.checks if each.result is not CheckResult.PASSED]
    assert [(each.code, each.leads_to) for each in against] == [
        ("authorisation.path", OnboardingOutcome.NEED_DOCUMENTS),
        ("deposit.covers", OnboardingOutcome.ACCEPT_WITH_LIMITS),
        ("paper.dates", OnboardingOutcome.ACCEPT),
    ]
    assert decision.outcome is against[0].leads_to


def test_what_speaks_against_the_applicant_comes_first() -> None:
    application = an_application(
        a_paper(edited=True), supplier=an_applicant(registration_code="", joined_at=NOW), gtins=("2000000000015",)
    )
    decision = answer(application)
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert [each.code for each in decision.checks[:3]] == ["paper.edited", "registration-code.given", "gtin.range"]
    assert decision.checks[-1].result is CheckResult.PASSED


def test_every_check_says_what_was_expected_and_what_was_seen_in_both_languages() -> None:
    application = an_application(
        a_sample(), Audit("BSCI", "E", NOW.date()), trades=(*BRANDED,), gtins=("1", "96385074")
    )
    for each in answer(application).checks:
        assert all((each.expected.zh, each.expected.en, each.observed.zh, each.observed.en))


def test_a_fact_of_another_supplier_is_an_error_that_names_it() -> None:
    foreign = told(a_paper(), "theirs", supplier_id="somebody")
    with pytest.raises(InvalidInput, match=r"facts\[\d+\]\.supplier_id: 'somebody' does not apply here"):
        answer(an_application(foreign))
    assert answer(an_application(replace(foreign, supplier_id=""))).outcome is OnboardingOutcome.ACCEPT


def test_a_moment_without_a_time_zone_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="as_of: has no time zone"):
        check(an_application(), around(), datetime(2026, 3, 1))  # noqa: DTZ001


def test_the_version_names_the_terms() -> None:
    other = check(an_application(), around(), NOW, Terms(gated_depth=3))
    assert answer().version == answer().version != other.version


def test_terms_are_the_marketplaces_own() -> None:
    strict = Terms(probation_orders=1000)
    assert check(an_application(), around(), NOW, strict).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


BRANDED = (
    IntendedTrade("kitchen/kettles", "acme", "CN", "VN"),
    IntendedTrade("kitchen/pans", "", "FR", "FR"),
    IntendedTrade("kitchen/toys", "", "US", "US"),
)
PAPERS: tuple[SupplierFact, ...] = (
    *ORDINARY_FACTS,
    *(
        told(a_paper(kind, category=category, brand_id=brand_id), f"{kind}-{category}-{brand_id}")
        for kind in DocumentKind
        for category, brand_id in (("", ""), ("kitchen/toys", ""), ("", "acme"))
    ),
    told(Audit("BSCI", "B", a_paper().issued_on or NOW.date()), "audit"),
)
AROUND = around(
    brands={"acme": a_brand(gated=True)},
    categories=(
        CategoryRequirement("kitchen/toys", TERMS, documents=(DocumentKind.TEST_REPORT, DocumentKind.LICENCE)),
        CategoryRequirement("kitchen", TERMS, documents=(DocumentKind.AUDIT_REPORT, DocumentKind.COST_SHEET)),
    ),
)
LETTERS = (
    an_authorisation("one", licensee_id="agent", sublicensable=True),
    an_authorisation("two", licensor_id="agent", licensee_id="dealer", sublicensable=True),
    an_authorisation("three", licensor_id="dealer"),
)


@given(
    st.sets(st.sampled_from(PAPERS), max_size=30),
    st.sampled_from(PAPERS),
    st.lists(st.sampled_from(BRANDED), min_size=1, unique=True),
    st.sets(st.sampled_from(LETTERS)),
    st.booleans(),
)
def test_one_more_missing_paper_never_improves_the_outcome(
    missing: set[SupplierFact],
    one_more: SupplierFact,
    trades: list[IntendedTrade],
    letters: set[object],
    verified: bool,
) -> None:
    applicant = an_applicant() if verified else an_applicant(verified_at=None)

    def outcome(without: set[SupplierFact]) -> int:
        facts = tuple(each for each in PAPERS if each not in without)
        application = an_application(
            facts=facts,
            trades=tuple(trades),
            supplier=applicant,
            authorisations=tuple(each for each in LETTERS if each in letters),
        )
        return HARDER.index(answer(application, AROUND).outcome)

    assert outcome(missing) <= outcome({*missing, one_more})


@given(st.permutations(PAPERS))
def test_the_order_of_facts_changes_nothing(facts: list[SupplierFact]) -> None:
    application = an_application(facts=tuple(facts), trades=BRANDED)
    assert answer(application, AROUND) == answer(replace(application, facts=PAPERS), AROUND)


@given(st.text(max_size=30), st.text(max_size=10), st.lists(st.text(max_size=20), max_size=5))
def test_no_text_breaks_the_check(code: str, grade: str, gtins: list[str]) -> None:
    applicant = an_applicant(registration_code=code)
    decision = answer(an_application(Audit(grade, grade, NOW.date()), supplier=applicant, gtins=tuple(gtins)))
    assert decision.checks


def test_a_whole_check_takes_less_than_five_milliseconds() -> None:
    application = an_application(
        *PAPERS,
        *(told(a_sample(major=nth % 4), f"lot-{nth}") for nth in range(20)),
        trades=BRANDED,
        authorisations=LETTERS,
        gtins=(CODE,) * 20,
    )
    answer(application, AROUND)
    began = process_time()
    for _ in range(20):
        answer(application, AROUND)
    assert (process_time() - began) / 20 < 0.005
