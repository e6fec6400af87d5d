"""What suppliers answer for that are one company by a number in the register, on both engines."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Final

import pytest

from builders import NOW, a_supplier_fact
from scoring import HERE, Clock, a_day, score_marks, store_suppliers, stored_score, tell_orders
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import IncidentGravity, IncidentKind, Succession, SupplierIncident
from zhengpin.domain.supplier_score import Band, CapCode
from zhengpin.storage import Store
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores

CODE: Final = "91350100M000100Y43"


def _points(store: Store, supplier_id: str) -> int:
    return stored_score(store, supplier_id).stands.points


def _tell_incident(store: Store, supplier_id: str) -> None:
    incident = SupplierIncident(IncidentKind.TERMS, IncidentGravity.CRITICAL, upheld=True)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact("bad", supplier_id=supplier_id, fact=incident)], NOW)


def test_a_new_supplier_of_a_known_company_begins_where_that_one_stands(
    store: Store, scores: ReadSupplierScores, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "old", registration_code=CODE)
    tell_orders(store, "old", 20, bad=True)
    work_off()
    before = _points(store, "old")
    store_suppliers(store, "new", registration_code="9135 0100-m000100y43")
    assert scores.get(HERE, "new").points == before < 200
    work_off()
    told = scores.get(HERE, "new")
    (cap,) = told.caps
    assert (told.points, cap.code, cap.points, cap.evidence) == (before, CapCode.SAME_COMPANY, before, ("old",))
    assert "与供应商 old 为同一法律主体" in cap.why.zh
    assert "The same legal entity as supplier old," in cap.why.en
    assert cap.why.en in told.reasons[0].en
    assert _points(store, "old") == before


def test_what_the_new_supplier_proves_lifts_it_as_far_as_both_records_go(
    store: Store, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "old", "new", registration_code=CODE)
    store_suppliers(store, "alone")
    tell_orders(store, "old", 20, bad=True)
    work_off()
    begun = _points(store, "new")
    tell_orders(store, "new", 400)
    for bad, count in ((True, 20), (False, 400)):
        tell_orders(store, "alone", count, bad=bad)
    work_off()
    assert begun < _points(store, "new") == _points(store, "alone")


def test_the_good_record_of_the_company_earns_the_new_supplier_nothing(
    store: Store, scores: ReadSupplierScores, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "old", "new", registration_code=CODE)
    tell_orders(store, "old", 400)
    work_off()
    assert _points(store, "old") > _points(store, "new") == 200
    assert [scores.get(HERE, each).caps for each in ("old", "new")] == [(), ()]


@pytest.mark.parametrize("claiming", ["old", "new"])
def test_a_number_that_is_only_claimed_costs_and_earns_nobody_anything(
    store: Store, work_off: Callable[[], int], claiming: str
) -> None:
    for each in ("old", "new"):
        store_suppliers(store, each, registration_code=CODE, **({"verified_at": None} if each == claiming else {}))
    tell_orders(store, "old", 20, bad=True)
    work_off()
    assert _points(store, "new") == 200
    assert stored_score(store, "new").evidence.blemishes.same_company is None


def test_an_attacker_that_claims_a_rivals_number_draws_it_into_nothing(
    store: Store, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "rival", registration_code=CODE)
    tell_orders(store, "rival", 400)
    work_off()
    before = stored_score(store, "rival")
    store_suppliers(store, "attacker", registration_code=CODE, verified_at=None, state=SupplierState.TERMINATED)
    tell_orders(store, "attacker", 99, bad=True)
    _tell_incident(store, "attacker")
    work_off()
    assert stored_score(store, "rival") == before


@pytest.mark.parametrize("order", [*permutations(["old", "new", "orders"])])
def test_the_order_of_events_makes_no_difference(
    store: Store, work_off: Callable[[], int], order: tuple[str, ...]
) -> None:
    for what in order:
        if what == "orders":
            tell_orders(store, "old", 20, bad=True)
        else:
            store_suppliers(store, what, registration_code=CODE, verified_at=None)
            store_suppliers(store, what, registration_code=CODE)
        work_off()
    old, new = stored_score(store, "old"), stored_score(store, "new")
    assert new.stands.points == old.stands.points < 200
    assert score_marks(store) == {}


@pytest.mark.parametrize("change", [{"verified_at": None}, {"registration_code": "91110000000000019B"}])
def test_who_is_the_company_no_more_answers_for_nobody_and_nobody_for_it(
    store: Store, work_off: Callable[[], int], change: dict[str, object]
) -> None:
    store_suppliers(store, "old", "new", registration_code=CODE)
    tell_orders(store, "old", 20, bad=True)
    work_off()
    assert _points(store, "new") < 200
    store_suppliers(store, "old", **{"registration_code": CODE, **change})
    work_off()
    assert _points(store, "new") == 200
    assert stored_score(store, "new").evidence.blemishes.same_company is None


def test_an_open_incident_or_a_termination_bars_all_that_are_the_company(
    store: Store, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "one", "two", registration_code=CODE)
    store_suppliers(store, "ended", "third", registration_code="91110000000000019B")
    for good in ("two", "third"):
        tell_orders(store, good, 400)
    _tell_incident(store, "one")
    work_off()
    assert stored_score(store, "two").stands.band is Band.STOP
    assert stored_score(store, "third").stands.points > 200


def test_time_changes_what_bars_with_the_score_that_it_comes_from(
    store: Store, clock: Clock, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "old", "new", registration_code=CODE)
    tell_orders(store, "old", 20, bad=True)
    work_off()
    before = _points(store, "new")
    clock.now += timedelta(days=200)
    sum(a_day(store, clock))
    work_off()
    assert before < _points(store, "new") == _points(store, "old")


def test_who_was_merged_into_the_new_supplier_counts_once(store: Store, work_off: Callable[[], int]) -> None:
    store_suppliers(store, "old", "new", registration_code=CODE)
    store_suppliers(store, "before", "after")
    for old, new in (("old", "new"), ("before", "after")):
        tell_orders(store, old, 400)
        tell_orders(store, old, 20, bad=True)
        told = a_supplier_fact(old, supplier_id=old, fact=Succession(new, verified=True))
        with store.begin(HERE) as unit:
            unit.supplier_facts.record_many([told], NOW)
    work_off()
    assert stored_score(store, "new").stands == stored_score(store, "after").stands
