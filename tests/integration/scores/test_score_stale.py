"""Suppliers of whom more was told are scored anew, whoever else is at it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs

from builders import NOW, a_listing, a_supplier, a_supplier_fact, an_outcome
from scoring import HERE, Clock, score_marks, store_suppliers, stored_score, tell_orders
from zhengpin.domain.supplier_fact import DayOfService, Succession
from zhengpin.storage import Store
from zhengpin.usecases.score_stale import ScoreStale


def test_whatever_brings_evidence_marks_its_suppliers(store: Store, work_off: Callable[[], int]) -> None:
    def marked_by(bring: Callable[[], None]) -> set[str]:
        work_off()
        bring()
        return set(score_marks(store))

    def facts() -> None:
        with store.begin(HERE) as unit:
            unit.supplier_facts.record_many([a_supplier_fact(supplier_id="two")], NOW)

    def outcomes() -> None:
        with store.begin(HERE) as unit:
            unit.listings.upsert_many([(a_listing(supplier_id="two"), "")], NOW)
            unit.outcomes.record_many([an_outcome()])

    assert marked_by(lambda: store_suppliers(store, "one", "two")) == {"one", "two"}
    assert marked_by(lambda: tell_orders(store, "one", 1)) == {"one"}
    assert marked_by(facts) == {"two"}
    assert marked_by(outcomes) == {"two"}
    assert marked_by(lambda: tell_orders(store, "one", 1)) == set()  # nothing of it is new


def test_what_is_told_while_a_page_is_scored_is_not_lost(store: Store) -> None:
    store_suppliers(store, "acme")
    with store.read(HERE) as reader:
        seen = reader.stale_suppliers.behind("", 9)
    tell_orders(store, "acme", 1)
    with store.begin(HERE) as unit:
        unit.stale_suppliers.clear(seen)
    assert score_marks(store) == {"acme": 2}


def test_who_read_first_and_writes_last_replaces_nothing(store: Store, clock: Clock) -> None:
    """Two processes score one supplier, and more is told between them: the older reading must not win."""
    store_suppliers(store, "acme")
    slow = ScoreStale(store, clock)
    overtaken = slow.read_page(HERE, slow.stale_behind(HERE, ""))
    clock.now += timedelta(seconds=1)
    assert sum(ScoreStale(store, clock)()) == 1
    tell_orders(store, "acme", 300)  # marks from the beginning: the same number that the slow one saw
    assert slow.write_page(HERE, overtaken) == 0
    assert score_marks(store).keys() == {"acme"}
    sum(ScoreStale(store, clock)())
    assert stored_score(store, "acme").stands.points > 300


def test_a_supplier_whose_record_comes_while_its_mark_is_worked_off_is_scored(store: Store, clock: Clock) -> None:
    """Marks begin anew once they were worked off, so that a slow process may see the number that it has read."""
    tell_orders(store, "acme", 1)
    slow = ScoreStale(store, clock)
    overtaken = slow.read_page(HERE, slow.stale_behind(HERE, ""))
    sum(ScoreStale(store, clock)())
    store_suppliers(store, "acme")
    assert score_marks(store) == overtaken.marks
    slow.write_page(HERE, overtaken)
    assert sum(ScoreStale(store, clock)()) == 1
    assert stored_score(store, "acme").supplier_id == "acme"


def test_orders_of_who_is_not_stored_yet_count_once_it_is(store: Store, work_off: Callable[[], int]) -> None:
    tell_orders(store, "acme", 300)
    assert work_off() == 0
    assert score_marks(store) == {}
    store_suppliers(store, "acme")
    assert work_off() == 1
    assert stored_score(store, "acme").stands.points > 300


def test_what_was_told_of_who_goes_on_in_another_is_not_lost_to_who_scored_that_one_meanwhile(
    store: Store, clock: Clock
) -> None:
    """One process reads the successor, another one what comes of its predecessor after that; the first writes first."""
    store_suppliers(store, "old", "new")
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many(
            [a_supplier_fact(supplier_id="old", fact=Succession("new", verified=True))], NOW
        )
    sum(ScoreStale(store, clock)())
    tell_orders(store, "new", 1)
    first, second = ScoreStale(store, clock), ScoreStale(store, clock)
    clock.now += timedelta(seconds=1)
    before = first.read_page(HERE, first.stale_behind(HERE, ""))
    tell_orders(store, "old", 300)
    after = second.read_page(HERE, second.stale_behind(HERE, ""))
    first.write_page(HERE, before)
    second.write_page(HERE, after)
    sum(ScoreStale(store, clock)())
    assert stored_score(store, "new").stands.points > 300


def test_a_supplier_that_can_not_be_scored_costs_nobody_else(store: Store, clock: Clock) -> None:
    """A record that no validation would let in: fewer than no buyers were answered."""
    broken = a_supplier_fact(supplier_id="b", fact=DayOfService(NOW.date(), contacts=5, answered=-5, resolved=0))
    store_suppliers(store, "a", "b", "c")
    with store.begin("other") as unit:
        unit.suppliers.upsert_many([a_supplier("elsewhere")], NOW)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([broken], NOW)
    job = ScoreStale(store, clock)
    with capture_logs() as logs:
        assert sum(job()) == 3
        assert sum(job()) == 0
    assert [(line["event"], line["supplier_id"]) for line in logs] == [("supplier not scored", "b")]
    assert score_marks(store).keys() == {"b"}
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([replace(broken, revision=1, withdrawn=True)], NOW)
    assert sum(job()) == 1
    assert score_marks(store) == {}
