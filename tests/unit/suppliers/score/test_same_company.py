"""What suppliers answer for that are one company."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from zhengpin.domain.scored_supplier import SupplierEvidence
from zhengpin.domain.supplier_score import Blemishes, DailyEvidence, Measure, SameCompany
from zhengpin.suppliers.score.caps import caps_of
from zhengpin.suppliers.score.points import points_of
from zhengpin.suppliers.score.records import Records
from zhengpin.suppliers.score.same_company import MOST_IN_PAIRS, answering_together
from zhengpin.suppliers.score.standards import UNFITTED
from zhengpin.suppliers.score.sums import sum_evidence

TODAY = NOW.date()
INCIDENT = Blemishes(open_critical=("incident",))
COUNTS = st.tuples(st.integers(0, 300), st.integers(0, 60), st.sampled_from([Blemishes(), INCIDENT]))
COMPANIES = st.dictionaries(st.sampled_from("abcdef"), COUNTS, min_size=2)


def _evidence(good: int, bad: int, blemishes: Blemishes | None = None) -> SupplierEvidence:
    told = [
        DailyEvidence(TODAY, Measure.ORDERS_CALLED_FAKE, good, bad),
        DailyEvidence(TODAY, Measure.HANDOVERS, good, bad),
    ]
    return SupplierEvidence(sum_evidence(told, TODAY), blemishes or Blemishes())


def _points(evidence: SupplierEvidence) -> int:
    return points_of(evidence.sums, UNFITTED, caps_of(evidence.blemishes, NOW), NOW).points


def _answering(own: dict[str, SupplierEvidence], order: str = "") -> dict[str, SupplierEvidence]:
    records = Records(own, {each: {each: 1.0} for each in own})
    return answering_together(tuple(order or own), records, _points)


def _same_company(own: dict[str, SupplierEvidence]) -> dict[str, SameCompany | None]:
    return {each: evidence.blemishes.same_company for each, evidence in _answering(own).items()}


@given(COMPANIES)
def test_it_raises_nobody_and_leaves_a_newcomer_no_more_than_the_worst(
    told: dict[str, tuple[int, int, Blemishes]],
) -> None:
    own = {each: _evidence(*counts) for each, counts in told.items()}
    answering = _answering({**own, "new": _evidence(0, 0)})
    assert all(_points(answering[each]) <= _points(own[each]) for each in own)
    assert _points(answering["new"]) <= min(map(_points, own.values()))


@given(COMPANIES, st.data())
def test_one_more_defect_of_any_raises_none_of_them_and_one_more_good_order_lowers_none(
    told: dict[str, tuple[int, int, Blemishes]], data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from(sorted(told)))
    good, bad, blemishes = told[who]
    own = {each: _evidence(*counts) for each, counts in told.items()}
    before = {each: _points(evidence) for each, evidence in _answering(own).items()}
    for changed, sign in ((_evidence(good, bad + 1, blemishes), 1), (_evidence(good + 1, bad, blemishes), -1)):
        after = _answering({**own, who: changed})
        assert all(sign * (before[each] - _points(after[each])) >= 0 for each in own)


def test_the_order_in_which_they_are_named_makes_no_difference() -> None:
    own = {"a": _evidence(300, 2), "b": _evidence(40, 9), "c": _evidence(0, 0)}
    first, *others = (_answering(own, "".join(order)) for order in permutations(own))
    assert all(each == first for each in others)


def test_each_is_told_whose_record_bars_it_and_the_worst_that_nobodys_does() -> None:
    same = _same_company({"good": _evidence(300, 0), "bad": _evidence(20, 20), "new": _evidence(0, 0)})
    assert same["bad"] == SameCompany(2, "new")
    assert same["new"] == SameCompany(2, "bad", _points(_evidence(20, 20)))
    assert same["good"] == SameCompany(2, "bad", _points(_evidence(320, 20)))


def test_many_small_records_that_prove_nothing_one_by_one_prove_it_together() -> None:
    shops = {f"shop-{number:02}": _evidence(4, 2) for number in range(MOST_IN_PAIRS + 1)}
    together = _points(_evidence(4 * len(shops), 2 * len(shops)))
    assert together < _points(_evidence(4, 2))
    assert {_points(evidence) for evidence in _answering(shops).values()} == {together}


@pytest.mark.parametrize("goes_on", [False, True])
def test_one_that_was_stopped_stops_all_unless_it_goes_on_in_another(*, goes_on: bool) -> None:
    own = {"old": _evidence(9, 0, Blemishes(stopped=True)), "new": _evidence(9, 0)}
    shares = {"old": {"old": float(not goes_on)}, "new": {"new": 1.0}}
    answering = answering_together(("old", "new"), Records(own, shares), _points)
    assert (_points(answering["new"]) <= 99) is not goes_on


def test_goods_are_judged_as_usual_of_the_category_of_whom_most_is_known() -> None:
    own = {
        "known": SupplierEvidence(_evidence(90, 9).sums, category="shoes"),
        "new": SupplierEvidence(_evidence(9, 0).sums, category="tea"),
    }
    records = Records(own, {each: {each: 1.0} for each in own})
    assert records.together(("new", "known")).category == "shoes"
