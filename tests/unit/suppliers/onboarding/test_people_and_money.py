"""Lists, links, deposits and what the law asks of traders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from applying import (
    EVERY_DETAIL,
    KETTLES,
    ORDINARY_FACTS,
    TERMS,
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
from builders import NOW, yuan
from zhengpin.domain.money import Money
from zhengpin.domain.onboarding import CheckResult, IntendedTrade, OnboardingDecision, OnboardingOutcome
from zhengpin.domain.outcome import ListEntry, ListKind, SubjectKind
from zhengpin.domain.ring import Link, LinkEvidence
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import (
    DayOfSales,
    Deposit,
    DocumentKind,
    Termination,
    TraderDetail,
    TraderField,
)
from zhengpin.suppliers.onboarding.high_volume import high_volume_since
from zhengpin.suppliers.onboarding.surroundings import CategoryRequirement


def denied(kind: SubjectKind, subject: str, list_kind: ListKind = ListKind.DENY, **changes: object) -> ListEntry:
    return ListEntry("entry-1", list_kind, kind, subject, reason="counterfeits", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "entry", [denied(SubjectKind.SUPPLIER, "acme-factory"), denied(SubjectKind.SHOP, "acme-factory-shop")]
)
def test_a_denied_supplier_or_shop_is_refused(entry: ListEntry) -> None:
    decision = answer(known=around(list_entries=(entry,)))
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert "counterfeits" in words(of(decision, "deny-list.entry"))
    assert decision.checks[0].evidence == ("entry-1",)


@pytest.mark.parametrize(
    "entry",
    [
        denied(SubjectKind.SUPPLIER, "somebody-else"),
        denied(SubjectKind.SUPPLIER, "acme-factory", expires_at=NOW),
        denied(SubjectKind.SUPPLIER, "acme-factory", ListKind.ALLOW),
    ],
)
def test_entries_on_others_ended_ones_and_allowances_speak_against_nobody(entry: ListEntry) -> None:
    assert answer(known=around(list_entries=(entry,))).outcome is OnboardingOutcome.ACCEPT


def test_a_watched_supplier_is_limited() -> None:
    known = around(list_entries=(denied(SubjectKind.SUPPLIER, "acme-factory", ListKind.WATCH),))
    assert answer(known=known).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_a_denied_brand_closes_its_own_trades() -> None:
    known = around(list_entries=(denied(SubjectKind.BRAND, "acme"),))
    branded = IntendedTrade("kitchen/pans", "acme", "CN", "CN")
    assert answer(an_application(trades=(branded,)), known).outcome is OnboardingOutcome.REFUSE
    both = answer(an_application(trades=(KETTLES, branded)), known)
    assert both.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert both.limits is not None
    assert both.limits.categories == ("kitchen/kettles",)


def test_a_denied_code_is_found_however_it_is_written() -> None:
    known = around(list_entries=(denied(SubjectKind.GTIN, "036000291452"),))
    decision = answer(an_application(gtins=("0036000291452",)), known)
    assert result(decision, "deny-list.entry") is CheckResult.FAILED
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


@pytest.mark.parametrize("state", [SupplierState.SUSPENDED, SupplierState.TERMINATED])
def test_who_is_stopped_does_not_come_in_again(state: SupplierState) -> None:
    assert answer(an_application(supplier=an_applicant(state=state))).outcome is OnboardingOutcome.REFUSE


def test_a_termination_that_is_told_refuses_with_its_reason() -> None:
    decision = answer(an_application(Termination("sold fakes", "case-7")))
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert "terminated on 2026-02-01: sold fakes" in words(decision.checks)


@pytest.mark.parametrize(("state", "times"), [(SupplierState.TERMINATED, 1), (SupplierState.SUSPENDED, 2)])
def test_one_termination_is_told_once(state: SupplierState, times: int) -> None:
    decision = answer(an_application(Termination("sold fakes"), supplier=an_applicant(state=state)))
    assert len(of(decision, "deny-list.state")) == times


def a_link(*, certain: bool, state: SupplierState = SupplierState.TERMINATED) -> Link:
    shared = LinkEvidence("payout_account", 16.5, 2, certain=certain)
    return Link("old-shop", 1.0 if certain else 0.97, certain, state, (shared,))


def test_a_certain_link_to_a_terminated_supplier_refuses() -> None:
    decision = answer(known=around(links=(a_link(certain=True),)))
    assert decision.outcome is OnboardingOutcome.REFUSE
    assert "it is one and the same as a supplier that is terminated" in words(decision.checks)
    assert decision.linked_to == (a_link(certain=True),)


def test_a_likely_link_makes_a_person_look_and_refuses_nobody() -> None:
    decision = answer(known=around(links=(a_link(certain=False),)))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert result(decision, "links.stopped") is CheckResult.UNKNOWN


def test_a_link_to_a_supplier_in_good_standing_says_nothing() -> None:
    known = around(links=(a_link(certain=True, state=SupplierState.ACTIVE),))
    assert answer(known=known).outcome is OnboardingOutcome.ACCEPT


def test_too_small_a_deposit_limits_until_it_is_topped_up() -> None:
    decision = answer(an_application(expected_turnover=yuan(600_000)))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert decision.limits is not None
    assert decision.limits.deposit == yuan(60_000)
    assert "50,000.00 CNY was received, too little by 10,000.00 CNY" in words(of(decision, "deposit.covers"))
    (requirement,) = decision.requirements
    assert (requirement.document, requirement.due_at) == (DocumentKind.DEPOSIT_CONTRACT, NOW + timedelta(days=7))


def test_a_category_has_a_floor_of_its_own() -> None:
    known = around(categories=(CategoryRequirement("kitchen", TERMS, deposit=yuan(80_000)),))
    decision = answer(known=known)
    assert decision.limits is not None
    assert decision.limits.deposit == yuan(80_000)


def test_real_sales_and_open_claims_count_where_they_are_more() -> None:
    day = DayOfSales(date(2026, 2, 20), yuan(300_000), open_claims=yuan(25_000))
    long_ago = DayOfSales(date(2025, 2, 20), yuan(9_000_000))
    decision = answer(an_application(day, long_ago))
    assert decision.limits is not None
    assert decision.limits.deposit == yuan(55_000)


def test_who_turns_over_nothing_owes_no_deposit() -> None:
    idle = DayOfSales(NOW.date(), Money("USD", 0), Money("USD", 0))
    decision = answer(an_application(idle, expected_turnover=yuan(0)), around(deposited=None))
    (found,) = of(decision, "deposit.covers")
    assert (found.result, found.observed.en) == (
        CheckResult.UNKNOWN,
        "no turnover to expect, and no category's floor",
    )
    assert decision.outcome is OnboardingOutcome.ACCEPT


def test_the_latest_deposit_counts() -> None:
    topped_up = told(Deposit(yuan(70_000)), "later", observed_at=NOW)
    application = an_application(expected_turnover=yuan(600_000))
    assert answer(application, around(facts=(topped_up,))).outcome is OnboardingOutcome.ACCEPT


def test_a_deposit_of_which_only_the_application_tells_covers_nothing() -> None:
    sent = told(Deposit(yuan(50_000)), "sent")
    decision = answer(an_application(sent), around(deposited=None))
    assert result(decision, "deposit.covers") is CheckResult.UNKNOWN
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    (found,) = of(decision, "deposit.covers")
    said = "50,000.00 CNY by the application alone; nothing was received yet, too little by 10,000.00 CNY"
    assert (found.observed.en, found.evidence) == (said, ("sent",))
    too_small = answer(an_application(told(Deposit(yuan(9_999)), "sent")), around(deposited=None))
    assert result(too_small, "deposit.covers") is CheckResult.FAILED


def test_a_stored_deposit_stands_whatever_the_application_tells_of_it() -> None:
    small = told(Deposit(yuan(1)), "deposit")
    for changes in ({"revision": 9}, {"observed_at": NOW}):
        sent = told(Deposit(yuan(50_000)), "deposit", **changes)
        assert answer(an_application(sent), around(deposited=small)).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    promised = told(Deposit(yuan(9)), "less", observed_at=NOW)
    assert answer(an_application(promised)).outcome is OnboardingOutcome.ACCEPT


def test_amounts_in_several_currencies_are_not_compared() -> None:
    decision = answer(an_application(expected_turnover=Money.of(10, "USD")))
    assert result(decision, "deposit.covers") is CheckResult.UNKNOWN
    assert "another currency" in words(of(decision, "deposit.covers"))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_sales_in_several_currencies_are_not_left_out() -> None:
    days = [DayOfSales(date(2026, 2, 20), yuan(1)), DayOfSales(date(2026, 2, 21), Money.of(9_000_000, "USD"))]
    assert answer(an_application(*days)).outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS


def test_without_a_turnover_to_expect_nothing_is_due() -> None:
    decision = answer(an_application(expected_turnover=None))
    assert decision.outcome is OnboardingOutcome.ACCEPT
    assert "tell the turnover to expect" in words(of(decision, "deposit.covers"))


def test_a_deposit_can_be_paid_in_its_currency() -> None:
    yen = an_application(expected_turnover=Money.of(123_456, "JPY"))
    asked = answer(yen, around(deposited=None))
    assert asked.limits is not None
    assert asked.limits.deposit == Money.of(12_345, "JPY")
    (found,) = of(asked, "deposit.covers")
    assert (found.expected.en, found.expected.zh) == ("At least 12,345 JPY", "不低于 12,345 JPY")
    paid = around(deposited=told(Deposit(Money.of(12_345, "JPY")), "deposit"))
    assert result(answer(yen, paid), "deposit.covers") is CheckResult.PASSED


def selling_to(territory: str, without: TraderField, *, verified: bool = True) -> OnboardingDecision:
    trade = IntendedTrade("kitchen/kettles", territory=territory, ships_from=territory)
    details = [
        told(TraderDetail(field, verified=verified), f"detail-{field}") for field in TraderField if field is not without
    ]
    return answer(an_application(trades=(trade,), facts=(*ORDINARY_FACTS[:2], *details)))


@pytest.mark.parametrize(
    ("territory", "field", "code", "outcome"),
    [
        ("FR", TraderField.SELF_CERTIFICATION, "trader.dsa-30", OnboardingOutcome.NEED_DOCUMENTS),
        ("US", TraderField.TAX_ID, "trader.inform", OnboardingOutcome.ACCEPT_WITH_LIMITS),
        ("CN", TraderField.PHONE, "trader.e-commerce-27", OnboardingOutcome.NEED_DOCUMENTS),
    ],
)
def test_each_territory_has_its_own_law(
    territory: str, field: TraderField, code: str, outcome: OnboardingOutcome
) -> None:
    decision = selling_to(territory, field)
    assert "missing: " in words(of(decision, code))
    assert (decision.outcome, needed(decision)) == (outcome, {DocumentKind.TRADER_DETAILS})


def selling_much_since(days_ago: int) -> OnboardingDecision:
    """Without a tax id, in the United States."""
    trade = IntendedTrade("kitchen/kettles", territory="US", ships_from="US")
    details = [each for each in EVERY_DETAIL if each.fact != TraderDetail(TraderField.TAX_ID, verified=True)]
    application = an_application(trades=(trade,), facts=(*ORDINARY_FACTS[:2], *details))
    return answer(application, around(high_volume_since=NOW.date() - timedelta(days=days_ago)))


def test_who_sells_much_in_america_has_ten_days_to_tell_who_it_is() -> None:
    decision = selling_much_since(8)
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert [each.due_at.date() for each in decision.requirements] == [NOW.date() + timedelta(days=2)]
    assert selling_much_since(10).outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_sales_of_twelve_months_in_a_row_make_a_trader_of_high_volume() -> None:
    today = date(2026, 3, 1)
    quarterly = [(today - timedelta(days=each), 50) for each in (600, 500, 400, 300)]
    assert high_volume_since(quarterly, today) == today - timedelta(days=300)
    assert high_volume_since(quarterly[1:], today) is None
    assert high_volume_since([(today - timedelta(days=365), 199), (today, 1)], today) is None
    assert high_volume_since([(today - timedelta(days=364), 199), (today, 1)], today) == today
    assert high_volume_since([(today - timedelta(days=730), 900), (today + timedelta(days=1), 900)], today) is None


def test_a_law_asks_for_nothing_where_it_does_not_hold() -> None:
    assert selling_to("US", TraderField.SELF_CERTIFICATION).outcome is OnboardingOutcome.ACCEPT
    assert selling_to("JP", TraderField.PHONE).outcome is OnboardingOutcome.ACCEPT


def test_who_sells_everywhere_answers_to_every_law() -> None:
    decision = answer(an_application(trades=(IntendedTrade("kitchen/kettles"),)))
    assert {each.code for each in decision.checks if each.code.startswith("trader.")} == {
        "trader.dsa-30",
        "trader.inform",
        "trader.e-commerce-27",
    }


def test_what_was_told_and_not_verified_limits() -> None:
    decision = selling_to("US", TraderField.NAME, verified=False)
    told = words(of(decision, "trader.inform"))
    assert told.startswith("not verified yet: payment account")
    assert told.endswith("a person verifies them")
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
