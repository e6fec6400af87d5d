"""What suppliers inherit of those who go on in them."""

from collections.abc import Callable
from dataclasses import replace

from builders import NOW, a_supplier_fact
from scoring import HERE, score_marks, store_suppliers, stored_score, tell_orders
from zhengpin.domain.supplier_fact import (
    IncidentGravity,
    IncidentKind,
    Succession,
    SupplierIncident,
)
from zhengpin.domain.supplier_score import Band
from zhengpin.storage import Store


def _gone_on(store: Store, supplier_id: str, successor_id: str, *, verified: bool = True, **changes: object) -> None:
    told = a_supplier_fact(
        f"{supplier_id}-{successor_id}", supplier_id=supplier_id, fact=Succession(successor_id, verified)
    )
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([replace(told, **changes)], NOW)  # type: ignore[arg-type]


def test_a_merger_brings_its_history_along(store: Store, work_off: Callable[[], int]) -> None:
    store_suppliers(store, "one", "two", "both", "alone")
    for supplier_id in ("one", "two"):
        tell_orders(store, supplier_id, 200)
        _gone_on(store, supplier_id, "both")
    tell_orders(store, "alone", 400)
    work_off()
    assert stored_score(store, "both").stands == stored_score(store, "alone").stands
    tell_orders(store, "one", 9, bad=True)
    work_off()
    assert stored_score(store, "both").stands.points < stored_score(store, "alone").stands.points


def test_who_only_says_that_it_goes_on_in_another_one_leaves_it_nothing(
    store: Store, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "rival", "bad", "alone")
    incident = SupplierIncident(IncidentKind.TERMS, IncidentGravity.CRITICAL, upheld=True)
    with store.begin(HERE) as unit:
        unit.supplier_facts.record_many([a_supplier_fact("bad", supplier_id="bad", fact=incident)], NOW)
    _gone_on(store, "bad", "rival", verified=False)
    work_off()
    assert stored_score(store, "rival").evidence == stored_score(store, "alone").evidence
    _gone_on(store, "bad", "rival", verified=True, revision=1)
    work_off()
    assert stored_score(store, "rival").stands.band is Band.STOP


def test_a_split_leaves_nothing_bad_behind_and_makes_no_second_good_record(
    store: Store, work_off: Callable[[], int]
) -> None:
    store_suppliers(store, "whole", "left", "right")
    tell_orders(store, "whole", 400)
    tell_orders(store, "whole", 40, bad=True)
    work_off()
    whole, points = stored_score(store, "whole").evidence.sums, stored_score(store, "whole").stands.points
    for part in ("left", "right"):
        _gone_on(store, "whole", part)
    work_off()
    left = stored_score(store, "left").evidence.sums
    assert left.bad == whole.bad
    assert left.good == tuple(good / 2 for good in whole.good)
    assert left == stored_score(store, "right").evidence.sums
    assert stored_score(store, "left").stands.points <= points
    assert set(stored_score(store, "whole").evidence.sums.good) == {0}


def test_a_succession_that_is_withdrawn_takes_its_history_back(store: Store, work_off: Callable[[], int]) -> None:
    store_suppliers(store, "old", "new")
    tell_orders(store, "old", 200)
    _gone_on(store, "old", "new")
    work_off()
    assert stored_score(store, "new").stands.points > 200
    _gone_on(store, "old", "new", revision=1, withdrawn=True)
    work_off()
    assert stored_score(store, "new").stands.points == 200


def test_a_circle_of_successions_ends(store: Store, work_off: Callable[[], int]) -> None:
    store_suppliers(store, "one", "two", "three")
    tell_orders(store, "one", 200)
    for before, after in (("one", "two"), ("two", "three"), ("three", "one"), ("one", "one")):
        _gone_on(store, before, after)
    assert work_off() == 3
    assert score_marks(store) == {}
