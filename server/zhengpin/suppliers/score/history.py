"""All that is stored of one supplier, as the evidence of its score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

from zhengpin.domain.day import day_after
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.outcome import Outcome, OutcomeKind
from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.standing import Standing
from zhengpin.domain.supplier_fact import (
    Audit,
    DayOfSales,
    DayOfService,
    Deposit,
    IncidentGravity,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
    SupplierIncident,
)
from zhengpin.domain.supplier_score import Blemishes, ConfirmedFake, DailyEvidence
from zhengpin.suppliers.score.evidence import (
    of_buyer,
    of_incident,
    of_orders,
    of_outcome,
    of_sample,
    of_service,
    of_votes,
)
from zhengpin.suppliers.score.money import cover_of
from zhengpin.suppliers.score.papers import ends_of, of_audits, of_documents, zero_tolerance_of
from zhengpin.suppliers.score.sums import sum_evidence

F = TypeVar("F")

FEWEST_BUYERS: Final = 10
"""Fewer never make a supplier preferred: what few people say of it, it can say itself."""

KINDS: Final = (Audit, DayOfSales, DayOfService, Deposit, SampleInspection, SupplierDocument, SupplierIncident)
"""The facts that speak of a score."""
_RIPE: Final = timedelta(days=2)
"""When the orders of a day (UTC) have all had 24 hours to be handed over."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SupplierHistory:
    """What is stored of one supplier."""

    orders: Sequence[tuple[date, OrderCounts]] = ()
    """By the UTC day of their payment."""
    often_bought: Sequence[tuple[date, OrderCounts]] = ()
    """Those of buyers who bought more than `MOST_OF_BUYER` times on that day, each apart."""
    buyers: int = 0
    """How many are told, counted up to `FEWEST_BUYERS` at least."""
    outcomes: Sequence[Outcome] = ()
    """Those that were found by now."""
    next_outcome: datetime | None = None
    """When the next one will have been: clocks differ, so that one may be told ahead."""
    facts: Sequence[SupplierFact] = ()
    standings: Sequence[tuple[Standing, int]] = ()
    """Where the products that it sold stand by votes, and how many suppliers sold each."""
    category: str = ""
    stopped: bool = False
    """The marketplace has suspended or terminated it."""


def evidence_of(history: SupplierHistory, now: datetime) -> SupplierEvidence:
    """Add up what counts by now; the same in whatever order it was told."""
    today = now.astimezone(UTC).date()
    known = [fact for fact in history.facts if fact.observed_at <= now]
    daily = [*_from_orders(history, today), *map(of_outcome, history.outcomes), *_from_facts(known, today)]
    daily += _from_votes(history.standings)
    return SupplierEvidence(
        sum_evidence(daily, today),
        replace(_blemishes(history.outcomes, known, now), stopped=history.stopped, few_buyers=_are_few(history)),
        history.category,
        min((max(day, today + _DAY) for day in _later(history, daily, now, today) if day is not None), default=None),
    )


def _from_orders(history: SupplierHistory, today: date) -> Iterator[DailyEvidence]:
    others = dict(history.orders)
    for day, counts in history.often_bought:
        others[day] = others[day].minus(counts)
        if day + _RIPE <= today:
            yield from of_buyer(day, counts)
    for day, counts in others.items():
        if day + _RIPE <= today:
            yield from of_orders(day, counts)


def _are_few(history: SupplierHistory) -> bool:
    """Whether fewer than `FEWEST_BUYERS` have bought.

    An order whose buyer the marketplace does not tell counts as one more: suppliers have no say in what is told, and
    one marketplace's silence is no fault of theirs.
    """
    untold = sum(counts.of_untold_buyers for _, counts in history.orders)
    return history.buyers + untold < FEWEST_BUYERS


def _from_facts(facts: Sequence[SupplierFact], today: date) -> Iterator[DailyEvidence]:
    for _, told in _of(DayOfService, facts):
        yield from of_service(told)
    for fact, sample in _of(SampleInspection, facts):
        yield of_sample(fact.observed_at, sample)
    for fact, incident in _of(SupplierIncident, facts):
        if (said := of_incident(fact.observed_at, incident)) is not None:
            yield said
    yield from of_audits(_of(Audit, facts), today)
    yield from of_documents(_of(SupplierDocument, facts), today)
    if (cover := cover_of(_of(Deposit, facts), _of(DayOfSales, facts), today)) is not None:
        yield cover


def _from_votes(standings: Iterable[tuple[Standing, int]]) -> Iterator[DailyEvidence]:
    """Votes on a product don't say whose goods were meant: each supplier that sold any gets an equal part of them."""
    for standing, sellers in standings:
        votes = standing.effective_votes / max(1, sellers)
        yield of_votes(standing.as_of.astimezone(UTC).date(), standing.share, votes)


def _blemishes(outcomes: Iterable[Outcome], facts: Sequence[SupplierFact], now: datetime) -> Blemishes:
    upheld = [
        (fact.fact_id, incident.gravity)
        for fact, incident in _of(SupplierIncident, facts)
        if incident.upheld and (incident.settled_at is None or incident.settled_at > now)
    ]
    fakes = (each for each in outcomes if each.kind is OutcomeKind.FAKE)
    return Blemishes(
        open_critical=tuple(sorted(each for each, gravity in upheld if gravity is IncidentGravity.CRITICAL)),
        open_high=tuple(sorted(each for each, gravity in upheld if gravity is IncidentGravity.HIGH)),
        confirmed_fakes=tuple(
            sorted((ConfirmedFake(each.outcome_id, each.found_at) for each in fakes), key=lambda fake: fake.outcome_id)
        ),
        edited_papers=tuple(sorted(fact.fact_id for fact, paper in _of(SupplierDocument, facts) if paper.edited)),
        zero_tolerance=zero_tolerance_of(_of(Audit, facts), now.astimezone(UTC).date()),
    )


def _later(
    history: SupplierHistory, daily: Iterable[DailyEvidence], now: datetime, today: date
) -> Iterator[date | None]:
    """Days on which something is added that does not count today; `None` is never."""
    yield from (day + _RIPE for day, _ in history.orders if day + _RIPE > today)
    yield from (each.day for each in daily if each.day > today)
    yield from (day_after(fact.observed_at.astimezone(UTC).date()) for fact in history.facts if fact.observed_at > now)
    if history.next_outcome is not None:
        yield day_after(history.next_outcome.astimezone(UTC).date())
    known = [fact for fact in history.facts if fact.observed_at <= now]
    yield from (audit.audited_on for _, audit in _of(Audit, known) if audit.audited_on > today)
    yield from (sales.day for _, sales in _of(DayOfSales, known) if sales.day > today)
    yield from ends_of(_of(SupplierDocument, known), today)
    for _, incident in _of(SupplierIncident, known):
        if incident.settled_at is not None and incident.settled_at > now:
            yield day_after(incident.settled_at.astimezone(UTC).date())


def _of(kind: type[F], facts: Iterable[SupplierFact]) -> Iterator[tuple[SupplierFact, F]]:
    """The facts of a kind, each with what it says."""
    for fact in facts:
        if isinstance(fact.fact, kind):
            yield fact, fact.fact
