"""All suppliers are scored once a day, with what is usual then."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs
from typer.testing import CliRunner

from builders import NOW, a_listing, a_supplier, a_supplier_fact
from scoring import HERE, Clock, a_day, score_marks, store_suppliers, stored_score, tell_orders
from zhengpin.__main__ import app
from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_fact import (
    SampleInspection,
)
from zhengpin.domain.supplier_score import ComponentName, EvidenceSums
from zhengpin.storage import Store
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.score_all import PAGE, ScoreAll, Step
from zhengpin.usecases.supplier_evidence import NEVER_FITTED, read_evidence

ENDLESS = EvidenceSums((float("inf"),) * len(ComponentName), (float("inf"),) * len(ComponentName))


def test_a_day_later_all_are_scored_with_what_is_usual_then(
    store: Store, clock: Clock, work_off: Callable[[], int], scores: ReadSupplierScores
) -> None:
    names = [f"supplier-{number:02}" for number in range(12)]
    store_suppliers(store, *names)
    for name in names:
        tell_orders(store, name, 30)
    work_off()
    before = scores.get(HERE, names[0])
    assert before.version.endswith("/unfitted")
    sum(a_day(store, clock))
    fitted = scores.get(HERE, names[0])
    assert fitted.version != before.version
    assert fitted.high != before.high  # what is not known of it is now taken of others
    assert sum(a_day(store, clock)) == 0
    clock.now += timedelta(days=90)
    sum(a_day(store, clock))
    later = scores.get(HERE, names[0])
    assert later.points < fitted.points
    assert later.evidence_count < fitted.evidence_count


def test_who_was_scored_before_its_goods_were_told_has_a_category_a_day_later(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "first-told", "without-goods")
    work_off()
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(supplier_id="first-told", category="kitchen"), "")], NOW)
    sum(a_day(store, clock))
    assert score_marks(store).keys() == {"first-told"}
    work_off()
    assert stored_score(store, "first-told").evidence.category == "kitchen"
    clock.now += timedelta(days=1)
    sum(a_day(store, clock))
    assert score_marks(store) == {}


def test_a_day_that_was_interrupted_goes_on_where_it_stopped(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    count = PAGE + 20
    store_suppliers(store, *(f"supplier-{number:04}" for number in range(count)))
    work_off()
    parts = ScoreAll(store, clock)(HERE)
    next(part for part in parts if part.step is Step.SCORED)
    del parts  # the process is gone
    with store.read(HERE) as reader:
        latest = reader.score_priors.latest()
    assert latest is not None
    assert latest.reached == f"supplier-{PAGE - 1:04}"
    left = [part for part in ScoreAll(store, clock)(HERE) if part.step is Step.SCORED]
    assert [part.done for part in left] == [20]
    assert {stored_score(store, f"supplier-{place:04}").priors for place in (0, count - 1)} == {latest.table.version}


def test_scored_from_what_was_kept_or_from_all_that_was_told_is_the_same(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "acme-factory")
    work_off()
    for days_ago in (40, 20, 9):
        tell_orders(store, "acme-factory", 10, days_ago=days_ago, bad=days_ago == 20)
        work_off()
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact(fact=SampleInspection(1000, 80, major=1))], NOW)
    work_off()
    clock.now += timedelta(days=30)
    sum(a_day(store, clock))
    stored = stored_score(store, "acme-factory")
    with store.read(HERE) as reader:
        assert read_evidence(reader, ["acme-factory"], NEVER_FITTED.table, clock.now)["acme-factory"] == stored.evidence


def test_the_command_scores_everybody_and_tells_what_it_did(store: Store, database_url: str) -> None:
    store_suppliers(store, "acme", "other")
    tell_orders(store, "acme", 100)
    command = ["score-suppliers", "--marketplace", HERE, "--database", database_url]
    told = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    table = CliRunner().invoke(app, command).stdout
    assert told[HERE]["suppliers_read_anew"] == told[HERE]["suppliers_read"] == told[HERE]["suppliers_scored"] == 2
    assert "suppliers scored" in table
    assert score_marks(store) == {}
    assert stored_score(store, "acme").priors != "unfitted"


def test_a_marketplace_that_can_not_be_scored_keeps_no_other_one_from_it(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    """Sums that no evidence comes to, as a damaged store may hold them."""
    store_suppliers(store, "acme")
    with store.begin("a-damaged-one") as unit:
        unit.suppliers.upsert_many([a_supplier("acme")], NOW)
    work_off()
    with store.begin("a-damaged-one") as unit:
        damaged = replace(unit.supplier_scores.find_many(["acme"])["acme"], evidence=SupplierEvidence(ENDLESS))
        unit.supplier_scores.put_many([damaged])
    with capture_logs() as logs:
        sum(a_day(store, clock))
    assert [line["marketplace"] for line in logs if line["event"] == "marketplace not scored"] == ["a-damaged-one"]
    assert stored_score(store, "acme").priors != "unfitted"
