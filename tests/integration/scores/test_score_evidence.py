"""What is told of a supplier counts, from when on and until when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from builders import NOW, a_listing, a_supplier, a_supplier_fact, an_order_event, an_outcome
from scoring import HERE, Clock, a_day, order_events, store_suppliers, stored_score, tell_orders
from vote_builders import a_standing
from zhengpin.domain.order import OrderEventKind
from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import (
    DocumentKind,
    Fact,
    IncidentGravity,
    IncidentKind,
    SupplierDocument,
    SupplierIncident,
)
from zhengpin.domain.supplier_score import Band, ComponentName
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.storage import Store
from zhengpin.storage.standings import ListedStanding
from zhengpin.suppliers.score.standards import PLACE
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.record_facts import FactKind, record
from zhengpin.usecases.score_stale import ScoreStale

END_OF_TIME = datetime(9999, 12, 31, 12, tzinfo=UTC)


def test_one_supplier_gets_the_same_score_in_any_order_of_events(store: Store, clock: Clock) -> None:
    store_suppliers(store, "one", "two")
    one = [each for number in range(20) for each in order_events("one", number, number % 7 == 0, 9 + number)]
    two = [
        replace(
            each,
            supplier_id="two",
            event_id=each.event_id.replace("one", "two"),
            order_id=each.order_id.replace("one", "two"),
        )
        for each in one
    ]
    Random(7).shuffle(two)  # noqa: S311 - any order will do
    for told in (*one, *two):
        with store.begin(HERE) as unit:
            unit.orders.record_many([told])
        if told.event_id.endswith("3-paid"):
            sum(ScoreStale(store, clock)())
    sum(ScoreStale(store, clock)())
    assert stored_score(store, "one").evidence == stored_score(store, "two").evidence
    assert stored_score(store, "one").stands == stored_score(store, "two").stands


def test_what_one_buyer_buys_in_a_day_is_no_record(store: Store, clock: Clock) -> None:
    store_suppliers(store, "of-one", "of-many", "of-three")
    told = [each for number in range(300) for each in order_events("of-many", number, bad=False, days_ago=9)]
    one = [
        replace(
            each,
            supplier_id="of-one",
            event_id=f"one-{each.event_id}",
            order_id=f"one-{each.order_id}",
            buyer_id="somebody" if each.kind is OrderEventKind.DELIVERED else "",
        )
        for each in told
    ]
    three = [each for number in range(3) for each in order_events("of-three", number, bad=False, days_ago=9)]
    Random(7).shuffle(one)  # noqa: S311 - any order will do
    with store.begin(HERE) as unit:
        unit.orders.record_many([*told, *one, *three])
    sum(ScoreStale(store, clock)())
    assert stored_score(store, "of-one").stands.points == stored_score(store, "of-three").stands.points
    assert stored_score(store, "of-many").stands.points > stored_score(store, "of-one").stands.points + 150
    assert stored_score(store, "of-one").evidence.blemishes.few_buyers
    assert not stored_score(store, "of-many").evidence.blemishes.few_buyers


def test_orders_count_once_they_had_a_day_to_be_handed_over(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "acme")
    tell_orders(store, "acme", 50, days_ago=1)
    work_off()
    assert stored_score(store, "acme").stands.points == 200
    assert stored_score(store, "acme").evidence.due_on == NOW.date() + timedelta(days=1)
    clock.now += timedelta(days=1)
    sum(a_day(store, clock))
    work_off()
    assert stored_score(store, "acme").stands.points > 200
    assert stored_score(store, "acme").evidence.due_on is None


def test_a_confirmed_fake_caps_until_the_listing_is_found_to_be_genuine(
    store: Store, scores: ReadSupplierScores, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "acme-factory")
    tell_orders(store, "acme-factory", 5000)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        unit.outcomes.record_many([an_outcome(found_at=NOW - timedelta(days=3))])
    work_off()
    (cap,) = scores.get(HERE, "acme-factory").caps
    assert cap.evidence == ("outcome-1",)
    assert scores.get(HERE, "acme-factory").points <= cap.points
    with store.begin(HERE) as unit:
        unit.outcomes.record_many([an_outcome("cleared", kind=OutcomeKind.GENUINE, found_at=NOW - timedelta(days=1))])
    work_off()
    assert scores.get(HERE, "acme-factory").caps == ()


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(minutes=9)])
def test_an_outcome_that_is_told_ahead_of_the_clock_counts_the_day_after(
    store: Store, clock: Clock, work_off: Callable[[], int], ahead: timedelta
) -> None:
    store_suppliers(store, "acme-factory")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        unit.outcomes.record_many([an_outcome(found_at=NOW + ahead)])
    work_off()
    assert stored_score(store, "acme-factory").evidence.blemishes.confirmed_fakes == ()
    clock.now += timedelta(days=1)
    sum(a_day(store, clock))
    work_off()
    stored = stored_score(store, "acme-factory").evidence
    assert [fake.outcome_id for fake in stored.blemishes.confirmed_fakes] == ["outcome-1"]
    assert stored.due_on is None


@pytest.mark.parametrize("state", [SupplierState.SUSPENDED, SupplierState.TERMINATED])
def test_a_supplier_that_is_stopped_ranks_below_newcomers_until_it_is_let_in_again(
    store: Store, work_off: Callable[[], int], state: SupplierState
) -> None:
    store_suppliers(store, "acme")
    tell_orders(store, "acme", 300)
    work_off()
    before = stored_score(store, "acme").stands
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("acme", state=state)], NOW)
    work_off()
    assert stored_score(store, "acme").stands.band is Band.STOP
    store_suppliers(store, "acme")
    work_off()
    assert stored_score(store, "acme").stands == before


def test_a_fact_that_is_withdrawn_counts_no_more(store: Store, work_off: Callable[[], int]) -> None:
    store_suppliers(store, "acme-factory")
    work_off()
    plain = stored_score(store, "acme-factory").evidence
    incident = SupplierIncident(IncidentKind.INFRINGEMENT, IncidentGravity.CRITICAL, upheld=True)
    told = a_supplier_fact(fact=incident)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([told], NOW)
    work_off()
    assert stored_score(store, "acme-factory").stands.band is Band.STOP
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([replace(told, revision=1, withdrawn=True)], NOW)
    work_off()
    assert stored_score(store, "acme-factory").evidence == plain


def test_a_paper_that_ends_is_looked_at_anew_on_the_day_after(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "acme-factory")
    licence = SupplierDocument(DocumentKind.LICENCE, verified=True, valid_to=NOW.date())
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact(fact=licence)], NOW)
    work_off()
    held = stored_score(store, "acme-factory").evidence.sums
    assert sum(held.good) > 0 == sum(held.bad)
    clock.now += timedelta(days=1)
    sum(a_day(store, clock))
    work_off()
    over = stored_score(store, "acme-factory").evidence.sums
    assert sum(over.bad) > 0 == sum(over.good)


@pytest.mark.parametrize(
    "fact",
    [
        SupplierDocument(DocumentKind.LICENCE, verified=True, valid_to=date.max),
        SupplierDocument(DocumentKind.INVOICE, issued_on=date.max),
        SupplierIncident(IncidentKind.TERMS, IncidentGravity.LOW, upheld=True, settled_at=END_OF_TIME),
    ],
)
def test_a_fact_that_holds_for_ever_is_scored_like_any_other(
    store: Store, work_off: Callable[[], int], fact: Fact
) -> None:
    store_suppliers(store, "acme-factory", "other")
    with store.begin(HERE) as unit:
        record(unit, FactKind.SUPPLIER_FACTS, [a_supplier_fact(fact=fact)], NOW)
    assert work_off() == 2
    assert stored_score(store, "acme-factory").evidence.due_on is None


def test_votes_speak_of_those_who_sold_the_product(store: Store, work_off: Callable[[], int]) -> None:
    store_suppliers(store, "seller", "other")
    product = Target(TargetKind.PRODUCT, "gtin:1")
    with store.begin(HERE) as unit:
        for each in ("seller", "other"):
            unit.listings.upsert_many([(a_listing(f"of-{each}", supplier_id=each), product.key)], NOW)
        unit.standings.put_many([ListedStanding(a_standing(product, share=0.1, effective_votes=50.0))])
        unit.orders.record_many([an_order_event(listing_id="of-seller", supplier_id="seller")])
    work_off()
    votes = PLACE[ComponentName.VOTES]
    assert stored_score(store, "seller").evidence.sums.bad[votes] > 0
    assert stored_score(store, "other").evidence.sums.bad[votes] == 0
