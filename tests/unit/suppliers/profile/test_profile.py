"""What rules ask of a supplier, worked out of its facts in whatever order they come."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, a_supplier, a_supplier_fact, yuan
from zhengpin.domain.money import Money
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    DayOfService,
    Deposit,
    DocumentKind,
    Fact,
    IncidentGravity,
    IncidentKind,
    Referral,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
    SupplierIncident,
    TraderDetail,
    TraderField,
)
from zhengpin.domain.supplier_profile import (
    Audits,
    Incidents,
    Invoiced,
    Papers,
    ReferralTree,
    Service,
    SupplierProfile,
    TraderDetails,
)
from zhengpin.suppliers.profile.profile import due_on, profile_of
from zhengpin.suppliers.profile.sources import Sources

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
HASH = "ab" * 32
CODE = "91350100M000100Y43"


def told(*facts: Fact, **changes: Any) -> list[SupplierFact]:
    return [a_supplier_fact(f"{type(each).__name__}-{nth}", fact=each, **changes) for nth, each in enumerate(facts)]


def profile(facts: Sequence[SupplierFact], **others: Any) -> SupplierProfile:
    return profile_of(Sources(a_supplier(), NOW, facts, **others))


def due(facts: Sequence[SupplierFact]) -> date | None:
    sources = Sources(a_supplier(), NOW, facts)
    return due_on(sources, profile_of(sources))


def sales(days: int, a_day: int, *, until: int = 0, claims: int | None = None) -> list[DayOfSales]:
    """So many days of the same sales, the last one so many days ago, with claims open at the end of each."""
    owed = None if claims is None else yuan(claims)
    return [DayOfSales(TODAY - timedelta(days=until + nth), yuan(a_day), owed) for nth in range(days)]


def test_of_whom_nothing_is_told_nothing_is_known() -> None:
    assert profile([]) == SupplierProfile(NOW)
    assert due([]) is None


def test_a_deposit_covers_a_tenth_of_a_month_and_the_claims_that_are_open_at_its_end() -> None:
    facts = told(*sales(40, 1000, claims=500), Deposit(yuan(1750)))
    assert profile(facts).deposit_cover == pytest.approx(1750 / (0.1 * 30_000 + 500))


def test_the_latest_deposit_counts() -> None:
    month = told(*sales(30, 1000))
    first, last = (
        a_supplier_fact(f"deposit-{ago}", fact=Deposit(yuan(100 * ago)), observed_at=NOW - timedelta(ago))
        for ago in (9, 3)
    )
    assert profile([last, first, *month]).deposit_cover == pytest.approx(0.1)


@pytest.mark.parametrize(
    "facts",
    [
        [Deposit(yuan(1))],
        sales(30, 1000),
        [Deposit(yuan(1)), *sales(30, 0)],
        [Deposit(Money.of(1, "USD")), *sales(30, 1000)],
    ],
    ids=["no sales", "no deposit", "nothing to cover", "another currency"],
)
def test_the_cover_is_not_known_where_there_is_nothing_to_compare(facts: list[Fact]) -> None:
    assert profile(told(*facts)).deposit_cover is None


def test_a_week_that_turns_over_six_times_as_much_is_a_jump_of_six() -> None:
    facts = told(*sales(7, 6000), *sales(28, 1000, until=7), *sales(10, 99_000, until=35))
    assert profile(facts).turnover_jump == pytest.approx(6.0)


def test_what_is_usual_of_a_newcomer_nobody_knows() -> None:
    assert profile(told(*sales(7, 6000), *sales(13, 1000, until=7))).turnover_jump is None
    assert profile(told(*sales(7, 6000), *sales(14, 1000, until=7))).turnover_jump == pytest.approx(12.0)


def test_a_jump_is_over_once_nobody_has_told_of_sales_for_a_week() -> None:
    assert profile(told(*sales(7, 6000, until=7), *sales(28, 1000, until=14))).turnover_jump is not None
    assert profile(told(*sales(7, 6000, until=8), *sales(28, 1000, until=15))).turnover_jump is None


def test_service_adds_up_over_ninety_days() -> None:
    days = [DayOfService(TODAY - timedelta(days=ago), contacts=10, answered=9, resolved=7) for ago in (-1, 0, 89, 90)]
    assert profile(told(*days)).service == Service(20, 14)


def test_details_say_what_was_told_what_was_verified_and_since_when() -> None:
    phone, name = TraderDetail(TraderField.PHONE, verified=True), TraderDetail(TraderField.NAME)
    since = NOW - timedelta(days=20)
    facts = [*told(phone, observed_at=NOW), a_supplier_fact("name", fact=name, observed_at=since)]
    assert profile(facts).trader == TraderDetails(since, (TraderField.NAME, TraderField.PHONE), (TraderField.PHONE,))


def test_a_licence_that_a_stranger_handed_in_too_is_a_strangers() -> None:
    licence = SupplierDocument(DocumentKind.LICENCE, sha256=HASH)
    elsewhere = {HASH: (a_supplier("other", registration_code=""),)}
    assert profile(told(licence, licence), lenders=elsewhere).papers == Papers(of_strangers=1)
    assert profile(told(licence)).papers == Papers()


def test_a_test_report_goes_from_hand_to_hand() -> None:
    report = SupplierDocument(DocumentKind.TEST_REPORT, sha256=HASH, edited=True)
    elsewhere = {HASH: (a_supplier("other", registration_code=""),)}
    assert profile(told(report), lenders=elsewhere).papers == Papers(edited=1)


def test_invoices_of_a_year_add_up_by_brand() -> None:
    def invoice(quantity: int | None, days_ago: int, brand_id: str = "acme", *, edited: bool = False) -> Fact:
        issued = TODAY - timedelta(days=days_ago)
        return SupplierDocument(
            DocumentKind.INVOICE, issued_on=issued, brand_id=brand_id, quantity=quantity, edited=edited
        )

    facts = told(
        invoice(10, 0), invoice(20, 364), invoice(40, 365), invoice(None, 1), invoice(80, 1, edited=True),
        invoice(5, 1, ""), invoice(160, -1),
    )  # fmt: skip
    assert profile(facts).invoiced == (Invoiced("", 5), Invoiced("acme", 30))


def test_the_latest_audit_of_each_site_says_until_when_it_holds() -> None:
    def audit(grade: str, on: date, site: str = "one", scheme: str = "amfori BSCI") -> Audit:
        return Audit(scheme, grade, on, site=site)

    facts = told(
        audit("A", date(2025, 6, 1)), audit("B", date(2026, 1, 5)), audit("E", date(2026, 1, 5), "two"),
        audit("A", date(2026, 1, 5), "three", "of our own"), audit("A", TOMORROW),
    )  # fmt: skip
    assert profile(facts).audits == Audits((date(2028, 1, 5),), failed=1)


def test_goods_are_rejected_by_their_latest_decided_lot() -> None:
    def lot(category: str, ago: int, *, critical: int = 0, size: int = 80) -> SupplierFact:
        sample = SampleInspection(1000, size, critical=critical, category=category)
        return a_supplier_fact(f"{category}-{ago}", fact=sample, observed_at=NOW - timedelta(days=ago))

    facts = [lot("toys", 2, critical=1), lot("toys", 1, size=2), lot("food", 2, critical=1), lot("food", 1)]
    assert profile(facts).rejected_goods == ("toys",)
    assert profile([lot("toys", 1, size=2)]).rejected_goods is None


def test_an_incident_is_open_once_upheld_until_it_is_settled() -> None:
    def incident(gravity: IncidentGravity, settled: int | None = None, *, upheld: bool = True) -> Fact:
        at = None if settled is None else NOW + timedelta(days=settled)
        return SupplierIncident(IncidentKind.TERMS, gravity, upheld=upheld, settled_at=at)

    high, critical = IncidentGravity.HIGH, IncidentGravity.CRITICAL
    facts = told(incident(high), incident(high, -1), incident(high, upheld=False), incident(critical, 3))
    assert profile(facts).incidents == Incidents(critical=1, high=1)
    assert due(facts) == TODAY + timedelta(days=4)


def test_a_referral_tree_counts_levels_and_people_and_how_they_are_paid() -> None:
    downline = [[Referral("acme-factory")], [Referral("a"), Referral("a", paid_from_downline=True)]]
    recruits = {each: [Referral("acme-factory", paid_by_head=True, entry_fee=each == "a")] for each in "abc"}
    tree = ReferralTree(2, 3, paid_by_head=True, paid_from_downline=True)
    assert profile([], downline=downline, recruits=recruits).referrals == tree


def test_what_two_owners_say_however_often_is_no_system() -> None:
    paid = Referral("acme-factory", paid_by_head=True, entry_fee=True)
    found = profile([], downline=[[paid] * 30, [paid] * 30], recruits={"a": [paid] * 20, "b": [paid] * 10})
    assert found.referrals == ReferralTree(2, 60)


@pytest.mark.parametrize(
    ("fact", "day"),
    [
        (DayOfService(TODAY, 1, 1, 1), TOMORROW),
        (DayOfSales(TODAY, yuan(1)), TOMORROW),
        (TraderDetail(TraderField.NAME), None),
        (Audit("SA8000", "passed", date(2026, 1, 1), valid_to=date(2026, 5, 4)), date(2026, 5, 5)),
        (SupplierDocument(DocumentKind.INVOICE, issued_on=TOMORROW, quantity=1), TOMORROW),
        (SupplierDocument(DocumentKind.INVOICE, issued_on=TODAY, quantity=1), TODAY + timedelta(days=365)),
        (Deposit(yuan(1)), None),
    ],
)
def test_a_profile_is_due_when_time_alone_makes_it_another_one(fact: Fact, day: date | None) -> None:
    assert due(told(fact)) == day


def test_details_asked_for_lately_are_looked_at_every_day() -> None:
    assert due(told(TraderDetail(TraderField.NAME), observed_at=NOW - timedelta(days=9))) == TOMORROW


FACTS = told(
    *sales(40, 700, claims=9), Deposit(yuan(5)), Deposit(yuan(7)), DayOfService(TODAY, 4, 3, 2),
    Audit("BSCI", "A", date(2025, 1, 1)), Audit("BSCI", "D", date(2025, 1, 1)),
    SampleInspection(1000, 80, critical=1), SampleInspection(1000, 80), TraderDetail(TraderField.NAME),
)  # fmt: skip


@given(st.permutations(FACTS))
def test_the_order_of_facts_does_not_matter(facts: list[SupplierFact]) -> None:
    assert profile(facts) == profile(FACTS)
