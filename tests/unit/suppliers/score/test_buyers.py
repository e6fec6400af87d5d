"""One buyer's orders of a day say no more than a few orders do, and few buyers make nobody preferred."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.suppliers.score.histories import NOW, TABLE, TODAY
from zhengpin.domain.order_counts import MOST_OF_BUYER, OrderCounts
from zhengpin.domain.supplier_score import Band, CapCode, ComponentName, EvidenceSums, SupplierScore
from zhengpin.suppliers.score.caps import AT_MOST
from zhengpin.suppliers.score.evidence import of_buyer, of_orders
from zhengpin.suppliers.score.history import FEWEST_BUYERS, SupplierHistory, evidence_of
from zhengpin.suppliers.score.score import score_supplier
from zhengpin.suppliers.score.standards import PLACE
from zhengpin.suppliers.score.sums import sum_evidence

DAY = TODAY - timedelta(days=10)
GOOD = OrderCounts(orders=1, units=1, shipped=1, delivered=1, promised=1)
BAD = {
    "late": GOOD._replace(shipped_late=1),
    "never handed over": OrderCounts(orders=1, units=1),
    "defective": GOOD._replace(returned=1, called_defective=1, with_faults=1),
    "called fake": GOOD._replace(fake_complaints=1, distinct_complaining_orders=1, with_faults=1),
    "arrived late": GOOD._replace(arrived_late=1),
    "called late": GOOD._replace(promised=0, called_late=1, late_by_word=1),
}
ORDERS = st.lists(st.sampled_from([GOOD, *BAD.values()]), min_size=1, max_size=12)


def together(orders: list[OrderCounts]) -> OrderCounts:
    total = OrderCounts()
    for each in orders:
        total = total.plus(each)
    return total


def said(orders: list[OrderCounts]) -> EvidenceSums:
    """What one buyer's orders add up to."""
    return sum_evidence(of_buyer(DAY, together(orders)), TODAY)


def times(count: int, order: OrderCounts = GOOD) -> OrderCounts:
    return OrderCounts._make(each * count for each in order)


def score_of(history: SupplierHistory) -> SupplierScore:
    known = evidence_of(history, NOW)
    return score_supplier("acme", known.sums, known.blemishes, TABLE, category="", now=NOW)


def of_one(count: int, order: OrderCounts = GOOD) -> SupplierHistory:
    """A day of one buyer's orders."""
    orders = [(DAY, times(count, order))]
    return SupplierHistory(orders, often_bought=orders if count > MOST_OF_BUYER else (), buyers=1)


@pytest.mark.parametrize("orders", [4, 30, 3000])
def test_a_day_of_one_buyers_orders_earns_what_three_of_them_do(orders: int) -> None:
    assert score_of(of_one(orders)).points == score_of(of_one(3)).points < 250


def test_three_thousand_buyers_make_preferred_what_one_can_not() -> None:
    assert score_of(SupplierHistory([(DAY, times(3000))], buyers=FEWEST_BUYERS)).band is Band.PREFERRED


def test_other_buyers_orders_of_the_day_count_as_ever() -> None:
    shared = SupplierHistory([(DAY, times(3040))], often_bought=[(DAY, times(3000))], buyers=FEWEST_BUYERS)
    assert evidence_of(shared, NOW).sums == pytest.approx(evidence_of(SupplierHistory([(DAY, times(43))]), NOW).sums)


def test_a_buyer_who_complains_of_a_hundred_orders_is_one_who_complains_of_three() -> None:
    assert score_of(of_one(100, BAD["called fake"])).points == score_of(of_one(3, BAD["called fake"])).points


@given(ORDERS)
def test_one_more_good_order_of_a_buyer_counts_for_no_less_and_a_bad_one_for_no_more(orders: list[OrderCounts]) -> None:
    before, better = said(orders), said([*orders, GOOD])
    for place in range(len(before.good)):
        assert better.good[place] >= before.good[place] * (1 - 1e-12)
        assert better.bad[place] <= before.bad[place] * (1 + 1e-12)
    # One that was late and came as promised is good news of arrivals as well.
    late = BAD["late"]._replace(promised=0)
    for worse, component in ((late, ComponentName.DELIVERY), (BAD["called fake"], ComponentName.AUTHENTICITY)):
        place = PLACE[component]
        assert said([*orders, worse]).bad[place] >= before.bad[place] * (1 - 1e-12)


@given(ORDERS, st.sampled_from(sorted(BAD)))
def test_an_order_that_turns_bad_never_raises_the_points(orders: list[OrderCounts], how: str) -> None:
    def points(of: list[OrderCounts]) -> int:
        day = [(DAY, together(of))]
        return score_of(SupplierHistory(day, often_bought=day if len(of) > MOST_OF_BUYER else ())).points

    assert points([*orders, BAD[how]]) <= points([*orders, GOOD])


@given(st.integers(0, 3))
def test_up_to_three_orders_of_a_buyer_count_in_full(orders: int) -> None:
    assert list(of_buyer(DAY, times(orders))) == list(of_orders(DAY, times(orders)))


def test_few_buyers_bar_from_preferred_and_untold_ones_are_taken_for_many() -> None:
    year = [(DAY - timedelta(days=each), times(30)) for each in range(300)]
    good_year = SupplierHistory(year, buyers=FEWEST_BUYERS - 1)
    few = score_of(good_year)
    assert (few.points, few.band, [cap.code for cap in few.caps]) == (699, Band.GOOD, [CapCode.FEW_BUYERS])
    assert "Too few buyers" in few.reasons[0].en
    assert few.high == score_of(replace(good_year, buyers=FEWEST_BUYERS)).high > few.points
    assert few.next_improvement is not None
    assert few.next_improvement.about is CapCode.FEW_BUYERS
    assert score_of(replace(good_year, buyers=FEWEST_BUYERS)).band is Band.PREFERRED
    untold = [(day, counts._replace(of_untold_buyers=counts.orders)) for day, counts in good_year.orders]
    assert score_of(SupplierHistory(untold)).band is Band.PREFERRED


def test_a_newcomer_is_not_told_that_it_has_few_buyers_yet() -> None:
    newcomer = score_of(SupplierHistory())
    assert newcomer.points == 200
    assert newcomer.caps == ()
    assert newcomer.high > AT_MOST[CapCode.FEW_BUYERS]
    assert not any("buyers" in reason.en for reason in newcomer.reasons)
