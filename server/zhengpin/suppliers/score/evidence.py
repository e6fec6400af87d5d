"""What is told of a supplier, as evidence of its score. Whoever stores facts asks here what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from zhengpin.domain.order_counts import MOST_OF_BUYER, OrderCounts
from zhengpin.domain.outcome import Outcome, OutcomeKind
from zhengpin.domain.supplier_fact import DayOfService, IncidentKind, SampleInspection, SupplierIncident
from zhengpin.domain.supplier_score import DailyEvidence, Measure
from zhengpin.suppliers.sampling_plan import plan_for

_OF_INCIDENT = {IncidentKind.INFRINGEMENT: Measure.INFRINGEMENTS, IncidentKind.PRICE: Measure.PRICE_CLAIMS}

_ASKED_TOGETHER: Final = {Measure.ORDERS_UNFULFILLED: Measure.HANDOVERS}
"""Each order is handed over in time, or late, or never."""

_LARGEST_SAMPLE: Final = 315
"""Units that any plan of the standard's table asks for at most."""


def of_orders(day: date, orders: OrderCounts) -> Iterator[DailyEvidence]:
    """What the orders of a day say that is over for at least 24 hours: until then nobody is late.

    An order that was paid and not shipped by then is not fulfilled, whether it was cancelled or forgotten, unless its
    cancellation is excused. One that was delivered came as promised or later; where nothing was promised, that says
    nothing, unless its buyer says that it was late and it did not go late either, which counts already. Who complains
    that it is late, or has changed its mind, finds no fault with the goods. A complaint that says "fake" speaks of
    authenticity alone. Every order was sold at a price of which
    something was said, but one that was never delivered proves nothing of it.
    """
    late = orders.shipped_late + orders.unscanned
    yield DailyEvidence(day, Measure.HANDOVERS, max(0, orders.shipped - late), late)
    yield DailyEvidence(day, Measure.ORDERS_UNFULFILLED, 0, max(0, orders.orders - orders.shipped - orders.excused))
    come_late = orders.arrived_late + orders.late_by_word
    yield DailyEvidence(day, Measure.ARRIVALS, orders.promised - orders.arrived_late, come_late)
    fake = orders.fake_complaints
    yield DailyEvidence(day, Measure.ORDERS_CALLED_FAKE, max(0, orders.delivered - fake), fake)
    defects = max(0, orders.with_faults - fake)
    yield DailyEvidence(day, Measure.ORDERS_WITH_DEFECTS, max(0, orders.delivered - defects - fake), defects)
    yield DailyEvidence(day, Measure.PRICE_CLAIMS, orders.delivered, 0)


def of_buyer(day: date, orders: OrderCounts) -> Iterator[DailyEvidence]:
    """What one buyer's orders of a day say: as much as `MOST_OF_BUYER` of them, with the shares that they have.

    Nobody learns more of a supplier from the same hand on the same day, be it the supplier's own. One more good event
    still never counts for less, nor one more bad one. An order that was handed over late and came as promised is both,
    and may be less bad than the day's others.
    """
    told, events = list(of_orders(day, orders)), Counter[Measure]()
    for each in told:
        events[_ASKED_TOGETHER.get(each.measure, each.measure)] += round(each.good + each.bad)
    for each in told:
        many = events[_ASKED_TOGETHER.get(each.measure, each.measure)]
        weight = MOST_OF_BUYER / max(MOST_OF_BUYER, many)
        yield replace(each, good=each.good * weight, bad=each.bad * weight)


def of_outcome(outcome: Outcome) -> DailyEvidence:
    """What a listing of the supplier's turned out to be."""
    good = outcome.kind is OutcomeKind.GENUINE
    return DailyEvidence(_day_of(outcome.found_at), Measure.AUTHENTICITY_TESTS, int(good), int(not good))


def of_service(told: DayOfService) -> Iterator[DailyEvidence]:
    """How buyers were answered on a day."""
    yield DailyEvidence(told.day, Measure.ANSWERS, told.answered, max(0, told.contacts - told.answered))
    yield DailyEvidence(told.day, Measure.RESOLUTIONS, told.resolved, max(0, told.answered - told.resolved))


def of_sample(inspected_at: datetime, sample: SampleInspection) -> DailyEvidence:
    """What a sample says unit by unit; whether its lot is accepted is another question.

    It counts as so many units as its plan asks for, with the share of defects that it has: more of one lot say little
    of the next, and would let a supplier drown its buyers' complaints.
    """
    bad = sample.critical + sample.major
    plan = plan_for(sample.lot_size, sample.major_limit)
    most = plan.sample_size if plan else _LARGEST_SAMPLE
    weight = most / max(most, sample.sample_size)
    good = max(0, sample.sample_size - bad)
    return DailyEvidence(_day_of(inspected_at), Measure.UNITS_INSPECTED, good * weight, bad * weight)


def of_incident(found_at: datetime, incident: SupplierIncident) -> DailyEvidence | None:
    """What an incident says once it is upheld; one against the terms has no component, and only bars (`Blemishes`)."""
    measure = _OF_INCIDENT.get(incident.kind)
    if measure is None or not incident.upheld:
        return None
    return DailyEvidence(_day_of(found_at), measure, 0, 1)


def of_audit(day: date, mark: float) -> DailyEvidence:
    """What an audit says with this mark, from 0 to 1. The latest one of a site takes the place of those before."""
    return DailyEvidence(day, Measure.AUDITS, mark, 1 - mark)


def of_checks(day: date, passed: int, failed: int) -> DailyEvidence:
    """What the checks of papers say. The latest round takes the place of those before."""
    return DailyEvidence(day, Measure.CHECKS, passed, failed)


def of_votes(day: date, share: float, effective_votes: float) -> DailyEvidence:
    """What a standing's votes say; they have faded by themselves, so the latest takes the place of those before."""
    return DailyEvidence(day, Measure.VOTES, share * effective_votes, (1 - share) * effective_votes)


def of_cover(day: date, deposit: float, exposed: float) -> DailyEvidence | None:
    """How far a deposit covers what buyers could claim, in one currency; `None` where they could claim nothing.

    The latest takes the place of those before.
    """
    if exposed <= 0:
        return None
    covered = min(1.0, deposit / exposed)
    return DailyEvidence(day, Measure.DEPOSIT_COVER, covered, 1 - covered)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
