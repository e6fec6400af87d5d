"""Applications of those who belong together with stopped suppliers, on both databases."""

from dataclasses import replace

import pytest

from applying import CODE, an_applicant, an_application, of, words
from builders import a_supplier, a_supplier_fact
from checking import answer, facts, suppliers
from zhengpin.domain.onboarding import OnboardingOutcome
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import KeyedToken, Succession, Termination, TokenKind
from zhengpin.storage import Store

ACCOUNT = KeyedToken(TokenKind.PAYOUT_ACCOUNT, "cd" * 32, verified=True)
GONE = a_supplier("gone", name="Old shop", state=SupplierState.TERMINATED)


def test_who_shares_a_verified_account_with_a_terminated_supplier_is_the_same_as_it(store: Store) -> None:
    suppliers(store, GONE)
    facts(store, a_supplier_fact("theirs", supplier_id="gone", fact=ACCOUNT))
    decision = answer(store, an_application(ACCOUNT))
    assert decision.outcome is OnboardingOutcome.REFUSE
    (link,) = decision.linked_to
    assert (link.supplier_id, link.certain, link.state) == ("gone", True, SupplierState.TERMINATED)
    assert [(each.attribute, each.shared_by) for each in link.evidence] == [("payout_account", 2)]


def test_an_account_that_one_of_both_never_had_confirmed_links_nobody(store: Store) -> None:
    suppliers(store, GONE)
    facts(store, a_supplier_fact("theirs", supplier_id="gone", fact=ACCOUNT))
    assert answer(store, an_application(replace(ACCOUNT, verified=False))).linked_to == ()
    facts(store, a_supplier_fact("theirs", supplier_id="gone", fact=replace(ACCOUNT, verified=False), revision=1))
    assert answer(store, an_application(ACCOUNT)).linked_to == ()


def test_a_phone_in_common_is_no_identity(store: Store) -> None:
    phone = KeyedToken(TokenKind.PHONE, "cd" * 32, verified=True)
    suppliers(store, GONE)
    facts(store, a_supplier_fact("theirs", supplier_id="gone", fact=phone))
    assert answer(store, an_application(phone)).linked_to == ()


@pytest.mark.parametrize("country", ["CN", ""])
def test_a_terminated_company_that_comes_back_is_known_by_its_number(store: Store, country: str) -> None:
    suppliers(store, replace(GONE, registration_code=CODE, country=country))
    decision = answer(store, an_application(supplier=an_applicant(supplier_id="acme-factory", name="New name")))
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert [each.attribute for each in decision.linked_to[0].evidence] == ["registration_code"]


@pytest.mark.parametrize("unverified", ["gone", "acme-factory"])
def test_a_number_of_which_one_of_both_was_never_verified_makes_a_person_look(store: Store, unverified: str) -> None:
    gone, applicant = replace(GONE, registration_code=CODE), an_applicant()
    suppliers(store, replace(gone, verified_at=None) if unverified == "gone" else gone)
    applying = replace(applicant, verified_at=None) if unverified == "acme-factory" else applicant
    decision = answer(store, an_application(supplier=applying))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert [each.certain for each in decision.linked_to] == [False]
    assert "the code, not verified on both sides, of" in words(of(decision, "links.stopped"))


def test_whom_a_fact_says_to_be_terminated_is(store: Store) -> None:
    suppliers(store, a_supplier("gone"))
    theirs = [
        a_supplier_fact("theirs", supplier_id="gone", fact=ACCOUNT),
        a_supplier_fact("end", supplier_id="gone", fact=Termination("fakes")),
    ]
    facts(store, *theirs)
    assert answer(store, an_application(ACCOUNT)).outcome is OnboardingOutcome.REFUSE


def test_a_terminated_predecessor_is_shown_however_many_mergers_ago_and_refuses_nobody(store: Store) -> None:
    suppliers(store, GONE)
    merged = [
        a_supplier_fact("first", supplier_id="gone", fact=Succession("between")),
        a_supplier_fact("second", supplier_id="between", fact=Succession("acme-factory")),
        a_supplier_fact("back", supplier_id="acme-factory", fact=Succession("gone")),
    ]
    facts(store, *merged)
    decision = answer(store)
    assert [(each.supplier_id, each.state) for each in decision.linked_to] == [
        ("between", SupplierState.ACTIVE),
        ("gone", SupplierState.TERMINATED),
    ]
    assert "goes on in, or goes on from, a supplier that is terminated" in words(of(decision, "links.stopped"))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_both_parts_of_a_split_supplier_show_it(store: Store) -> None:
    suppliers(store, GONE)
    parts = [
        a_supplier_fact(f"part-{place}", supplier_id="gone", fact=Succession(heir))
        for place, heir in enumerate(("acme-factory", "other-heir"))
    ]
    facts(store, *parts)
    assert [each.supplier_id for each in answer(store).linked_to] == ["gone"]
