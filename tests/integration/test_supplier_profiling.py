"""What rules ask of suppliers follows what is told of them, and their listings are judged anew."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from builders import NOW, a_listing, a_supplier, a_supplier_fact, yuan
from snapshot_reads import HERE, snapshot
from zhengpin.domain.hit import ActionKind
from zhengpin.domain.policy import Policy
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import (
    DayOfSales,
    DayOfService,
    Deposit,
    DocumentKind,
    Fact,
    IncidentGravity,
    IncidentKind,
    KeyedToken,
    Referral,
    SupplierDocument,
    SupplierFact,
    SupplierIncident,
    Termination,
    TokenKind,
)
from zhengpin.domain.supplier_profile import Papers, SupplierProfile
from zhengpin.domain.verdict import Decision, Verdict
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage import Store
from zhengpin.usecases.call import Call
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.link_suppliers import LinkSuppliers
from zhengpin.usecases.record_facts import FactKind, RecordFacts
from zhengpin.usecases.renew_profiles import NoteDueProfiles, RenewProfiles
from zhengpin.usecases.rescreen import PAGE, SETTLED, Rescreen
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening
from zhengpin.usecases.supplier_profiling import PROFILE_SIGNALS, SupplierProfiling

OWN = "acme-factory"
ACCOUNT = KeyedToken(TokenKind.PAYOUT_ACCOUNT, "ab" * 32, verified=True)
GRAVE = SupplierIncident(IncidentKind.TERMS, IncidentGravity.CRITICAL, upheld=True)


@pytest.fixture(scope="module")
def rulebook() -> Generator[RuleBook]:
    """The packs that ship."""
    book = RuleBook(load_packs(shipped("rules") / "packs", CATALOGUE))
    yield book
    book.close()


class Market:
    """A marketplace whose catalogue, screenings and jobs share a clock."""

    def __init__(self, store: Store, rulebook: RuleBook) -> None:
        self.store, self.now = store, NOW
        ids, self._requests = count(1), count(1)
        judge = JudgeListing(rulebook, Policy(), self._clock, lambda: str(UUID(int=next(ids)))).page
        profiles = SupplierProfiling(rulebook.asks(PROFILE_SIGNALS))
        self._record = RecordFacts(store, self._clock, profiles)
        self._screen = ScreenListings(store, judge, self._clock)
        self._renew = RenewProfiles(store, profiles, self._clock)
        self._note_due = NoteDueProfiles(store, self._clock)
        self._rescreen = Rescreen(store, judge, self._clock)

    def tell(self, *told: SupplierFact) -> None:
        """As backends tell facts."""
        assert not any(self._record(self._call("RecordSupplierFacts"), FactKind.SUPPLIER_FACTS, told))

    def register(self, supplier_id: str = OWN, **changes: Any) -> None:
        """As backends tell of suppliers."""
        self._record(self._call("UpsertSuppliers"), FactKind.SUPPLIERS, [a_supplier(supplier_id, shops=(), **changes)])

    def screen(self, *listing_ids: str, supplier_id: str = OWN) -> None:
        """Have listings of one supplier screened."""
        page = [Screening(listing=a_listing(each, supplier_id=supplier_id)) for each in listing_ids]
        self._screen(Call(HERE, "BatchScreenListings"), page)

    def renew(self) -> int:
        """Let the job renew whoever is tied to others."""
        return sum(self._renew())

    def next_days(self, days: int = 1) -> int:
        """Let days pass, and the job note whom they concern."""
        self.now += timedelta(days=days)
        return sum(self._note_due())

    def rescreen(self) -> list[Verdict]:
        """Work off the outbox; give the verdicts that it brought."""
        with self.store.read(HERE) as reader:
            cursor = reader.verdicts.last_cursor()
        self.now += SETTLED
        list(self._rescreen())
        with self.store.read(HERE) as reader:
            return list(reader.verdicts.after(cursor, VerdictFilter(), 1000)[0])

    def profile(self, supplier_id: str = OWN) -> SupplierProfile:
        """As it is stored."""
        with self.store.read(HERE) as reader:
            return reader.supplier_profiles.find_many([supplier_id])[supplier_id]

    def _call(self, method: str) -> Call:
        return Call(HERE, method, request_id=str(next(self._requests)))

    def _clock(self) -> datetime:
        return self.now


@pytest.fixture
def market(store: Store, rulebook: RuleBook) -> Market:
    """A marketplace of which nothing is told."""
    return Market(store, rulebook)


def of(supplier_id: str, *facts: Fact, **changes: Any) -> Sequence[SupplierFact]:
    """Facts of a supplier, named after it."""
    return [
        a_supplier_fact(f"{supplier_id}-{type(each).__name__}-{nth}", supplier_id=supplier_id, fact=each, **changes)
        for nth, each in enumerate(facts)
    ]


def codes(verdict: Verdict) -> set[str]:
    return {reason.code for reason in verdict.reasons}


def test_a_screening_knows_what_was_told_a_moment_before(market: Market) -> None:
    assert snapshot(market.store).supplier_profile is None
    market.tell(*of(OWN, GRAVE))
    assert snapshot(market.store).supplier_profile == market.profile()
    market.tell(*of(OWN, GRAVE, revision=1, withdrawn=True))
    assert snapshot(market.store).supplier_profile == SupplierProfile(NOW)


def test_all_listings_of_a_supplier_are_judged_anew_when_rules_say_something_else_of_it(market: Market) -> None:
    market.register()
    ids = [f"listing-{number:03}" for number in range(PAGE + 3)]
    market.screen(*ids)
    market.screen("of-another", supplier_id="other")
    market.tell(*of(OWN, GRAVE))
    judged = market.rescreen()
    assert [each.listing_id for each in judged] == ids
    assert all("supplier.critical-violation-open" in codes(each) for each in judged)
    assert judged[0].decision is Decision.REVIEW
    assert market.rescreen() == []


def test_what_no_rule_asks_of_has_nothing_judged_anew(market: Market) -> None:
    month = [DayOfSales(NOW.date() - timedelta(days=ago), yuan(1000)) for ago in range(30)]
    market.screen("listing-1")
    market.tell(*of(OWN, *month, Deposit(yuan(9000))))
    market.tell(*of(OWN, *month, Deposit(yuan(8000)), revision=1))
    assert market.profile().deposit_cover == pytest.approx(8000 / 3000)
    assert market.rescreen() == []
    market.tell(*of(OWN, *month, Deposit(yuan(2000)), revision=2))
    assert [codes(each) >= {"supplier.deposit-too-small"} for each in market.rescreen()] == [True]


def test_who_is_a_terminated_supplier_by_a_verified_account_is_held(market: Market) -> None:
    market.register("gone", state=SupplierState.TERMINATED)
    market.register()
    market.screen("listing-1")
    market.tell(*of("gone", ACCOUNT), *of(OWN, ACCOUNT))
    assert market.profile().terminated_identities == ("gone",)
    (verdict,) = market.rescreen()
    assert "supplier.is-a-terminated-one" in codes(verdict)
    assert {action.kind for action in verdict.actions} & {ActionKind.HOLD, ActionKind.DEMOTE}


def test_who_merely_may_belong_to_a_terminated_supplier_is_left_alone(market: Market) -> None:
    phone = KeyedToken(TokenKind.PHONE, "cd" * 32, verified=True)
    unverified = KeyedToken(TokenKind.PERSON, "ef" * 32)
    market.register("gone", state=SupplierState.TERMINATED)
    market.screen("listing-1")
    market.tell(*of("gone", phone, unverified), *of(OWN, phone, unverified))
    market.renew()
    assert market.profile().terminated_identities == ()
    assert market.rescreen() == []


@pytest.mark.parametrize("by_fact", [True, False])
def test_others_follow_when_who_shares_their_account_is_terminated(market: Market, *, by_fact: bool) -> None:
    market.register("gone")
    market.screen("listing-1")
    market.tell(*of("gone", ACCOUNT), *of(OWN, ACCOUNT))
    market.renew()
    assert market.rescreen() == []
    if by_fact:
        market.tell(*of("gone", Termination()))
    else:
        market.register("gone", state=SupplierState.TERMINATED)
    assert market.renew() >= 1
    assert market.renew() == 0
    assert ["supplier.is-a-terminated-one" in codes(each) for each in market.rescreen()] == [True]


def test_a_tie_that_was_told_by_mistake_is_undone_on_both_sides(market: Market) -> None:
    market.register("gone", state=SupplierState.TERMINATED)
    market.tell(*of("gone", ACCOUNT), *of(OWN, ACCOUNT))
    assert market.profile().terminated_identities == ("gone",)
    market.tell(*of("gone", ACCOUNT, revision=1, withdrawn=True))
    market.renew()
    assert market.profile().terminated_identities == ()


def test_a_paper_of_two_companies_is_of_the_first_one_until_it_is_verified(market: Market) -> None:
    licence = SupplierDocument(DocumentKind.LICENCE, sha256="ab" * 32)
    market.tell(*of(OWN, licence))
    assert market.profile().papers == Papers()
    market.tell(*of("other", licence))
    market.renew()
    assert market.profile("other").papers == Papers(of_strangers=1)
    assert market.profile().papers == Papers()
    market.tell(*of("other", replace(licence, verified=True), revision=1))
    market.renew()
    assert market.profile("other").papers == Papers()
    assert market.profile().papers == Papers(of_strangers=1)


def test_whoever_stands_above_in_a_referral_tree_follows(market: Market) -> None:
    market.screen("listing-1", supplier_id="top")
    market.tell(*of("middle", Referral("top")))
    for number in range(29):
        market.tell(*of(f"leaf-{number}", Referral("middle", paid_from_downline=True)))
    market.renew()
    market.tell(*of("lowest", Referral("leaf-0")))
    market.renew()
    tree = market.profile("top").referrals
    assert tree is not None
    assert (tree.levels, tree.people, tree.paid_from_downline) == (3, 31, True)
    (verdict,) = market.rescreen()
    assert "supplier.pays-from-downline-in-levels" in codes(verdict)
    assert verdict.decision is Decision.REVIEW
    assert not {action.kind for action in verdict.actions} & {ActionKind.HOLD, ActionKind.DEMOTE, ActionKind.DELIST}


def test_only_verified_suppliers_that_were_brought_in_say_how_and_one_owner_says_it_once(market: Market) -> None:
    paid = Referral(OWN, entry_fee=True)
    for each in "abcd":
        market.register(each, registration_code="", verified_at=NOW if each < "d" else None)
        market.tell(*of(each, paid, *([ACCOUNT] if each < "c" else [])))
    market.tell(*of("nobody", paid))
    assert sum(LinkSuppliers(market.store, lambda: NOW, lambda: "id")())
    market.tell(*of(OWN, GRAVE))
    tree = market.profile().referrals
    assert tree is not None
    assert (tree.people, tree.entry_fee) == (5, False)
    market.register("d", registration_code="", verified_at=NOW)
    market.renew()
    tree = market.profile().referrals
    assert tree is not None
    assert tree.entry_fee


def test_who_brought_one_another_in_goes_round_in_no_circle(market: Market) -> None:
    market.tell(*of("one", Referral("two")), *of("two", Referral("one")))
    market.renew()
    tree = market.profile("one").referrals
    assert tree is not None
    assert (tree.levels, tree.people) == (1, 1)


def test_days_that_pass_are_followed_too(market: Market) -> None:
    market.screen("listing-1")
    served = DayOfService(NOW.date(), contacts=100, answered=60, resolved=50)
    market.tell(*of(OWN, served, observed_at=NOW))
    assert [codes(each) >= {"supplier.leaves-buyers-alone"} for each in market.rescreen()] == [True]
    assert market.next_days(89) == 1
    market.renew()
    assert market.rescreen() == []
    assert market.next_days() == 1
    market.renew()
    assert market.profile().service is None
    assert [codes(each) >= {"supplier.leaves-buyers-alone"} for each in market.rescreen()] == [False]


def test_no_number_of_claims_hides_a_terminated_identity(market: Market) -> None:
    claim = KeyedToken(ACCOUNT.kind, ACCOUNT.token)
    market.tell(*of("gone", ACCOUNT, Termination()), *of(OWN, ACCOUNT))
    market.tell(*(told for number in range(60) for told in of(f"claims-{number}", claim)))
    market.renew()
    assert market.profile().terminated_identities == ("gone",)


def test_a_terminated_supplier_is_known_through_a_shell_between(market: Market) -> None:
    person = KeyedToken(TokenKind.PERSON, "cd" * 32, verified=True)
    market.tell(*of("gone", person), *of("shell", person, ACCOUNT), *of(OWN, ACCOUNT))
    market.renew()
    assert sum(LinkSuppliers(market.store, market._clock, lambda: "id")())
    market.tell(*of("gone", person, Termination(), revision=1))
    market.renew()
    assert market.profile().terminated_identities == ("gone",)


def test_whoever_comes_to_be_linked_to_a_terminated_supplier_is_profiled_anew(market: Market) -> None:
    person = KeyedToken(TokenKind.PERSON, "cd" * 32, verified=True)
    market.tell(*of("gone", person, Termination()), *of("shell", person, ACCOUNT), *of(OWN, ACCOUNT))
    market.renew()
    assert market.profile().terminated_identities == ()
    assert sum(LinkSuppliers(market.store, market._clock, lambda: "id")())
    market.renew()
    assert market.profile().terminated_identities == ("gone",)
