"""Scores are read one by one, as a ranking, and as they change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from builders import NOW, a_listing, a_supplier_fact
from scoring import HERE, Clock, store_suppliers, stored_score, tell_orders
from zhengpin.domain.scored_supplier import ScoreChangeFilter, ScoreFilter
from zhengpin.domain.supplier_fact import (
    IncidentGravity,
    IncidentKind,
    SupplierIncident,
)
from zhengpin.domain.supplier_score import Band
from zhengpin.errors import InvalidInput, NotFound
from zhengpin.storage import Store
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.score_stale import ScoreStale


def test_an_unknown_supplier_has_no_score(scores: ReadSupplierScores) -> None:
    with pytest.raises(NotFound, match="supplier 'nobody'"):
        scores.get(HERE, "nobody")


def test_a_supplier_without_evidence_has_two_hundred_points_before_any_job_ran(
    store: Store, scores: ReadSupplierScores
) -> None:
    store_suppliers(store, "newcomer")
    score = scores.get(HERE, "newcomer")
    assert (score.points, score.band, score.evidence_count) == (200, Band.NORMAL, 0)


def test_a_score_is_what_it_will_be_before_the_job_comes_to_it(
    store: Store, scores: ReadSupplierScores, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "acme")
    tell_orders(store, "acme", 300)
    before = scores.get(HERE, "acme")
    work_off()
    assert scores.get(HERE, "acme") == before
    assert before.points > 300


def test_every_change_of_points_is_kept_and_watched(store: Store, clock: Clock, scores: ReadSupplierScores) -> None:
    job = ScoreStale(store, clock)
    store_suppliers(store, "acme", "other")
    sum(job())
    tell_orders(store, "acme", 300)
    sum(job())
    sum(job())
    clock.now += timedelta(hours=1)
    tell_orders(store, "acme", 30, bad=True)
    sum(job())
    trend = scores.trend(HERE, "acme")
    assert [each.changed_at for each in trend] == [NOW, clock.now]
    assert trend[0].points_before == 200
    assert [each.stands.points for each in trend] == [trend[1].points_before, stored_score(store, "acme").stands.points]
    pages = list(scores.watch(HERE, 0, ScoreChangeFilter(("acme",)), lambda: False))
    assert pages == [(tuple(trend), 2)]
    assert list(scores.watch(HERE, 0, ScoreChangeFilter(("other",)), lambda: False)) == []
    assert list(scores.watch(HERE, None, ScoreChangeFilter(), lambda: False)) == [((), 2)]
    into_bands = list(scores.watch(HERE, 0, ScoreChangeFilter(band_changes_only=True), lambda: False))
    assert all(each.band_before is not each.stands.band for page, _ in into_bands for each in page)


def test_the_ranking_goes_from_the_best_to_the_worst_page_by_page(
    store: Store, work_off: Callable[[], int], scores: ReadSupplierScores
) -> None:
    store_suppliers(store, "good", "new", "newer", "bad")
    tell_orders(store, "good", 400)
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
