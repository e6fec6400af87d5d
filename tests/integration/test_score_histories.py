"""Whatever is told of suppliers in whatever order, and whenever they are scored on the way: one score."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import NOW, a_listing, a_supplier, a_supplier_fact, an_order_event, an_outcome
from zhengpin.domain.order import OrderEvent, OrderEventKind
from zhengpin.domain.outcome import Outcome, OutcomeKind
from zhengpin.domain.scored_supplier import ScoredSupplier
from zhengpin.domain.supplier_fact import Audit, Fact, SampleInspection, Succession, SupplierFact
from zhengpin.storage import Store, UnitOfWork
from zhengpin.usecases.score_stale import ScoreStale
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, read_evidence

SUPPLIERS = ("one", "two", "three")
LATER = NOW + timedelta(days=3)
_marketplaces = (f"history-{number}" for number in count())

WHO = st.sampled_from(SUPPLIERS)
WHEN = st.integers(0, 400).map(lambda days: NOW - timedelta(days=days, hours=1))
ORDERS = st.builds(
    lambda number, kind, who, when, buyer_id: an_order_event(
        f"{number}-{kind}-{when:%j%y}",
        kind,
        order_id=f"order-{number}",
        supplier_id=who,
        happened_at=when,
        buyer_id=buyer_id,
    ),
    st.integers(0, 5),
    st.sampled_from(OrderEventKind),
    WHO,
    WHEN,
    st.sampled_from(["", "buyer", "other buyer"]),
)
SAID: st.SearchStrategy[Fact] = st.one_of(
    st.builds(
        Audit,
        st.sampled_from(["BSCI", "SA8000", "home-made"]),
        st.sampled_from(["A", "passed"]),
        WHEN.map(datetime.date),
    ),
    st.builds(SampleInspection, st.just(1000), st.just(80), major=st.integers(0, 9)),
    st.builds(Succession, WHO, st.booleans()),
)
FACTS = st.builds(
    lambda number, who, when, fact, revision: a_supplier_fact(
        f"fact-{number}", supplier_id=who, observed_at=when, fact=fact, revision=revision
    ),
    st.integers(0, 4),
    WHO,
    WHEN,
    SAID,
    st.integers(0, 3),
)
OUTCOMES = st.builds(
    lambda number, who, kind, when: an_outcome(f"outcome-{number}", listing_id=f"of-{who}", kind=kind, found_at=when),
    st.integers(0, 5),
    WHO,
    st.sampled_from(OutcomeKind),
    WHEN,
)
Told = OrderEvent | SupplierFact | Outcome
HISTORIES = st.lists(
    st.one_of(ORDERS, FACTS, OUTCOMES),
    max_size=14,
    unique_by=lambda told: (
        (told.fact_id, told.revision)
        if isinstance(told, SupplierFact)
        else told.event_id
        if isinstance(told, OrderEvent)
        else told.outcome_id
    ),
)


def _tell(unit: UnitOfWork, told: Told) -> None:
    match told:
        case OrderEvent():
            unit.orders.record_many([told])
        case SupplierFact():
            unit.supplier_facts.record_many([told], NOW)
        case Outcome():
            unit.outcomes.record_many([told])


def _scored_after(store: Store, history: Sequence[Told], is_scored: Callable[[int], bool]) -> dict[str, ScoredSupplier]:
    """Suppliers as they stand after a history, scored on the way where asked to, and at the end."""
    marketplace = next(_marketplaces)
    score = ScoreStale(store, lambda: LATER)
    with store.begin(marketplace) as unit:
        unit.suppliers.upsert_many([a_supplier(each) for each in SUPPLIERS], NOW)
        unit.listings.upsert_many([(a_listing(f"of-{each}", supplier_id=each), "") for each in SUPPLIERS], NOW)
    for place, told in enumerate(history):
        with store.begin(marketplace) as unit:
            _tell(unit, told)
        if is_scored(place):
            sum(score.of(marketplace))
    sum(score.of(marketplace))
    with store.read(marketplace) as reader:
        assert reader.stale_suppliers.behind("", 9) == {}
        stored = reader.supplier_scores.find_many(SUPPLIERS)
        evidence = read_evidence(reader, SUPPLIERS, NEVER_FITTED.table, LATER)
        assert evidence == {each: known.evidence for each, known in stored.items()}
    return stored


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES, st.randoms(use_true_random=False))
def test_scored_on_the_way_or_once_in_any_order_suppliers_stand_the_same(
    store: Store, history: list[Told], dice: Random
) -> None:
    on_the_way = _scored_after(store, history, lambda _: dice.random() < 1 / 3)
    shuffled = dice.sample(history, len(history))
    assert _scored_after(store, shuffled, lambda _: False) == on_the_way


KILLED = """
import os, signal, sys
from contextlib import closing
from datetime import datetime
from zhengpin.storage.store import Store
from zhengpin.storage.stale_suppliers import StaleSuppliers
from zhengpin.usecases.score_stale import ScoreStale

clear = StaleSuppliers.clear
def killed(self, seen):
    clear(self, seen)
    os.kill(os.getpid(), signal.SIGKILL)  # all is written, nothing is committed
StaleSuppliers.clear = killed
sum(ScoreStale(Store(sys.argv[1]), lambda: datetime.fromisoformat(sys.argv[2]))())
"""


def test_a_process_that_is_killed_before_its_commit_loses_no_mark(store: Store, database_url: str) -> None:
    with store.begin("default") as unit:
        unit.suppliers.upsert_many([a_supplier("one")], NOW)
    command = [sys.executable, "-c", KILLED, database_url, NOW.isoformat()]
    assert subprocess.run(command, check=False).returncode < 0
    with store.read("default") as reader:
        assert reader.stale_suppliers.behind("", 9) == {"one": 1}
        assert reader.supplier_scores.find_many(["one"]) == {}
    assert sum(ScoreStale(store, lambda: NOW)()) == 1
