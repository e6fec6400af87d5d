"""Applications checked by what is stored around them, on both databases."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from applying import (
    CODE,
    EVERY_DETAIL,
    KETTLES,
    ORDINARY_FACTS,
    a_paper,
    a_sample,
    an_applicant,
    an_application,
    of,
    result,
    told,
    words,
)
from builders import NOW, a_brand, a_list_entry, a_supplier, a_supplier_fact, an_authorisation, an_order_event, yuan
from zhengpin.domain.onboarding import CheckResult, OnboardingDecision, OnboardingOutcome, SupplierApplication
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.outcome import ListKind, SubjectKind
from zhengpin.domain.supplier import Shop, SupplierState
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    Deposit,
    DocumentKind,
    Fact,
    KeyedToken,
    Succession,
    SupplierFact,
    Termination,
    TokenKind,
)
from zhengpin.errors import NotFound
from zhengpin.storage import Store, UnitOfWork
from zhengpin.storage.paper_holders import MOST_HOLDERS
from zhengpin.storage.supplier_facts import MOST_LATEST
from zhengpin.usecases.applicant_surroundings import surroundings_of
from zhengpin.usecases.check_supplier import CheckSupplier

HERE = "here"
FILE = "ab" * 32
ACCOUNT = KeyedToken(TokenKind.PAYOUT_ACCOUNT, "cd" * 32, verified=True)
GATED = a_brand(gated=True)
BRANDED = replace(KETTLES, brand_id="acme")
GONE = a_supplier("gone", name="Old shop", state=SupplierState.TERMINATED)


def stored(store: Store, write: Callable[[UnitOfWork], Any]) -> None:
    with store.begin(HERE) as unit:
        write(unit)


def facts(store: Store, *told_facts: SupplierFact) -> None:
    stored(store, lambda unit: unit.supplier_facts.record_many(told_facts, NOW))


def suppliers(store: Store, *those: Any) -> None:
    stored(store, lambda unit: unit.suppliers.upsert_many(those, NOW))


def answer(
    store: Store, application: SupplierApplication | None = None, *, as_stored: bool = False
) -> OnboardingDecision:
    return CheckSupplier(store, lambda: NOW)(HERE, application or an_application(), as_stored=as_stored)


def test_a_supplier_that_nobody_knows_is_checked_by_what_it_sends(store: Store) -> None:
    decision = answer(store)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert decision.limits is not None
    assert [reason.en for reason in decision.limits.reasons] == ["0 delivered orders, fewer than 30"]
    with store.read(HERE) as reader:
        assert reader.suppliers.find_many(["acme-factory"]) == {}
        assert reader.supplier_facts.latest("acme-factory", [Deposit], NOW - timedelta(days=999), NOW) == ()


def test_a_stored_supplier_is_checked_as_it_is(store: Store) -> None:
    suppliers(store, an_applicant(shops=(Shop("its-shop"),)))
    facts(store, *ORDINARY_FACTS)
    asked = SupplierApplication(a_supplier("acme-factory", registration_code=""), trades=(KETTLES,))
    assert answer(store, asked, as_stored=True).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    with pytest.raises(NotFound, match="acme-factory-2"):
        answer(store, SupplierApplication(a_supplier("acme-factory-2")), as_stored=True)


def test_delivered_orders_make_a_history(store: Store) -> None:
    events = [
        an_order_event(f"event-{number}-{kind}", order_id=f"order-{number}", kind=kind)
        for number in range(30)
        for kind in (OrderEventKind.PAID, OrderEventKind.DELIVERED)
    ]
    stored(store, lambda unit: unit.orders.record_many(events))
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


def test_a_stored_fact_gives_way_to_a_higher_revision_for_this_answer_and_to_no_other(store: Store) -> None:
    facts(store, told(Deposit(yuan(1)), "deposit", revision=7), told(a_paper(), "old-licence"))
    for revision in (0, 7):
        same = told(Deposit(yuan(50_000)), "deposit", revision=revision)
        assert result(answer(store, an_application(facts=(same,))), "deposit.covers") is CheckResult.FAILED
    instead = told(Deposit(yuan(50_000)), "deposit", revision=8)
    without_papers = an_application(facts=(instead, *EVERY_DETAIL))
    assert result(answer(store, without_papers), "deposit.covers") is CheckResult.PASSED
    assert result(answer(store, an_application(facts=EVERY_DETAIL)), "deposit.covers") is CheckResult.FAILED
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
    [Termination("fakes"), a_paper(edited=True), Audit("BSCI", "zero tolerance", date(2026, 1, 1))],
)
def test_what_is_held_against_a_supplier_stands_whatever_it_sends(store: Store, held_against: Fact) -> None:
    facts(store, told(held_against, "mine"))
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


# --- letters ---------------------------------------------------------------------------------------------------------


def letters(store: Store, *edges: Any) -> None:
    stored(store, lambda unit: unit.brands.upsert_many([GATED], NOW))
    stored(store, lambda unit: unit.authorisations.upsert_many(edges))


def path(decision: OnboardingDecision) -> str:
    return words(of(decision, "authorisation.path"))


def test_a_stored_letter_opens_the_brand_and_one_that_is_sent_joins_a_stored_path(store: Store) -> None:
    letters(store, an_authorisation("to-agent", licensee_id="agent", sublicensable=True))
    suppliers(store, a_supplier("agent", name="Agent Ltd"), a_supplier("acme-owner", name="Acme Corp"))
    assert "no letter names" in path(answer(store, an_application(trades=(BRANDED,))))
    sent = an_authorisation("to-applicant", licensor_id="agent")
    decision = answer(store, an_application(trades=(BRANDED,), authorisations=(sent,)))
    assert "level 2: Acme Corp → Agent Ltd → " in path(decision)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_letters_in_a_circle_are_told_as_one(store: Store) -> None:
    letters(
        store,
        an_authorisation("a", licensor_id="x", licensee_id="acme-factory"),
        an_authorisation("b", licensor_id="y", licensee_id="x"),
        an_authorisation("c", licensor_id="x", licensee_id="y"),
    )
    assert "in a circle" in path(answer(store, an_application(trades=(BRANDED,))))


def test_ten_letters_in_a_row_are_followed_to_the_owner_and_are_too_many(store: Store) -> None:
    chain = ["acme-owner", *(f"agent-{number}" for number in range(9)), "acme-factory"]
    letters(
        store,
        *(
            an_authorisation(f"letter-{place}", licensor_id=one, licensee_id=other, sublicensable=True)
            for place, (one, other) in enumerate(pairwise(chain))
        ),
    )
    decision = answer(store, an_application(trades=(BRANDED,)))
    assert path(decision).startswith("level 10: ")
    assert "level 10 is beyond 2" in words(of(decision, "authorisation.depth"))
    assert {each.document for each in decision.requirements} == {DocumentKind.INVOICE}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"valid_from": date(2024, 1, 1), "valid_to": date(2025, 1, 1)}, "ended on 2025-01-01"),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2028, 1, 1)}, "holds only from 2027-01-01"),
    ],
)
def test_letters_that_ended_or_have_not_begun_open_nothing(store: Store, changes: dict[str, Any], says: str) -> None:
    letters(store, an_authorisation(**changes))
    assert says in path(answer(store, an_application(trades=(BRANDED,))))


# --- papers and people in common --------------------------------------------------------------------------------------


def test_a_paper_that_another_company_handed_in_refuses_whether_it_is_sent_or_stored(store: Store) -> None:
    suppliers(store, a_supplier("stranger", name="Stranger Ltd"))
    facts(store, a_supplier_fact("theirs", supplier_id="stranger", fact=a_paper(sha256=FILE)))
    sent = answer(store, an_application(told(a_paper(sha256=FILE), "mine")))
    assert of(sent, "paper.used-elsewhere")[0].evidence == ("mine", "stranger")
    facts(store, told(a_paper(sha256=FILE), "mine"))
    assert answer(store).outcome is sent.outcome is OnboardingOutcome.REFUSE


def test_nobody_is_a_borrower_of_the_paper_that_was_verified_as_its_own(store: Store) -> None:
    verified = told(a_paper(sha256=FILE, verified=True), "mine")
    facts(store, a_supplier_fact("theirs", supplier_id="stranger", fact=a_paper(sha256=FILE)))
    assert result(answer(store, an_application(verified)), "paper.used-elsewhere") is CheckResult.PASSED
    both = a_supplier_fact("theirs", supplier_id="stranger", fact=a_paper(sha256=FILE, verified=True), revision=1)
    facts(store, both)
    assert answer(store, an_application(verified)).outcome is OnboardingOutcome.REFUSE


def test_no_number_of_shells_hides_of_whom_a_paper_was_verified(store: Store) -> None:
    suppliers(store, *(an_applicant(supplier_id=f"a{number}") for number in range(MOST_HOLDERS)))
    shells = [
        a_supplier_fact(f"shell-{number}", supplier_id=f"a{number}", fact=a_paper(sha256=FILE))
        for number in range(MOST_HOLDERS)
    ]
    facts(store, *shells)
    sent = an_application(told(a_paper(sha256=FILE), "mine"))
    assert result(answer(store, sent), "paper.used-elsewhere") is CheckResult.PASSED
    facts(store, a_supplier_fact("theirs", supplier_id="victim", fact=a_paper(sha256=FILE, verified=True)))
    assert of(answer(store, sent), "paper.used-elsewhere")[0].evidence == ("mine", "victim")


def test_a_letter_that_somebody_else_holds_is_borrowed(store: Store) -> None:
    letters(store, an_authorisation("theirs", licensee_id="stranger", document_sha256=FILE))
    sent = an_authorisation("mine", document_sha256=FILE)
    decision = answer(store, an_application(trades=(BRANDED,), authorisations=(sent,)))
    assert of(decision, "paper.used-elsewhere")[0].evidence == ("mine", "stranger")


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


# --- much of everything ----------------------------------------------------------------------------------------------


def test_of_very_many_samples_the_latest_decides_and_of_sales_the_last_thirty_days(store: Store) -> None:
    early = datetime(2025, 1, 1, tzinfo=NOW.tzinfo)
    many = [
        told(a_sample(major=50), f"sample-{number}", observed_at=early + timedelta(minutes=number))
        for number in range(MOST_LATEST)
    ]
    facts(store, *many, told(a_sample(), "latest", observed_at=NOW - timedelta(days=1)))
    days = [
        told(DayOfSales(NOW.date() - timedelta(days=number), yuan(100_000)), f"day-{number}", observed_at=NOW)
        for number in range(40)
    ]
    facts(store, *days)
    decision = answer(store)
    assert of(decision, "sample.accepted")[0].evidence == ("latest",)
    assert of(decision, "deposit.covers")[0].expected.en == "at least 300000.00 CNY"


def test_no_statement_of_a_check_reads_more_of_a_marketplace_than_it_needs(sqlite_url: str) -> None:
    with closing(Store(sqlite_url)) as store, store.read(HERE) as reader:
        letter = an_authorisation(document_sha256=FILE)
        application = an_application(
            ACCOUNT, told(a_paper(sha256=FILE)), trades=(BRANDED,), authorisations=(letter,), gtins=("6901234567892",)
        )
        stored(store, lambda unit: unit.brands.upsert_many([GATED], NOW))
        connection = reader._scope.connection.connection.dbapi_connection
        assert connection is not None
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        surroundings_of(reader, application, NOW)
        connection.set_trace_callback(None)
        asked = [each for each in statements if not each.startswith("--")]
        assert 15 < len(asked) < 30
        for each in asked:
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {each}")]
            whole = [step for step in steps if step.endswith(("(marketplace=?)", "(marketplace=? AND licensee_id>?)"))]
            assert whole == [], each
