"""What is answered about a supplier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.suppliers.score.histories import HISTORIES, NOW, TABLE, TODAY, a_good_year
from zhengpin.domain.supplier_score import (
    Band,
    Blemishes,
    CapCode,
    ComponentName,
    ConfirmedFake,
    DailyEvidence,
    Measure,
    Prior,
    PriorTable,
    SupplierScore,
)
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.score import score_supplier
from zhengpin.suppliers.score.standards import UNFITTED
from zhengpin.suppliers.score.sums import sum_evidence

FAKE = ConfirmedFake("outcome-1", NOW - timedelta(days=100))


def score_of(
    history: list[DailyEvidence], blemishes: Blemishes | None = None, now: datetime = NOW, **changes: Any
) -> SupplierScore:
    ordinary: dict[str, Any] = {"table": TABLE, "category": "shoes"}
    sums = sum_evidence(history, now.date())
    return score_supplier("acme", sums, blemishes or Blemishes(), now=now, **{**ordinary, **changes})


def test_a_newcomer_begins_with_200_points_and_hears_why() -> None:
    score = score_of([])
    assert (score.points, score.band, score.evidence_count) == (200, Band.NORMAL, 0)
    assert [reason.en for reason in score.reasons] == [
        "There is too little evidence for or against: newcomers begin with 200 points."
    ]


@given(HISTORIES)
def test_a_replay_gives_the_same_answer(history: list[DailyEvidence]) -> None:
    assert score_of(history) == score_of(list(reversed(history)))


@given(HISTORIES, st.sampled_from([Blemishes(), Blemishes(open_high=("i",)), Blemishes(confirmed_fakes=(FAKE,))]))
def test_points_with_and_without_their_reasons_are_the_same(history: list[DailyEvidence], blemishes: Blemishes) -> None:
    score = score_of(history, blemishes)
    alone = points_of(sum_evidence(history, TODAY), UNFITTED, caps_of(blemishes, NOW), NOW)
    assert (score.points, score.low, score.high, score.band) == (alone.points, alone.low, alone.high, alone.band)


def test_a_good_supplier_hears_what_says_most() -> None:
    score = score_of(a_good_year(10_000))
    assert score.band is Band.PREFERRED
    assert score.reasons[0].en.startswith("Authenticity adds ")
    assert "9,803 / 9,803 without a word of fakes" in score.reasons[0].en
    assert "正品加" in score.reasons[0].zh
    assert len(score.reasons) == 3


def test_what_takes_points_is_told_before_what_adds_more_of_them() -> None:
    defective = [replace(each, good=0, bad=1000) for each in a_good_year() if each.measure is Measure.VOTES]
    rest = [each for each in a_good_year() if each.measure is not Measure.VOTES]
    reasons = [reason.en for reason in score_of(rest + defective).reasons]
    assert reasons[0].startswith("The vote takes ")
    assert reasons[1].startswith("Authenticity adds ")


@pytest.mark.parametrize(
    ("measure", "bad", "component"),
    [(Measure.ORDERS_WITH_DEFECTS, 0.3, "quality"), (Measure.HANDOVERS, 0.4, "delivery")],
)
def test_who_fails_in_what_buyers_get_is_not_good_whatever_the_rest_is(
    measure: Measure, bad: float, component: str
) -> None:
    rest = [each for each in a_good_year(10_000) if each.measure is not measure]
    score = score_of([*rest, DailyEvidence(TODAY, measure, 10_000 * (1 - bad), 10_000 * bad)])
    assert (score.points, score.band) == (399, Band.NORMAL)
    assert [cap.code for cap in score.caps] == [CapCode.FAILING]
    assert score.reasons[0].en == f"At most 399 points: Far below standard: {component}."
    assert score.reasons[1].en.lower().startswith(f"{component} takes ")
    assert all(each.about != CapCode.FAILING for each in score.improvements)


def test_votes_alone_bar_nobody() -> None:
    warned = [replace(each, good=0, bad=1000) for each in a_good_year(10_000) if each.measure is Measure.VOTES]
    rest = [each for each in a_good_year(10_000) if each.measure is not Measure.VOTES]
    assert score_of(rest + warned).caps == ()


def test_components_tell_k_of_n() -> None:
    delivery = score_of([DailyEvidence(TODAY, Measure.HANDOVERS, 95, 5)]).components[2]
    assert (delivery.name, delivery.weight) == (ComponentName.DELIVERY, 0.15)
    assert delivery.k / delivery.n == pytest.approx(0.95)
    assert delivery.low < delivery.value < delivery.high


@pytest.mark.parametrize(
    ("blemishes", "points", "band", "code"),
    [
        (Blemishes(open_critical=("i-2", "i-1")), 99, Band.STOP, CapCode.OPEN_CRITICAL_INCIDENT),
        (Blemishes(open_high=("i-1",)), 199, Band.AT_RISK, CapCode.OPEN_HIGH_INCIDENT),
        (Blemishes(confirmed_fakes=(FAKE,)), 399, Band.NORMAL, CapCode.CONFIRMED_FAKE),
    ],
)
def test_a_blemish_caps_the_best_of_records(blemishes: Blemishes, points: int, band: Band, code: CapCode) -> None:
    score = score_of(a_good_year(100_000), blemishes)
    assert (score.points, score.high, score.band) == (points, points, band)
    assert [cap.code for cap in score.caps] == [code]
    assert score.reasons[0].en.startswith(f"At most {points} points: ")
    assert score.next_improvement is not None
    assert score.next_improvement.about is code
    assert score.next_improvement.gain == score_of(a_good_year(100_000)).points - points


def test_a_confirmed_fake_bars_for_180_days() -> None:
    until = FAKE.found_at + timedelta(days=180)
    (cap,) = caps_of(Blemishes(confirmed_fakes=(FAKE,)), until - timedelta(seconds=1))
    assert (cap.until, cap.evidence) == (until, ("outcome-1",))
    assert caps_of(Blemishes(confirmed_fakes=(FAKE,)), until) == ()


def test_the_lowest_cap_comes_first_and_holds() -> None:
    score = score_of(a_good_year(), Blemishes(("i-1",), ("i-2",), (FAKE,)))
    assert [cap.points for cap in score.caps] == [99, 199, 399]
    assert score.points == 99


def test_a_cap_raises_nobody() -> None:
    assert score_of([], Blemishes(confirmed_fakes=(FAKE,))).points == 200


def test_the_next_improvement_brings_what_it_promises() -> None:
    history = a_good_year(300)
    score = score_of(history)
    improvement = score.next_improvement
    assert improvement is not None
    assert improvement.about is ComponentName.SERVICE
    just_now = 50 * 2 ** (0.5 / 90)  # half a day ago, as its day began
    more = [DailyEvidence(TODAY, measure, good=just_now) for measure in (Measure.ANSWERS, Measure.RESOLUTIONS)]
    assert score_of([*history, *more]).points - score.points == improvement.gain > 0


def test_improvements_come_with_the_largest_gain_first_and_none_is_for_nothing() -> None:
    improvements = score_of(a_good_year(300)).improvements
    gains = [each.gain for each in improvements]
    assert len(gains) > 1
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] > 0


def test_what_is_no_count_of_events_is_told_as_a_share() -> None:
    told = [DailyEvidence(TODAY, Measure.DEPOSIT_COVER, 0.99, 0.01), DailyEvidence(TODAY, Measure.AUDITS, 9.9, 0.1)]
    score = score_of(told)
    compliance, cover = sorted(reason.en for reason in score.reasons)
    assert " 99% passed" in compliance
    assert " 99% covered by the deposit" in cover
    assert score.evidence_count == pytest.approx(
        500, rel=0.01
    )  # ten audits; a deposit is no evidence of how one trades


def test_a_reason_says_what_is_tolerated() -> None:
    (reason,) = score_of([DailyEvidence(TODAY, Measure.HANDOVERS, 99, 0)]).reasons
    assert reason.en.endswith("in time (a bad share of 4.0% is tolerated).")


def test_a_deposit_takes_the_place_of_the_one_before() -> None:
    uncovered = [
        replace(each, good=0, bad=1) for each in a_good_year(1_000_000) if each.measure is Measure.DEPOSIT_COVER
    ]
    rest = [each for each in a_good_year(1_000_000) if each.measure is not Measure.DEPOSIT_COVER]
    improvement = score_of(rest + uncovered).next_improvement
    assert improvement is not None
    assert improvement.about is ComponentName.COVER


def test_a_score_names_its_formula_and_its_table() -> None:
    assert score_of([]).version == "6/2026-01"


def test_a_category_has_its_own_priors_and_others_those_of_all() -> None:
    strict = tuple(Prior(0.5, 1000) for _ in UNFITTED)
    table = PriorTable("t", date(2026, 1, 1), {"": UNFITTED, "toys": strict})
    assert score_of(a_good_year(), table=table, category="toys").points < score_of(a_good_year(), table=table).points
    assert score_of(a_good_year(), table=table).points == score_of(a_good_year()).points


def test_a_supplier_that_sold_a_million_is_scored_from_its_days() -> None:
    days = [DailyEvidence(TODAY - timedelta(days=age), Measure.HANDOVERS, 2700, 40) for age in range(365)]
    assert score_of(days).components[2].n == pytest.approx(2740 * 123, rel=0.1)
