"""Orders: counts by day that are the same in whatever order the events arrive."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import NOW, a_listing, an_order_event
from zhengpin.domain.order import CancelledBy, ComplaintCause, OrderEvent, OrderEventKind, OrderSummary
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.snapshot import Snapshot, SnapshotQuery
from zhengpin.storage import Store, UnitOfWork
from zhengpin.storage.dossiers import LISTING_ORDER_DAYS, SUPPLIER_ORDER_DAYS

HERE = "here"
HOUR = timedelta(hours=1)
Kind = OrderEventKind

events = st.builds(
    an_order_event,
    st.uuids().map(str),
    st.sampled_from(OrderEventKind),
    order_id=st.sampled_from(["order-1", "order-2", "order-3"]),
    listing_id=st.sampled_from(["listing-1", "listing-2"]),
    happened_at=st.integers(-24 * 12, 0).map(lambda hours: NOW + hours * HOUR),
    quantity=st.integers(1, 3),
    cause=st.sampled_from(ComplaintCause),
    buyer_id=st.sampled_from(["", "buyer-1", "buyer-2"]),
    promised_by=st.none() | st.integers(-24 * 12, 24).map(lambda hours: NOW + hours * HOUR),
    cancelled_by=st.sampled_from(CancelledBy),
)


def read(store: Store, marketplace: str = HERE, as_of: datetime = NOW) -> list[Snapshot]:
    queries = [SnapshotQuery(a_listing(listing_id), "") for listing_id in ("listing-1", "listing-2")]
    with store.read(marketplace) as reader:
        return reader.snapshots.read_many(queries, as_of)


def summary(store: Store, told: list[OrderEvent], as_of: datetime = NOW) -> OrderSummary:
    """What the orders of one listing add up to after these events."""
    with store.begin(HERE) as unit:
        unit.orders.record_many(told)
    found = read(store, as_of=as_of)[0].listing_orders
    assert found is not None
    return found


@given(told=st.lists(events, max_size=20, unique_by=lambda event: event.event_id), data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counts_are_the_same_in_any_order_of_arrival(
    store: Store, told: list[OrderEvent], data: st.DataObject
) -> None:
    at_once, in_pages = str(uuid4()), str(uuid4())
    with store.begin(at_once) as unit:
        assert unit.orders.record_many(told) == len(told)
    arriving = data.draw(st.permutations(told))
    cut = data.draw(st.integers(0, len(arriving)))
    for page in (arriving[:cut], arriving[cut:], arriving[: cut // 2]):  # the last one is sent a second time
        with store.begin(in_pages) as unit:
            unit.orders.record_many(page)
    # Some of the events lie before the windows that end later.
    for later in (0, SUPPLIER_ORDER_DAYS - 3, LISTING_ORDER_DAYS - 3):
        as_of = NOW + timedelta(days=later)
        assert read(store, at_once, as_of) == read(store, in_pages, as_of)
    with store.read(at_once) as one, store.read(in_pages) as other:
        assert one.orders.days_of_suppliers(["acme-factory"]) == other.orders.days_of_suppliers(["acme-factory"])
        assert one.orders.buyers("acme-factory", 9) == other.orders.buyers("acme-factory", 9)
        orders = ["order-1", "order-2", "order-3"]
        assert one.orders.bought(orders) == other.orders.bought(orders)
        sold = one.orders.units_sold({"listing-1", "listing-2"})
        assert sold == other.orders.units_sold({"listing-1", "listing-2"})
        assert sum(sold.values()) == sum(event.quantity for event in told if event.kind is Kind.PAID)


def test_what_one_buyer_buys_often_on_a_day_is_kept_apart_whenever_the_buyer_is_told(store: Store) -> None:
    def told_of(unit: UnitOfWork, number: int, buyer_id: str, **changes: Any) -> None:
        unit.orders.record_many(
            [an_order_event(f"{number}-{buyer_id}", order_id=f"order-{number}", buyer_id=buyer_id, **changes)]
        )

    with store.begin(HERE) as unit:
        for number in range(4):
            told_of(unit, number, "buyer")
        told_of(unit, 4, "")
        told_of(unit, 5, "another")
        told_of(unit, 6, "buyer", happened_at=NOW - timedelta(days=1))
        told_of(unit, 7, "buyer", supplier_id="other")
        (often,) = unit.orders.often_bought(["acme-factory", "other"]).pop("acme-factory")
        assert often == (NOW.date(), OrderCounts(orders=4, units=4))
        assert (unit.orders.buyers("acme-factory", 9), unit.orders.buyers("acme-factory", 1)) == (2, 1)
        days = dict(unit.orders.days_of_suppliers(["acme-factory"])["acme-factory"])
        assert (days[NOW.date()].orders, days[NOW.date()].of_untold_buyers) == (6, 1)
        told_of(unit, 4, "buyer", kind=Kind.SHIPPED)
        ((_, counts),) = unit.orders.often_bought(["acme-factory"])["acme-factory"]
        assert (counts.orders, counts.shipped, counts.of_untold_buyers) == (5, 1, 0)
        for number in (3, 4):
            told_of(unit, number, "somebody greater", kind=Kind.SCANNED)
        assert unit.orders.often_bought(["acme-factory"]) == {}
        assert unit.orders.buyers("acme-factory", 9) == 3


def test_a_summary_counts_what_became_of_each_order(store: Store) -> None:
    paid = NOW - timedelta(days=4)
    counted = summary(
        store,
        [
            an_order_event("1", Kind.PAID, happened_at=paid, quantity=3),
            an_order_event("2", Kind.SHIPPED, happened_at=paid + HOUR),
            an_order_event("3", Kind.SCANNED, happened_at=paid + 2 * HOUR),
            an_order_event("4", Kind.DELIVERED, happened_at=paid + 30 * HOUR),
            an_order_event("5", Kind.COMPLAINT, cause=ComplaintCause.FAKE),
            an_order_event("6", Kind.COMPLAINT, cause=ComplaintCause.FAKE),
            an_order_event("7", Kind.RETURNED, cause=ComplaintCause.NOT_AS_DESCRIBED),
            an_order_event("8", Kind.REFUNDED),
            an_order_event("9", Kind.REVIEW, stars=1, text="假货"),
            an_order_event("10", Kind.PAID, order_id="order-2"),
            an_order_event("11", Kind.CANCELLED, order_id="order-2"),
        ],
    )
    assert counted == OrderSummary(
        window_days=LISTING_ORDER_DAYS,
        orders=2,
        units=4,
        shipped=1,
        delivered=1,
        cancelled=1,
        returned=1,
        refunded=1,
        complaints=2,
        fake_complaints=1,
        not_as_described=1,
        distinct_complaining_orders=1,
        with_faults=1,
    )


def test_a_cause_that_is_corrected_moves_from_one_count_of_its_day_to_the_other(store: Store) -> None:
    paid = NOW - timedelta(days=4)
    wrong = an_order_event("2", Kind.RETURNED, cause=ComplaintCause.FAKE, buyer_id="buyer")
    corrections = [
        an_order_event("3", Kind.RETURN_WITHDRAWN, cause=ComplaintCause.FAKE),
        an_order_event("4", Kind.RETURNED, cause=ComplaintCause.DEFECTIVE),
    ]

    def told(*events: OrderEvent, marketplace: str = HERE) -> list[tuple[date, OrderCounts]]:
        for event in events:
            with store.begin(marketplace) as unit:
                assert unit.orders.record_many([event, event]) == 1
        with store.read(marketplace) as reader:
            return reader.orders.days_of_suppliers(["acme-factory"])["acme-factory"]

    order = OrderCounts(orders=1, units=1, returned=1)
    day = paid.date()
    called_fake = order._replace(fake_complaints=1, distinct_complaining_orders=1, with_faults=1)
    defective = order._replace(called_defective=1, with_faults=1)
    assert told(an_order_event("1", happened_at=paid), wrong) == [(day, called_fake)]
    assert told(*corrections) == [(day, defective)]
    assert told(*corrections, an_order_event("1", happened_at=paid), wrong, marketplace="late news") == [
        (day, defective)
    ]
    assert told(an_order_event("5", Kind.RETURN_WITHDRAWN, cause=ComplaintCause.DEFECTIVE)) == [
        (day, order._replace(returned=0))
    ]


def test_goods_whose_return_was_withdrawn_are_bought_in_whatever_order_that_is_told(store: Store) -> None:
    told = [an_order_event("1"), an_order_event("2", Kind.RETURN_WITHDRAWN), an_order_event("3", Kind.RETURNED)]
    for event in told:
        with store.begin(HERE) as unit:
            unit.orders.record_many([event])
            assert unit.orders.bought(["order-1"])["order-1"].listing_ids == {"listing-1"}
    with store.begin(HERE) as unit:
        unit.orders.record_many([an_order_event("4", Kind.RETURNED)])
        assert not unit.orders.bought(["order-1"])["order-1"].listing_ids


@pytest.mark.parametrize(
    ("steps", "late"),
    [
        ({Kind.SCANNED: 24}, 0),
        ({Kind.SCANNED: 25}, 1),
        ({Kind.SHIPPED: 2, Kind.SCANNED: 25}, 1),
        ({Kind.DELIVERED: 20}, 0),
        ({Kind.SHIPPED: 2}, 1),  # a number typed in, but no carrier has seen the parcel in four days
        ({}, 0),  # not shipped at all
    ],
)
def test_late_is_what_no_carrier_has_seen_within_24_hours_of_payment(
    store: Store, steps: dict[OrderEventKind, int], late: int
) -> None:
    paid = NOW - timedelta(days=4)
    told = [an_order_event("paid", Kind.PAID, happened_at=paid)]
    told += [an_order_event(kind, kind, happened_at=paid + hours * HOUR) for kind, hours in steps.items()]
    assert summary(store, told).shipped_late == late


def test_a_parcel_without_a_scan_is_not_late_before_its_24_hours_are_over(store: Store) -> None:
    counted = summary(store, [an_order_event("1", Kind.PAID), an_order_event("2", Kind.SHIPPED)])
    assert (counted.shipped, counted.shipped_late) == (1, 0)


def test_a_window_starts_inclusive_and_ends_exclusive(store: Store) -> None:
    midnight = NOW.replace(hour=0)
    moments = {
        "before": midnight - timedelta(days=LISTING_ORDER_DAYS - 1, microseconds=1),
        "first": midnight - timedelta(days=LISTING_ORDER_DAYS - 1),
        "last": midnight + timedelta(days=1, microseconds=-1),
        "after": midnight + timedelta(days=1),
    }
    told = [an_order_event(name, order_id=name, happened_at=moment) for name, moment in moments.items()]
    assert summary(store, told).orders == 2


def test_an_order_counts_for_its_day_of_payment_once_that_is_known(store: Store) -> None:
    first_day = NOW - timedelta(days=LISTING_ORDER_DAYS - 1)
    paid = first_day - timedelta(days=3)
    assert summary(store, [an_order_event("scan", Kind.SCANNED, happened_at=first_day)]).orders == 1
    assert summary(store, [an_order_event("paid", happened_at=paid)]).orders == 0
    assert summary(store, [], as_of=NOW - timedelta(days=3)).shipped_late == 1


def test_one_event_counts_once(store: Store) -> None:
    with store.begin(HERE) as unit:
        assert unit.orders.record_many([an_order_event("1", quantity=2), an_order_event("1", quantity=9)]) == 1
        assert unit.orders.record_many([an_order_event("1", quantity=9)]) == 0
        assert unit.orders.units_sold(["listing-1"]) == {"listing-1": 2}


def test_counts_are_unknown_until_the_marketplace_tells_of_any_order_and_then_zero(store: Store) -> None:
    unknown = read(store)[0]
    assert (unknown.listing_orders, unknown.supplier_orders, unknown.units_sold_total) == (None, None, None)
    elsewhere = an_order_event(listing_id="listing-9", supplier_id="other")
    assert summary(store, [elsewhere]) == OrderSummary(LISTING_ORDER_DAYS)
    known = read(store)[0]
    assert (known.supplier_orders, known.units_sold_total) == (OrderSummary(SUPPLIER_ORDER_DAYS), 0)
