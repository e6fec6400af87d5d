"""What a supplier is told about itself: of its orders, its category and its prices, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, a_listing, a_scored_supplier, a_supplier, an_order_event, yuan
from zhengpin.detectors.matching import product_key
from zhengpin.detectors.prices import offered_prices
from zhengpin.domain.order import ComplaintCause, OrderEvent, OrderEventKind
from zhengpin.domain.supplier_report import CategoryRank, OrderTrouble, SupplierReport
from zhengpin.domain.supplier_score import PriorTable
from zhengpin.errors import NotFound
from zhengpin.storage import Store
from zhengpin.suppliers.score.forecast import late_chance
from zhengpin.suppliers.score.standards import UNFITTED
from zhengpin.suppliers.score.sums import fade
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.report_supplier import FEWEST_PEERS, MOST_PRODUCTS, ReportSupplier
from zhengpin.usecases.score_stale import ScoreStale

HERE = "default"
Report = Callable[[str], SupplierReport]


@pytest.fixture
def report(store: Store) -> Report:
    make = ReportSupplier(store, ReadSupplierScores(store, lambda: NOW), lambda: NOW)
    return lambda supplier_id: make(HERE, supplier_id)


def welcome(store: Store, *supplier_ids: str) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier(each, name=f"Maker {each}") for each in supplier_ids], NOW)


def offer(store: Store, supplier_id: str, price: str = "60", listing_id: str = "", **changes: object) -> None:
    listing = a_listing(listing_id or f"kettle-of-{supplier_id}", supplier_id=supplier_id, price=price, **changes)
    with store.begin(HERE) as unit:
        unit.listings.upsert_many([(listing, product_key(listing))], NOW)
        unit.prices.record_many(offered_prices(listing, product_key(listing), NOW))


def sell(
    store: Store, supplier_id: str, count: int, *, returned: int = 0, days_ago: int = 9, listing_id: str = ""
) -> None:
    """Sell, one order after the other; the first ones come back as fakes."""
    with store.begin(HERE) as unit:
        unit.orders.record_many(
            [
                step
                for number in range(count)
                for step in _order(
                    f"{supplier_id}-{listing_id}-{days_ago}-{number}",
                    supplier_id,
                    listing_id or f"kettle-of-{supplier_id}",
                    days_ago,
                    comes_back=number < returned,
                )
            ]
        )


def _order(
    order_id: str, supplier_id: str, listing_id: str, days_ago: int, *, comes_back: bool
) -> Iterator[OrderEvent]:
    kinds = [OrderEventKind.PAID, OrderEventKind.SCANNED, OrderEventKind.DELIVERED]
    for hours, kind in enumerate(kinds + [OrderEventKind.RETURNED] * comes_back):
        yield an_order_event(
            f"{order_id}-{kind}",
            kind,
            order_id=order_id,
            supplier_id=supplier_id,
            listing_id=listing_id,
            happened_at=NOW - timedelta(days=days_ago) + timedelta(hours=hours),
            cause=ComplaintCause.FAKE if kind is OrderEventKind.RETURNED else ComplaintCause.NONE,
        )


def a_market(store: Store, others: int) -> None:
    """One supplier among others who sell the same kettle for less, some of whose orders come back."""
    names = [f"other-{number}" for number in range(others)]
    welcome(store, "acme", *names)
    offer(store, "acme", "90")
    sell(store, "acme", 20, returned=5)
    for place, name in enumerate(names):
        offer(store, name, str(60 + place))
        sell(store, name, 10, returned=1)
    for _ in ScoreStale(store, lambda: NOW)():
        pass


def test_an_unknown_supplier_has_no_report(report: Report) -> None:
    with pytest.raises(NotFound, match="supplier 'nobody'"):
        report("nobody")


def test_one_without_orders_is_told_how_to_begin_and_nothing_made_up(store: Store, report: Report) -> None:
    welcome(store, "newcomer")
    told = report("newcomer")
    assert (told.name, told.score.points, told.orders) == ("Maker newcomer", 200, 0)
    assert (told.troubles, told.rank, told.products, told.trend) == ((), None, (), ())
    assert told.score.improvements[0].gain > 0


def test_what_went_wrong_stands_beside_what_is_usual_of_the_others_alone(store: Store, report: Report) -> None:
    a_market(store, others=FEWEST_PEERS)
    told = report("acme")
    troubles = {each.trouble: each for each in told.troubles}
    assert (told.orders, told.peers) == (20, FEWEST_PEERS)
    assert list(troubles) == list(OrderTrouble)
    for trouble in OrderTrouble:
        happened = trouble in {OrderTrouble.COMPLAINED_OF, OrderTrouble.RETURNED, OrderTrouble.CALLED_FAKE}
        assert troubles[trouble].orders == (5 if happened else 0), trouble
        assert troubles[trouble].share == (0.25 if happened else 0), trouble
        assert troubles[trouble].usual_share == pytest.approx(0.1 if happened else 0), trouble


def test_causes_stand_with_their_share_of_all_orders_as_they_were_corrected(store: Store, report: Report) -> None:
    welcome(store, "acme")
    sell(store, "acme", 20)
    told = {
        ComplaintCause.DEFECTIVE: (OrderEventKind.RETURNED, 4, OrderTrouble.CALLED_DEFECTIVE),
        ComplaintCause.LATE: (OrderEventKind.COMPLAINT, 3, OrderTrouble.CALLED_LATE),
        ComplaintCause.CHANGED_MIND: (OrderEventKind.RETURNED, 2, OrderTrouble.CHANGED_MIND),
        ComplaintCause.OTHER: (OrderEventKind.REFUNDED, 1, OrderTrouble.OTHER_CAUSE),
    }
    for cause, (kind, count, _) in told.items():
        tell(store, kind, cause, range(count))
    wanted = {trouble: (count, count / 20) for _, count, trouble in told.values()}
    assert causes(report("acme")) == wanted
    tell(store, OrderEventKind.RETURN_WITHDRAWN, ComplaintCause.DEFECTIVE, range(1))
    tell(store, OrderEventKind.REFUND_WITHDRAWN, ComplaintCause.OTHER, range(1))
    wanted |= {OrderTrouble.CALLED_DEFECTIVE: (3, 0.15), OrderTrouble.OTHER_CAUSE: (0, 0)}
    assert causes(report("acme")) == wanted


def tell(store: Store, kind: OrderEventKind, cause: ComplaintCause, numbers: range) -> None:
    """Tell of some orders of `sell` that a buyer was unhappy with them, or is no more."""
    with store.begin(HERE) as unit:
        unit.orders.record_many(
            [
                an_order_event(
                    f"{kind}-{cause}-{each}", kind, order_id=f"acme--9-{each}", supplier_id="acme", cause=cause
                )
                for each in numbers
            ]
        )


def causes(told: SupplierReport) -> dict[OrderTrouble, tuple[int, float]]:
    names = OrderTrouble.CALLED_DEFECTIVE, OrderTrouble.CALLED_LATE, OrderTrouble.CHANGED_MIND, OrderTrouble.OTHER_CAUSE
    return {each.trouble: (each.orders, each.share) for each in told.troubles if each.trouble in names}


def test_one_who_has_most_orders_of_all_others_is_kept_unknown(store: Store, report: Report) -> None:
    a_market(store, others=FEWEST_PEERS)
    sell(store, "other-0", 30, days_ago=5)
    assert report("acme").peers == FEWEST_PEERS
    sell(store, "other-0", 1, days_ago=4)
    told = report("acme")
    assert told.peers == 0
    assert {each.usual_share for each in told.troubles} == {None}


def test_too_few_others_are_kept_unknown(store: Store, report: Report) -> None:
    a_market(store, others=FEWEST_PEERS - 1)
    told = report("acme")
    assert told.peers == 0
    assert {each.usual_share for each in told.troubles} == {None}


def test_a_quarter_that_was_late_makes_the_next_one_likely_to_be(store: Store, report: Report) -> None:
    welcome(store, "newcomer", "punctual", "late")
    sell(store, "punctual", 40)
    with store.begin(HERE) as unit:
        late = [an_order_event(f"{number}", order_id=f"{number}", supplier_id="late") for number in range(40)]
        unit.orders.record_many([replace(each, happened_at=NOW - timedelta(days=9)) for each in late])
    sum(ScoreStale(store, lambda: NOW)())
    assert report("newcomer").late_chance is None
    (punctual, often_late) = (report(each).late_chance for each in ("punctual", "late"))
    with store.read(HERE) as reader:
        known = reader.supplier_scores.find_many(["late"])["late"].evidence
    assert often_late == late_chance(fade(known.sums, NOW), UNFITTED)
    assert punctual is not None
    assert often_late is not None
    assert punctual < 0.05
    assert often_late > 0.5


def test_orders_older_than_ninety_days_count_no_more(store: Store, report: Report) -> None:
    welcome(store, "acme")
    sell(store, "acme", 3, days_ago=90)
    sell(store, "acme", 2, days_ago=89)
    assert report("acme").orders == 2


def test_a_rank_counts_those_with_more_points_in_the_very_category(store: Store, report: Report) -> None:
    welcome(store, "best", "two", "three", "last")
    points = {"best": 700, "two": 400, "three": 400, "last": 150}
    kettles = a_scored_supplier("elsewhere", points=900)
    elsewhere = replace(kettles, evidence=replace(kettles.evidence, category="kitchen"))
    with store.begin(HERE) as unit:
        unit.supplier_scores.put_many([a_scored_supplier(each, points=of) for each, of in points.items()])
        unit.supplier_scores.put_many([elsewhere])
        unit.score_priors.add(PriorTable("today", NOW.date(), {"": UNFITTED}))
    assert [report(each).rank for each in points] == [CategoryRank("kitchen/kettles", rank, 4) for rank in (1, 2, 2, 4)]


def test_a_price_stands_beside_the_median_of_others(store: Store, report: Report) -> None:
    a_market(store, others=5)
    (position,) = report("acme").products
    assert (position.price, position.market_price) == (yuan(90), yuan(62))
    assert (position.market_sellers, position.title) == (5, "Acme 1.5 l kettle K15")


def test_three_others_are_no_market_to_be_told_of(store: Store, report: Report) -> None:
    a_market(store, others=3)
    (position,) = report("acme").products
    assert (position.price, position.market_price, position.market_sellers) == (yuan(90), None, 3)


def test_what_sells_most_comes_first_with_what_it_sold_before(store: Store, report: Report) -> None:
    welcome(store, "acme")
    for number in range(MOST_PRODUCTS + 2):
        offer(store, "acme", listing_id=f"kettle-{number:02}")
        sell(store, "acme", number, listing_id=f"kettle-{number:02}", days_ago=29)
    sell(store, "acme", 3, listing_id="kettle-01", days_ago=30)
    sell(store, "acme", 9, listing_id="kettle-01", days_ago=60)
    sell(store, "acme", 99, listing_id="somebody-elses")
    sold = [(each.listing_id, each.units, each.units_before) for each in report("acme").products]
    assert sold[0] == ("kettle-21", 21, 0)
    assert len(sold) == MOST_PRODUCTS
    assert sold[-1] == ("kettle-02", 2, 0)
    with store.read(HERE) as reader:
        assert reader.orders.best_selling("acme", NOW, 30, 99)[-1] == ("kettle-01", 1, 3)


def test_a_large_category_is_sampled_from_end_to_end(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.supplier_scores.put_many([a_scored_supplier(f"s-{points}", points=points) for points in range(400, 500)])
    with store.read(HERE) as reader:
        sample = reader.supplier_scores.sample("kitchen/kettles", 9)
        assert 5 <= len(sample) <= 9
        assert min(sample) < "s-420"
        assert max(sample) > "s-480"
        assert len(reader.supplier_scores.sample("kitchen/kettles", 100)) == 100
