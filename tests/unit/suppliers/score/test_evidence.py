"""What facts say of a supplier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.outcome import Outcome, OutcomeKind, OutcomeSource
from zhengpin.domain.supplier_fact import (
    DayOfService,
    IncidentGravity,
    IncidentKind,
    SampleInspection,
    SupplierIncident,
)
from zhengpin.domain.supplier_score import DailyEvidence, Measure
from zhengpin.suppliers.score.evidence import (
    of_audit,
    of_checks,
    of_cover,
    of_incident,
    of_orders,
    of_outcome,
    of_sample,
    of_service,
    of_votes,
)

DAY = date(2026, 2, 1)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def test_orders_tell_of_delivery_fakes_defects_and_prices() -> None:
    orders = OrderCounts(
        orders=100,
        shipped=95,
        shipped_late=6,
        unscanned=1,
        delivered=90,
        cancelled=5,
        fake_complaints=2,
        distinct_complaining_orders=11,
        with_faults=7,
        excused=2,
        promised=80,
        arrived_late=9,
        late_by_word=3,
    )
    assert list(of_orders(DAY, orders)) == [
        DailyEvidence(DAY, Measure.HANDOVERS, 88, 7),
        DailyEvidence(DAY, Measure.ORDERS_UNFULFILLED, 0, 3),
        DailyEvidence(DAY, Measure.ARRIVALS, 71, 12),
        DailyEvidence(DAY, Measure.ORDERS_CALLED_FAKE, 88, 2),
        DailyEvidence(DAY, Measure.ORDERS_WITH_DEFECTS, 83, 5),
        DailyEvidence(DAY, Measure.PRICE_CLAIMS, 90, 0),
    ]


def test_a_complaint_before_the_delivery_was_told_counts_nobody_backwards() -> None:
    complained = OrderCounts(orders=1, fake_complaints=1, distinct_complaining_orders=1, with_faults=1)
    assert all(each.good >= 0 and each.bad >= 0 for each in of_orders(DAY, complained))


@pytest.mark.parametrize("said", [{"called_late": 1}, {"changed_mind": 1}])
def test_a_complaint_that_is_late_or_of_a_changed_mind_leaves_the_goods_as_good_as_any(said: dict[str, int]) -> None:
    fine = OrderCounts(orders=1, shipped=1, delivered=1)
    complained = fine._replace(complaints=1, distinct_complaining_orders=1, **said)
    assert list(of_orders(DAY, complained)) == list(of_orders(DAY, fine))


def test_outcomes_count_on_their_day_in_utc() -> None:
    found = datetime(2026, 2, 2, 1, tzinfo=timezone(timedelta(hours=8)))
    fake = Outcome("o-1", "listing-1", OutcomeKind.FAKE, OutcomeSource.LABORATORY, found)
    assert of_outcome(fake) == DailyEvidence(DAY, Measure.AUTHENTICITY_TESTS, 0, 1)


def test_service_tells_of_answers_and_of_what_was_settled() -> None:
    assert list(of_service(DayOfService(DAY, contacts=20, answered=18, resolved=15))) == [
        DailyEvidence(DAY, Measure.ANSWERS, 18, 2),
        DailyEvidence(DAY, Measure.RESOLUTIONS, 15, 3),
    ]


def test_a_minor_defect_of_a_sample_is_none() -> None:
    sample = SampleInspection(lot_size=1000, sample_size=80, critical=1, major=2, minor=9)
    assert of_sample(NOON, sample) == DailyEvidence(DAY, Measure.UNITS_INSPECTED, 77, 3)


@pytest.mark.parametrize(("lot_size", "counted"), [(1000, 80), (30_000, 315), (10**12, 315)])
def test_a_sample_counts_as_no_more_units_than_its_plan_asks_for(lot_size: int, counted: int) -> None:
    told = of_sample(NOON, SampleInspection(lot_size, sample_size=lot_size, major=lot_size // 10))
    assert (told.good, told.bad) == pytest.approx((counted * 0.9, counted * 0.1))


def test_only_upheld_incidents_speak() -> None:
    def told(kind: IncidentKind, *, upheld: bool) -> DailyEvidence | None:
        return of_incident(NOON, SupplierIncident(kind, IncidentGravity.HIGH, upheld=upheld))

    assert told(IncidentKind.INFRINGEMENT, upheld=True) == DailyEvidence(DAY, Measure.INFRINGEMENTS, 0, 1)
    assert told(IncidentKind.PRICE, upheld=True) == DailyEvidence(DAY, Measure.PRICE_CLAIMS, 0, 1)
    assert told(IncidentKind.INFRINGEMENT, upheld=False) is None
    assert told(IncidentKind.TERMS, upheld=True) is None


def test_audits_checks_and_votes_are_told_as_shares() -> None:
    assert of_audit(DAY, 0.75) == DailyEvidence(DAY, Measure.AUDITS, 0.75, 0.25)
    assert of_checks(DAY, 8, 1) == DailyEvidence(DAY, Measure.CHECKS, 8, 1)
    assert of_votes(DAY, 0.75, 40) == DailyEvidence(DAY, Measure.VOTES, 30, 10)


def test_a_deposit_covers_what_buyers_could_claim() -> None:
    assert of_cover(DAY, 500, 2000) == DailyEvidence(DAY, Measure.DEPOSIT_COVER, 0.25, 0.75)
    assert of_cover(DAY, 5000, 2000) == DailyEvidence(DAY, Measure.DEPOSIT_COVER, 1, 0)
    assert of_cover(DAY, 500, 0) is None
