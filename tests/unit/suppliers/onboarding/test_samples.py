"""Samples of lots: the standard's table, its arrows, and the switching rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applying import KETTLES, a_sample, an_application, answer, around, needed, of, result, told, words
from zhengpin.domain.onboarding import CheckResult, IntendedTrade, OnboardingDecision, OnboardingOutcome
from zhengpin.domain.supplier_fact import DocumentKind, InspectionSeverity, SampleInspection
from zhengpin.suppliers.judged_lots import judge_lots
from zhengpin.suppliers.sampling_plan import LotVerdict, SamplingPlan, judge_count, plan_for
from zhengpin.suppliers.terms import Terms

LIMITS = (0.65, 1.0, 1.5, 2.5, 4.0, 6.5)


@pytest.mark.parametrize(
    ("lot", "limit", "plan"),
    [
        (91, 2.5, (20, 2)),
        (150, 6.5, (20, 4)),
        (151, 4.0, (32, 4)),
        (500, 2.5, (50, 4)),
        (1200, 4.0, (80, 8)),
        (3200, 0.65, (125, 3)),
        (10_000, 6.5, (200, 22)),
        (35_000, 4.0, (315, 22)),
    ],
)
def test_the_table_gives_sample_and_rejection_number(lot: int, limit: float, plan: tuple[int, int]) -> None:
    assert plan_for(lot, limit) == SamplingPlan(*plan)


@pytest.mark.parametrize(
    ("lot", "limit", "plan"),
    [
        (150, 1.5, (32, 2)),  # F, down to G
        (280, 0.65, (20, 1)),  # G, up to F
        (280, 1.0, (50, 2)),  # G, down to H
        (500, 0.65, (80, 2)),  # H, down to J
        (35_000, 6.5, (200, 22)),  # M, up to L
    ],
)
def test_an_arrow_takes_the_sample_and_the_number_of_the_next_plan(
    lot: int, limit: float, plan: tuple[int, int]
) -> None:
    assert plan_for(lot, limit) == SamplingPlan(*plan)


@pytest.mark.parametrize(("lot", "limit"), [(90, 2.5), (35_001, 2.5), (1000, 10.0), (1000, 2.4), (150, 1.0)])
def test_outside_of_the_table_there_is_no_plan(lot: int, limit: float) -> None:
    assert plan_for(lot, limit) is None


def test_tightened_inspection_takes_the_next_stricter_limit() -> None:
    assert plan_for(1000, 2.5, tightened=True) == plan_for(1000, 1.5)
    assert plan_for(1000, 0.65, tightened=True) is None


@given(st.integers(91, 35_000), st.sampled_from(LIMITS), st.integers(1, 400), st.integers(0, 30))
def test_one_more_defect_never_accepts_a_lot(lot: int, limit: float, inspected: int, defects: int) -> None:
    order = [LotVerdict.ACCEPTED, LotVerdict.OPEN, LotVerdict.REJECTED]
    plan = plan_for(lot, limit)
    fewer, more = (order.index(judge_count(plan, inspected, count)) for count in (defects, defects + 1))
    assert fewer <= more


@given(st.integers(91, 35_000), st.integers(0, 4))
def test_a_stricter_limit_never_allows_more_defects_in_the_same_sample(lot: int, column: int) -> None:
    strict, lax = plan_for(lot, LIMITS[column]), plan_for(lot, LIMITS[column + 1])
    if strict is None or lax is None or strict.sample_size != lax.sample_size:
        return
    assert strict.rejects_at <= lax.rejects_at


@given(st.lists(st.integers(0, 12), min_size=1, max_size=15), st.integers(0, 14))
def test_one_more_defect_in_any_lot_never_makes_a_later_one_pass(counts: list[int], which: int) -> None:
    worse = list(counts)
    worse[which % len(counts)] += 1
    before = judge_lots([a_sample(major=each) for each in counts], Terms())
    after = judge_lots([a_sample(major=each) for each in worse], Terms())
    for one, other in zip(before, after, strict=True):
        if one.sample == other.sample and one.tightened <= other.tightened:
            assert not (one.verdict is LotVerdict.REJECTED and other.verdict is LotVerdict.ACCEPTED)


def verdicts(*counts: int, **changes: object) -> list[str]:
    lots = judge_lots([a_sample(major=each, **changes) for each in counts], Terms())
    return [f"{'tight ' * lot.tightened}{lot.verdict}" for lot in lots]


def test_two_rejected_of_five_tighten_and_five_accepted_relax() -> None:
    assert verdicts(6, 0, 0, 6, 4, 0, 0, 0, 0, 0, 4) == [
        "rejected",
        "accepted",
        "accepted",
        "rejected",
        "tight rejected",
        *["tight accepted"] * 5,
        "accepted",
    ]


def test_two_rejected_further_apart_tighten_nothing() -> None:
    assert verdicts(6, 0, 0, 0, 0, 6, 4)[-1] == "accepted"


def test_a_lot_is_not_inspected_more_laxly_than_is_due() -> None:
    assert verdicts(6, 6, 4, severity=InspectionSeverity.NORMAL)[-1] == "tight rejected"
    assert verdicts(4, severity=InspectionSeverity.TIGHTENED) == ["tight rejected"]


def test_a_smaller_sample_only_rejects_and_a_larger_one_only_accepts() -> None:
    assert verdicts(0, sample_size=50) == ["open"]
    assert verdicts(6, sample_size=50) == ["rejected"]
    assert verdicts(5, sample_size=200) == ["accepted"]
    assert verdicts(6, sample_size=200) == ["open"]


def test_one_critical_defect_rejects_any_sample() -> None:
    assert verdicts(0, critical=1, sample_size=10, lot_size=40) == ["rejected"]


def sampled(*samples: SampleInspection) -> OnboardingDecision:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    facts = [told(each, f"lot-{nth}", observed_at=start + timedelta(days=nth)) for nth, each in enumerate(samples)]
    return answer(an_application(*reversed(facts)))


def test_an_accepted_lot_tells_its_numbers() -> None:
    decision = sampled(a_sample(major=5, minor=7, category="kitchen/kettles"))
    assert decision.outcome is OnboardingOutcome.ACCEPT
    told_of = words(of(decision, "sample.accepted"))
    assert told_of == "normal inspection: critical 0 (1 rejects), major 5 (6 rejects), minor 7 (8 rejects)"


def test_a_rejected_lot_closes_its_category_until_another_passes() -> None:
    rejected, passed = a_sample(minor=8, category="kitchen"), a_sample(category="kitchen")
    decision = sampled(rejected)
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert [(each.document, each.subject) for each in decision.requirements] == [(DocumentKind.TEST_REPORT, "kitchen")]
    assert sampled(rejected, passed).outcome is OnboardingOutcome.ACCEPT
    assert sampled(passed, rejected).outcome is OnboardingOutcome.NEED_DOCUMENTS


def test_a_rejected_lot_of_other_goods_closes_nothing() -> None:
    assert sampled(a_sample(minor=8, category="garden")).outcome is OnboardingOutcome.ACCEPT


def test_a_rejected_lot_leaves_other_trades_open() -> None:
    pans = IntendedTrade("kitchen/pans", territory="CN", ships_from="CN")
    lot = told(a_sample(minor=8, category="kitchen/pans"))
    decision = answer(an_application(lot, trades=(KETTLES, pans)))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert decision.limits is not None
    assert decision.limits.categories == ("kitchen/kettles",)


def test_a_lot_outside_of_the_table_is_answered_and_not_guessed() -> None:
    decision = sampled(a_sample(lot_size=50_000, sample_size=500))
    assert result(decision, "sample.accepted") is CheckResult.UNKNOWN
    assert "lies outside of the part of the table that is known here" in words(of(decision, "sample.accepted"))
    assert decision.outcome is OnboardingOutcome.ACCEPT


def test_a_sample_of_the_wrong_size_says_which_is_due() -> None:
    decision = sampled(a_sample(sample_size=50))
    assert "50 units inspected, 80 are due" in words(of(decision, "sample.accepted"))
    assert result(decision, "sample.accepted") is CheckResult.UNKNOWN


def test_an_open_lot_does_not_hide_the_one_that_was_rejected_before() -> None:
    decision = sampled(a_sample(major=9), a_sample(sample_size=50))
    assert decision.outcome is OnboardingOutcome.NEED_DOCUMENTS


@pytest.mark.parametrize("changes", [{"sample_size": 2000}, {"major": 50, "minor": 40}])
def test_a_record_that_can_not_be_is_said_and_hides_no_other(changes: dict[str, int]) -> None:
    decision = sampled(a_sample(major=9), a_sample(**changes))
    assert "can't be" in words(of(decision, "sample.record"))
    assert result(decision, "sample.record") is CheckResult.FAILED
    assert needed(decision) == {DocumentKind.TEST_REPORT}
    assert sampled(a_sample(**changes)).outcome is OnboardingOutcome.ACCEPT


def test_a_lot_that_only_the_application_tells_of_makes_a_person_look_after_a_rejected_one() -> None:
    rejected = told(a_sample(major=50), "rejected", observed_at=datetime(2026, 1, 1, tzinfo=UTC))
    accepted = told(a_sample(), "accepted")
    decision = answer(an_application(accepted), around(facts=(rejected,)))
    assert decision.outcome is OnboardingOutcome.ACCEPT_WITH_LIMITS
    assert "only the application tells so" in words(of(decision, "sample.accepted"))
    instead = told(a_sample(), "rejected", revision=9)
    assert answer(an_application(instead), around(facts=(rejected,))).outcome is OnboardingOutcome.NEED_DOCUMENTS
    assert answer(known=around(facts=(rejected, accepted))).outcome is OnboardingOutcome.ACCEPT
    assert answer(an_application(rejected, accepted)).outcome is OnboardingOutcome.ACCEPT
