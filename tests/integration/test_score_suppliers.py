"""Suppliers are scored as evidence comes, and all of them once a day."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from typer.testing import CliRunner

from builders import NOW, a_listing, a_supplier, a_supplier_fact, an_order_event, an_outcome
from zhengpin.__main__ import app
from zhengpin.domain.order import ComplaintCause, OrderEvent, OrderEventKind
from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.scored_supplier import ScoreChangeFilter, ScoredSupplier, ScoreFilter
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import (
    DocumentKind,
    Fact,
    IncidentGravity,
    IncidentKind,
    SampleInspection,
    Succession,
    SupplierDocument,
    SupplierIncident,
)
from zhengpin.domain.supplier_score import Band
from zhengpin.errors import InvalidInput, NotFound
from zhengpin.storage import Store
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.record_facts import FactKind, record
from zhengpin.usecases.score_all import PAGE, ScoreAll, Step
from zhengpin.usecases.score_daily import ScoreDaily
from zhengpin.usecases.score_stale import ScoreStale
from zhengpin.usecases.supplier_evidence import read_evidence

HERE = "default"
END_OF_TIME = datetime(9999, 12, 31, 12, tzinfo=UTC)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scores(store: Store, clock: Clock) -> ReadSupplierScores:
    return ReadSupplierScores(store, clock)


@pytest.fixture
def work_off(store: Store, clock: Clock) -> Callable[[], int]:
    return lambda: sum(ScoreStale(store, clock)())


def _suppliers(store: Store, *supplier_ids: str) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier(each) for each in supplier_ids], NOW)


def _orders(store: Store, supplier_id: str, count: int, *, bad: bool = False, days_ago: int = 9) -> None:
    with store.begin(HERE) as unit:
        unit.orders.record_many(
            [each for number in range(count) for each in _order(supplier_id, number, bad, days_ago)]
        )


def _order(supplier_id: str, number: int, bad: bool, days_ago: int) -> Iterator[OrderEvent]:
    paid, order_id = NOW - timedelta(days=days_ago), f"{supplier_id}-{bad}-{days_ago}-{number}"
    kinds = [OrderEventKind.PAID, OrderEventKind.SHIPPED, OrderEventKind.SCANNED, OrderEventKind.DELIVERED]
    for hours, kind in enumerate(kinds + [OrderEventKind.COMPLAINT] * bad):
        yield an_order_event(
            f"{order_id}-{kind}",
            kind,
            order_id=order_id,
            supplier_id=supplier_id,
            happened_at=paid + timedelta(hours=hours),
            cause=ComplaintCause.FAKE if kind is OrderEventKind.COMPLAINT else ComplaintCause.NONE,
        )


def _a_day(store: Store, clock: Clock) -> Iterator[int]:
    return ScoreDaily(store, clock, lambda: ScoreAll(store, clock))()


def _stored(store: Store, supplier_id: str) -> ScoredSupplier:
    with store.read(HERE) as reader:
        return reader.supplier_scores.find_many([supplier_id])[supplier_id]


def _marks(store: Store) -> dict[str, int]:
    with store.read(HERE) as reader:
        return reader.stale_suppliers.behind("", 99)


def test_an_unknown_supplier_has_no_score(scores: ReadSupplierScores) -> None:
    with pytest.raises(NotFound, match="supplier 'nobody'"):
        scores.get(HERE, "nobody")


def test_a_supplier_without_evidence_has_two_hundred_points_before_any_job_ran(
    store: Store, scores: ReadSupplierScores
) -> None:
    _suppliers(store, "newcomer")
    score = scores.get(HERE, "newcomer")
    assert (score.points, score.band, score.evidence_count) == (200, Band.NORMAL, 0)


def test_a_score_is_what_it_will_be_before_the_job_comes_to_it(
    store: Store, scores: ReadSupplierScores, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "acme")
    _orders(store, "acme", 300)
    before = scores.get(HERE, "acme")
    work_off()
    assert scores.get(HERE, "acme") == before
    assert before.points > 300


def test_whatever_brings_evidence_marks_its_suppliers(store: Store, work_off: Callable[[], int]) -> None:
    def marked_by(bring: Callable[[], None]) -> set[str]:
        work_off()
        bring()
        return set(_marks(store))

    def facts() -> None:
        with store.begin(HERE) as unit:
            unit.supplier_facts.record_many([a_supplier_fact(supplier_id="two")], NOW)

    def outcomes() -> None:
        with store.begin(HERE) as unit:
            unit.listings.upsert_many([(a_listing(supplier_id="two"), "")], NOW)
            unit.outcomes.record_many([an_outcome()])

    assert marked_by(lambda: _suppliers(store, "one", "two")) == {"one", "two"}
    assert marked_by(lambda: _orders(store, "one", 1)) == {"one"}
    assert marked_by(facts) == {"two"}
    assert marked_by(outcomes) == {"two"}
    assert marked_by(lambda: _orders(store, "one", 1)) == set()  # nothing of it is new


def test_what_is_told_while_a_page_is_scored_is_not_lost(store: Store) -> None:
    _suppliers(store, "acme")
    with store.read(HERE) as reader:
        seen = reader.stale_suppliers.behind("", 9)
    _orders(store, "acme", 1)
    with store.begin(HERE) as unit:
        unit.stale_suppliers.clear(seen)
    assert _marks(store) == {"acme": 2}


def test_who_read_first_and_writes_last_replaces_nothing(store: Store, clock: Clock) -> None:
    """Two processes score one supplier, and more is told between them: the older reading must not win."""
    _suppliers(store, "acme")
    slow = ScoreStale(store, clock)
    overtaken = slow.read_page(HERE, "")
    assert overtaken is not None
    clock.now += timedelta(seconds=1)
    assert sum(ScoreStale(store, clock)()) == 1
    _orders(store, "acme", 300)  # marks from the beginning: the same number that the slow one saw
    assert slow.write_page(HERE, overtaken) == 0
    assert _marks(store) == {"acme": 1}
    sum(ScoreStale(store, clock)())
    assert _stored(store, "acme").stands.points > 300


def test_a_supplier_whose_record_comes_while_its_mark_is_worked_off_is_scored(store: Store, clock: Clock) -> None:
    """Marks begin anew once they were worked off, so that a slow process may see the number that it has read."""
    _orders(store, "acme", 1)
    slow = ScoreStale(store, clock)
    overtaken = slow.read_page(HERE, "")
    assert overtaken is not None
    sum(ScoreStale(store, clock)())
    _suppliers(store, "acme")
    assert _marks(store) == overtaken.marks
    slow.write_page(HERE, overtaken)
    assert sum(ScoreStale(store, clock)()) == 1
    assert _stored(store, "acme").supplier_id == "acme"


def test_one_supplier_gets_the_same_score_in_any_order_of_events(store: Store, clock: Clock) -> None:
    _suppliers(store, "one", "two")
    one = [each for number in range(20) for each in _order("one", number, number % 7 == 0, 9 + number)]
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
    assert _stored(store, "one").evidence == _stored(store, "two").evidence
    assert _stored(store, "one").stands == _stored(store, "two").stands


def test_what_one_buyer_buys_in_a_day_is_no_record(store: Store, clock: Clock) -> None:
    _suppliers(store, "of-one", "of-many", "of-three")
    told = [each for number in range(300) for each in _order("of-many", number, bad=False, days_ago=9)]
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
    three = [each for number in range(3) for each in _order("of-three", number, bad=False, days_ago=9)]
    Random(7).shuffle(one)  # noqa: S311 - any order will do
    with store.begin(HERE) as unit:
        unit.orders.record_many([*told, *one, *three])
    sum(ScoreStale(store, clock)())
    assert _stored(store, "of-one").stands.points == _stored(store, "of-three").stands.points
    assert _stored(store, "of-many").stands.points > _stored(store, "of-one").stands.points + 150
    assert _stored(store, "of-one").evidence.blemishes.few_buyers
    assert not _stored(store, "of-many").evidence.blemishes.few_buyers


def test_orders_count_once_they_had_a_day_to_be_handed_over(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "acme")
    _orders(store, "acme", 50, days_ago=1)
    work_off()
    assert _stored(store, "acme").stands.points == 200
    assert _stored(store, "acme").evidence.due_on == NOW.date() + timedelta(days=1)
    clock.now += timedelta(days=1)
    sum(_a_day(store, clock))
    work_off()
    assert _stored(store, "acme").stands.points > 200
    assert _stored(store, "acme").evidence.due_on is None


def test_every_change_of_points_is_kept_and_watched(store: Store, clock: Clock, scores: ReadSupplierScores) -> None:
    job = ScoreStale(store, clock)
    _suppliers(store, "acme", "other")
    sum(job())
    _orders(store, "acme", 300)
    sum(job())
    sum(job())
    clock.now += timedelta(hours=1)
    _orders(store, "acme", 30, bad=True)
    sum(job())
    trend = scores.trend(HERE, "acme")
    assert [each.changed_at for each in trend] == [NOW, clock.now]
    assert trend[0].points_before == 200
    assert [each.stands.points for each in trend] == [trend[1].points_before, _stored(store, "acme").stands.points]
    pages = list(scores.watch(HERE, 0, ScoreChangeFilter(("acme",)), lambda: False))
    assert pages == [(tuple(trend), 2)]
    assert list(scores.watch(HERE, 0, ScoreChangeFilter(("other",)), lambda: False)) == []
    assert list(scores.watch(HERE, None, ScoreChangeFilter(), lambda: False)) == [((), 2)]
    into_bands = list(scores.watch(HERE, 0, ScoreChangeFilter(band_changes_only=True), lambda: False))
    assert all(each.band_before is not each.stands.band for page, _ in into_bands for each in page)


def test_the_ranking_goes_from_the_best_to_the_worst_page_by_page(
    store: Store, work_off: Callable[[], int], scores: ReadSupplierScores
) -> None:
    _suppliers(store, "good", "new", "newer", "bad")
    _orders(store, "good", 400)
    incident = SupplierIncident(IncidentKind.TERMS, IncidentGravity.HIGH, upheld=True)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact(supplier_id="bad", fact=incident)], NOW)
        unit.listings.upsert_many([(a_listing("kettle", supplier_id="new"), "")], NOW)
    work_off()

    def ranked(wanted: ScoreFilter) -> list[str]:
        found, token = [], ""
        while True:
            page = scores.page(HERE, wanted, 1, token)
            found += [each.supplier_id for each in page.scores]
            if not (token := page.next_page_token):
                return found

    assert ranked(ScoreFilter()) == ["good", "newer", "new", "bad"]
    assert ranked(ScoreFilter(bands=(Band.NORMAL,))) == ["newer", "new"]
    assert ranked(ScoreFilter("kitchen")) == ranked(ScoreFilter("kitchen/kettles")) == ["new"]
    assert ranked(ScoreFilter("kitchen/ket")) == []
    with pytest.raises(InvalidInput, match="page_token"):
        scores.page(HERE, ScoreFilter("kitchen"), 1, scores.page(HERE, ScoreFilter(), 1, "").next_page_token)


def test_a_confirmed_fake_caps_until_the_listing_is_found_to_be_genuine(
    store: Store, scores: ReadSupplierScores, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "acme-factory")
    _orders(store, "acme-factory", 5000)
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
    _suppliers(store, "acme-factory")
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(a_listing(), "")], NOW)
        unit.outcomes.record_many([an_outcome(found_at=NOW + ahead)])
    work_off()
    assert _stored(store, "acme-factory").evidence.blemishes.confirmed_fakes == ()
    clock.now += timedelta(days=1)
    sum(_a_day(store, clock))
    work_off()
    stored = _stored(store, "acme-factory").evidence
    assert [fake.outcome_id for fake in stored.blemishes.confirmed_fakes] == ["outcome-1"]
    assert stored.due_on is None


@pytest.mark.parametrize("state", [SupplierState.SUSPENDED, SupplierState.TERMINATED])
def test_a_supplier_that_is_stopped_ranks_below_newcomers_until_it_is_let_in_again(
    store: Store, work_off: Callable[[], int], state: SupplierState
) -> None:
    _suppliers(store, "acme")
    _orders(store, "acme", 300)
    work_off()
    before = _stored(store, "acme").stands
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("acme", state=state)], NOW)
    work_off()
    assert _stored(store, "acme").stands.band is Band.STOP
    _suppliers(store, "acme")
    work_off()
    assert _stored(store, "acme").stands == before


def test_a_fact_that_is_withdrawn_counts_no_more(store: Store, work_off: Callable[[], int]) -> None:
    _suppliers(store, "acme-factory")
    work_off()
    plain = _stored(store, "acme-factory").evidence
    incident = SupplierIncident(IncidentKind.INFRINGEMENT, IncidentGravity.CRITICAL, upheld=True)
    told = a_supplier_fact(fact=incident)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([told], NOW)
    work_off()
    assert _stored(store, "acme-factory").stands.band is Band.STOP
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([replace(told, revision=1, withdrawn=True)], NOW)
    work_off()
    assert _stored(store, "acme-factory").evidence == plain


def test_a_paper_that_ends_is_looked_at_anew_on_the_day_after(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "acme-factory")
    licence = SupplierDocument(DocumentKind.LICENCE, verified=True, valid_to=NOW.date())
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact(fact=licence)], NOW)
    work_off()
    held = _stored(store, "acme-factory").evidence.sums
    assert sum(held.good) > 0 == sum(held.bad)
    clock.now += timedelta(days=1)
    sum(_a_day(store, clock))
    work_off()
    over = _stored(store, "acme-factory").evidence.sums
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
    _suppliers(store, "acme-factory", "other")
    with store.begin(HERE) as unit:
        record(unit, FactKind.SUPPLIER_FACTS, [a_supplier_fact(fact=fact)], NOW)
    assert work_off() == 2
    assert _stored(store, "acme-factory").evidence.due_on is None


def _gone_on(store: Store, supplier_id: str, successor_id: str, *, verified: bool = True, **changes: object) -> None:
    told = a_supplier_fact(
        f"{supplier_id}-{successor_id}", supplier_id=supplier_id, fact=Succession(successor_id, verified)
    )
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([replace(told, **changes)], NOW)  # type: ignore[arg-type]


def test_a_merger_brings_its_history_along(store: Store, work_off: Callable[[], int]) -> None:
    _suppliers(store, "one", "two", "both", "alone")
    for supplier_id in ("one", "two"):
        _orders(store, supplier_id, 200)
        _gone_on(store, supplier_id, "both")
    _orders(store, "alone", 400)
    work_off()
    assert _stored(store, "both").stands == _stored(store, "alone").stands
    _orders(store, "one", 9, bad=True)
    work_off()
    assert _stored(store, "both").stands.points < _stored(store, "alone").stands.points


def test_who_only_says_that_it_goes_on_in_another_one_leaves_it_nothing(
    store: Store, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "rival", "bad", "alone")
    incident = SupplierIncident(IncidentKind.TERMS, IncidentGravity.CRITICAL, upheld=True)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact("bad", supplier_id="bad", fact=incident)], NOW)
    _gone_on(store, "bad", "rival", verified=False)
    work_off()
    assert _stored(store, "rival").evidence == _stored(store, "alone").evidence
    _gone_on(store, "bad", "rival", verified=True, revision=1)
    work_off()
    assert _stored(store, "rival").stands.band is Band.STOP


def test_a_split_leaves_nothing_bad_behind_and_makes_no_second_good_record(
    store: Store, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "whole", "left", "right")
    _orders(store, "whole", 400)
    _orders(store, "whole", 40, bad=True)
    work_off()
    whole, points = _stored(store, "whole").evidence.sums, _stored(store, "whole").stands.points
    for part in ("left", "right"):
        _gone_on(store, "whole", part)
    work_off()
    left = _stored(store, "left").evidence.sums
    assert left.bad == whole.bad
    assert left.good == tuple(good / 2 for good in whole.good)
    assert left == _stored(store, "right").evidence.sums
    assert _stored(store, "left").stands.points <= points
    assert set(_stored(store, "whole").evidence.sums.good) == {0}


def test_a_succession_that_is_withdrawn_takes_its_history_back(store: Store, work_off: Callable[[], int]) -> None:
    _suppliers(store, "old", "new")
    _orders(store, "old", 200)
    _gone_on(store, "old", "new")
    work_off()
    assert _stored(store, "new").stands.points > 200
    _gone_on(store, "old", "new", revision=1, withdrawn=True)
    work_off()
    assert _stored(store, "new").stands.points == 200


def test_a_circle_of_successions_ends(store: Store, work_off: Callable[[], int]) -> None:
    _suppliers(store, "one", "two", "three")
    _orders(store, "one", 200)
    for before, after in (("one", "two"), ("two", "three"), ("three", "one"), ("one", "one")):
        _gone_on(store, before, after)
    assert work_off() == 3
    assert _marks(store) == {}


def test_a_day_later_all_are_scored_with_what_is_usual_then(
    store: Store, clock: Clock, work_off: Callable[[], int], scores: ReadSupplierScores
) -> None:
    names = [f"supplier-{number:02}" for number in range(12)]
    _suppliers(store, *names)
    for name in names:
        _orders(store, name, 30)
    work_off()
    before = scores.get(HERE, names[0])
    assert before.version.endswith("/unfitted")
    sum(_a_day(store, clock))
    fitted = scores.get(HERE, names[0])
    assert fitted.version != before.version
    assert fitted.high != before.high  # what is not known of it is now taken of others
    assert sum(_a_day(store, clock)) == 0
    clock.now += timedelta(days=90)
    sum(_a_day(store, clock))
    later = scores.get(HERE, names[0])
    assert later.points < fitted.points
    assert later.evidence_count < fitted.evidence_count


def test_a_day_that_was_interrupted_goes_on_where_it_stopped(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    count = PAGE + 20
    _suppliers(store, *(f"supplier-{number:04}" for number in range(count)))
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
    assert {_stored(store, f"supplier-{place:04}").priors for place in (0, count - 1)} == {latest.table.version}


def test_scored_from_what_was_kept_or_from_all_that_was_told_is_the_same(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    _suppliers(store, "acme-factory")
    work_off()
    for days_ago in (40, 20, 9):
        _orders(store, "acme-factory", 10, days_ago=days_ago, bad=days_ago == 20)
        work_off()
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact(fact=SampleInspection(1000, 80, major=1))], NOW)
    work_off()
    clock.now += timedelta(days=30)
    sum(_a_day(store, clock))
    stored = _stored(store, "acme-factory")
    with store.read(HERE) as reader:
        assert read_evidence(reader, ["acme-factory"], clock.now)["acme-factory"] == stored.evidence


def test_orders_of_who_is_not_stored_yet_count_once_it_is(store: Store, work_off: Callable[[], int]) -> None:
    _orders(store, "acme", 300)
    assert work_off() == 0
    assert _marks(store) == {}
    _suppliers(store, "acme")
    assert work_off() == 1
    assert _stored(store, "acme").stands.points > 300


def test_the_command_scores_everybody_and_tells_what_it_did(store: Store, database_url: str) -> None:
    _suppliers(store, "acme", "other")
    _orders(store, "acme", 100)
    command = ["score-suppliers", "--marketplace", HERE, "--database", database_url]
    told = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    table = CliRunner().invoke(app, command).stdout
    assert told[HERE]["suppliers_read_anew"] == told[HERE]["suppliers_read"] == told[HERE]["suppliers_scored"] == 2
    assert "suppliers scored" in table
    assert _marks(store) == {}
    assert _stored(store, "acme").priors != "unfitted"
