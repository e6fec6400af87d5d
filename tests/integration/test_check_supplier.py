"""Applications checked by what is stored of the applicant, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from applying import (
    DEPOSIT,
    KETTLES,
    ORDINARY_FACTS,
    a_paper,
    an_applicant,
    an_application,
    of,
    result,
    told,
    words,
)
from builders import NOW, a_list_entry, a_supplier, a_supplier_fact, an_authorisation, an_order_event
from checking import HERE, answer, facts, letters, stored, suppliers
from zhengpin.domain.onboarding import CheckResult, OnboardingOutcome, SupplierApplication
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.outcome import ListKind, SubjectKind
from zhengpin.domain.supplier import Shop, SupplierState
from zhengpin.domain.supplier_fact import Audit, Deposit, DocumentKind, Fact, KeyedToken, Termination, TokenKind
from zhengpin.errors import NotFound
from zhengpin.storage import Store

ACCOUNT = KeyedToken(TokenKind.PAYOUT_ACCOUNT, "cd" * 32, verified=True)
BRANDED = replace(KETTLES, brand_id="acme")


def test_a_supplier_that_nobody_knows_is_checked_by_what_it_sends(store: Store) -> None:
    decision = answer(store)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert decision.limits is not None
    assert [reason.en for reason in decision.limits.reasons] == [
        "0 delivered orders, fewer than 30",
        "nothing was received yet, too little by 10,000.00 CNY",
    ]
    assert words(of(decision, "deny-list.state")) == "not stored yet, and no suspension or termination is known"
    with store.read(HERE) as reader:
        assert reader.suppliers.find_many(["acme-factory"]) == {}
        assert reader.supplier_facts.latest("acme-factory", [Deposit], NOW - timedelta(days=999), NOW) == ()


def test_a_stored_supplier_is_checked_as_it_is(store: Store) -> None:
    suppliers(store, an_applicant(shops=(Shop("its-shop"),)))
    facts(store, *ORDINARY_FACTS)
    asked = SupplierApplication(a_supplier("acme-factory", registration_code=""), trades=(KETTLES,))
    decision = answer(store, asked, as_stored=True)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert words(of(decision, "deny-list.state")) == "it is active"
    with pytest.raises(NotFound, match="acme-factory-2"):
        answer(store, SupplierApplication(a_supplier("acme-factory-2")), as_stored=True)


def test_delivered_orders_make_a_history(store: Store) -> None:
    events = [
        an_order_event(f"event-{number}-{kind}", order_id=f"order-{number}", kind=kind)
        for number in range(30)
        for kind in (OrderEventKind.PAID, OrderEventKind.DELIVERED)
    ]
    stored(store, lambda unit: unit.orders.record_many(events))
    facts(store, DEPOSIT)
    assert answer(store).outcome is OnboardingOutcome.ACCEPT


def test_two_hundred_orders_make_a_trader_that_america_asks_for_its_details(store: Store) -> None:
    at = NOW - timedelta(days=30)
    events = [
        an_order_event(f"event-{number}", order_id=f"order-{number}", kind=OrderEventKind.PAID, happened_at=at)
        for number in range(200)
    ]
    in_america = replace(KETTLES, territory="US", ships_from="US")
    application = an_application(facts=ORDINARY_FACTS[:2], trades=(in_america,))
    stored(store, lambda unit: unit.orders.record_many(events[1:]))
    assert answer(store, application).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    stored(store, lambda unit: unit.orders.record_many(events))
    assert answer(store, application).outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_the_law_asks_whoever_sells_food_for_a_licence(store: Store) -> None:
    food = replace(KETTLES, category="food/tea")
    decision = answer(store, an_application(trades=(food,), supplier=an_applicant(licence_scope=("food",))))
    assert (DocumentKind.LICENCE, "food/tea") in {(each.document, each.subject) for each in decision.requirements}


def test_a_stored_paper_gives_way_to_a_higher_revision_for_this_answer_and_to_no_other(store: Store) -> None:
    ended = a_paper(valid_to=date(2026, 1, 1))
    facts(store, told(ended, "licence", revision=7))
    for revision in (0, 7):
        same = told(a_paper(), "licence", revision=revision)
        assert of(answer(store, an_application(facts=(same,))), "paper.dates")[0].result is CheckResult.FAILED
    renewed = told(a_paper(), "licence", revision=8)
    assert result(answer(store, an_application(facts=(renewed,))), "paper.dates") is CheckResult.PASSED
    assert result(answer(store, an_application(facts=())), "paper.dates") is CheckResult.FAILED


def test_an_application_may_take_back_its_own_paper_for_this_answer(store: Store) -> None:
    facts(store, told(a_paper(), "old-licence"))
    withdrawn = told(a_paper(), "old-licence", revision=1, withdrawn=True)
    assert "no licence" in words(
        of(answer(store, an_application(facts=(withdrawn,), supplier=_unverified())), "licence.valid")
    )
    assert (
        result(answer(store, an_application(facts=(), supplier=_unverified())), "licence.valid") is CheckResult.PASSED
    )


def _unverified() -> Any:
    return an_applicant(verified_at=None, licence_valid_until=None)


@pytest.mark.parametrize(
    "held_against",
    [Termination("fakes"), a_paper(edited=True), Audit("BSCI", "zero tolerance", date(2026, 1, 1)), ACCOUNT],
)
def test_what_is_held_against_a_supplier_stands_whatever_it_sends(store: Store, held_against: Fact) -> None:
    suppliers(store, a_supplier("gone", state=SupplierState.TERMINATED))
    facts(store, told(held_against, "mine"), a_supplier_fact("theirs", supplier_id="gone", fact=ACCOUNT))
    harmless = (told(a_paper(), "mine", revision=9), told(held_against, "mine", revision=9, withdrawn=True))
    for instead in harmless:
        assert answer(store, an_application(instead)).outcome is OnboardingOutcome.REFUSE


def test_a_stored_shop_is_not_left_behind_and_none_that_is_sent_is_official(store: Store) -> None:
    letters(store, an_authorisation("theirs", licensor_id="stranger"))
    suppliers(store, an_applicant(shops=(Shop("its-shop"),)))
    denied = a_list_entry("deny", kind=ListKind.DENY, subject_kind=SubjectKind.SHOP, subject="its-shop")
    official = an_applicant(shops=(Shop("its-shop", official_store=True), Shop("new-shop", official_store=True)))
    application = an_application(trades=(BRANDED,), supplier=official)
    assert result(answer(store, application), "authorisation.path") is CheckResult.FAILED
    stored(store, lambda unit: unit.list_entries.upsert_many([denied]))
    decision = answer(store, an_application(supplier=an_applicant(shops=())))
    assert [each.evidence for each in of(decision, "deny-list.entry")] == [("deny",)]


def test_a_newcomer_vouches_for_no_store_of_its_own(store: Store) -> None:
    letters(store, an_authorisation("theirs", licensor_id="stranger"))
    official = an_applicant(shops=(Shop("new-shop", official_store=True),))
    decision = answer(store, an_application(trades=(BRANDED,), supplier=official))
    assert result(decision, "authorisation.path") is CheckResult.FAILED


def test_nobody_leaves_a_suspension_behind_by_applying_again(store: Store) -> None:
    suppliers(store, an_applicant(state=SupplierState.SUSPENDED))
    assert answer(store).outcome is OnboardingOutcome.REFUSE
    assert result(answer(store), "deny-list.state") is CheckResult.FAILED


def test_lists_speak_of_the_applicant_its_shops_its_brands_and_its_codes_however_they_are_written(store: Store) -> None:
    entries = [
        a_list_entry("supplier", kind=ListKind.DENY, subject_kind=SubjectKind.SUPPLIER, subject="acme-factory"),
        a_list_entry("shop", kind=ListKind.DENY, subject_kind=SubjectKind.SHOP, subject="its-shop"),
        a_list_entry("brand", kind=ListKind.WATCH, subject_kind=SubjectKind.BRAND, subject="acme"),
        a_list_entry("gtin", kind=ListKind.DENY, subject_kind=SubjectKind.GTIN, subject="6901234567892"),
        a_list_entry("other", kind=ListKind.DENY, subject_kind=SubjectKind.SHOP, subject="another-shop"),
    ]
    stored(store, lambda unit: unit.list_entries.upsert_many(entries))
    application = an_application(
        supplier=an_applicant(shops=(Shop("its-shop"),)), trades=(BRANDED,), gtins=("０６９ ０１２３４５６７８９２",)
    )
    listed = of(answer(store, application), "deny-list.entry")
    assert {each.evidence for each in listed} == {("supplier",), ("shop",), ("brand",), ("gtin",)}
