"""Summaries kept up to date are what a full recomputation gives, and the recomputation puts right what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from typer.testing import CliRunner

from builders import NOW, a_listing, a_price, an_order_event
from zhengpin.__main__ import app
from zhengpin.domain.listing import Listing
from zhengpin.domain.order import CancelledBy, ComplaintCause, OrderEvent, OrderEventKind
from zhengpin.domain.price import PriceChannel, PriceObservation
from zhengpin.storage import Store, tables
from zhengpin.usecases.rebuild_summaries import RebuildSummaries
from zhengpin.usecases.record_facts import store_listings

HERE = "here"
LISTINGS = ("listing-1", "listing-2", "Ünglaublich", "列表")
"""Ids that people of a country would put in another order than Python does."""

moments = st.integers(-24 * 12, 0).map(lambda hours: NOW + timedelta(hours=hours))
events = st.builds(
    an_order_event,
    st.uuids().map(str),
    st.sampled_from(OrderEventKind),
    order_id=st.sampled_from(["order-1", "order-2", "Order-2"]),
    listing_id=st.sampled_from(LISTINGS),
    supplier_id=st.sampled_from(["acme-factory", "Zeta"]),
    happened_at=moments,
    quantity=st.integers(1, 3),
    cause=st.sampled_from(ComplaintCause),
    text=st.sampled_from(["", "绝对是假货！", "不是假货", "It is a fake. Really.", "é falso?"]),
    buyer_id=st.sampled_from(["", "buyer", "Buyer"]),
    promised_by=st.none() | moments,
    cancelled_by=st.sampled_from(CancelledBy),
)
observations = st.builds(
    a_price,
    st.uuids().map(str),
    price=st.integers(1, 9),
    product_key=st.sampled_from(["acme k15", "Acme k16", ""]),
    seller=st.sampled_from(["a", "b", "platform:c"]),
    listing_id=st.sampled_from(["", *LISTINGS]),
    captured_at=moments,
    channel=st.sampled_from(PriceChannel),
)
offers = st.builds(a_listing, st.sampled_from(LISTINGS), price=st.integers(10, 12))
Fact = OrderEvent | PriceObservation | Listing
facts = st.lists(st.one_of(events, observations, offers), max_size=25)


def record(store: Store, marketplace: str, page: Sequence[Fact], now: datetime = NOW) -> None:
    with store.begin(marketplace) as unit:
        unit.orders.record_many([fact for fact in page if isinstance(fact, OrderEvent)])
        store_listings(unit, [fact for fact in page if isinstance(fact, Listing)], now)
        unit.prices.record_many([fact for fact in page if isinstance(fact, PriceObservation)])


def pages(data: st.DataObject, told: list[Fact]) -> Iterator[list[Fact]]:
    """The facts in any order and split, some of them twice."""
    arriving = data.draw(st.permutations([*told, *told[: data.draw(st.integers(0, len(told)))]]))
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        yield arriving[:size]
        arriving = arriving[size:]


def a_marketplace(store: Store, told: Iterable[list[Fact]]) -> str:
    """A marketplace with the listings, and with what was told of them page by page."""
    marketplace = str(uuid4())
    record(store, marketplace, [a_listing(each) for each in LISTINGS], NOW - timedelta(days=2))
    for page in told:
        record(store, marketplace, page)
    return marketplace


@given(told=facts, data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_summaries_are_what_a_full_recomputation_gives_whatever_came_when(
    store: Store, told: list[Fact], data: st.DataObject
) -> None:
    marketplace = a_marketplace(store, pages(data, told))
    found = RebuildSummaries(store)(marketplace, lambda _: None)
    assert [(each.table, each.missing, each.wrong, each.surplus) for each in found] == [
        (each.table, 0, 0, 0) for each in found
    ]


@given(told=st.lists(st.one_of(events, observations), max_size=20, unique_by=repr), data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_recomputation_from_nothing_gives_what_was_kept_up_to_date(
    store: Store, told: list[Fact], data: st.DataObject
) -> None:
    marketplace = a_marketplace(store, pages(data, told))
    kept = summaries(store, marketplace)
    with store._engine.begin() as connection:
        for table in SUMMARIES:
            surplus = delete(table).where(table.c.marketplace == marketplace)
            asked = table is tables.listing_prices
            connection.execute(surplus.where(table.c.observation_id != "") if asked else surplus)
    RebuildSummaries(store)(marketplace, lambda _: None)
    assert summaries(store, marketplace) == kept


SUMMARIES = (
    tables.order_lines,
    tables.order_days,
    tables.buyer_days,
    tables.listing_sales,
    tables.fake_allegations,
    tables.baselines,
    tables.listing_prices,
)


def summaries(store: Store, marketplace: str) -> dict[str, list[Any]]:
    with store._engine.connect() as connection:
        return {
            table.name: sorted(connection.execute(select(table).where(table.c.marketplace == marketplace)), key=repr)
            for table in SUMMARIES
        }


def test_what_differs_is_put_right_and_told(store: Store) -> None:
    fake = an_order_event("2", order_id="order-2", text="It is a fake", buyer_id="buyer")
    facts: list[Fact] = [an_order_event("1"), fake, a_price()]
    record(store, HERE, facts)
    record(store, "neighbour", facts)
    kept, beside = summaries(store, HERE), summaries(store, "neighbour")
    lines, days, sales = tables.order_lines, tables.order_days, tables.listing_sales
    with store._engine.begin() as connection:
        connection.execute(delete(lines).where(lines.c.marketplace == HERE, lines.c.order_id == "order-2"))
        connection.execute(update(days).where(days.c.marketplace == HERE).values(complaints=7))
        connection.execute(delete(tables.buyer_days).where(tables.buyer_days.c.marketplace == HERE))
        connection.execute(delete(tables.fake_allegations).where(tables.fake_allegations.c.marketplace == HERE))
        connection.execute(insert(sales).values(marketplace=HERE, listing_id="never-sold", units=1))
        connection.execute(update(tables.baselines).where(tables.baselines.c.marketplace == HERE).values(quotes="[]"))
    counted: list[int] = []
    found = {each.table: each for each in RebuildSummaries(store)(HERE, counted.append)}
    differed = {name: (each.missing, each.wrong, each.surplus) for name, each in found.items() if each.found}
    assert differed == {
        "order_lines": (1, 0, 0),
        "order_days": (0, 2, 0),
        "buyer_days": (1, 0, 0),
        "listing_sales": (0, 0, 1),
        "fake_allegations": (1, 0, 0),
        "baselines": (0, 1, 0),
    }
    assert sum(counted) >= 3
    assert summaries(store, HERE) == kept
    assert summaries(store, "neighbour") == beside
    assert not any(each.found for each in RebuildSummaries(store)(HERE, counted.append))


def test_the_command_tells_by_table_what_it_corrected(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    record(store, HERE, [an_order_event(), a_price()])
    with store._engine.begin() as connection:
        connection.execute(delete(tables.baselines))
    command = ["rebuild-summaries", "--database", sqlite_url, "--marketplace", HERE]
    told = CliRunner().invoke(app, command, catch_exceptions=False, env={"COLUMNS": "100"})
    assert told.exit_code == 0
    rows = [line.strip("│ ").replace("│", " ").split() for line in told.stdout.splitlines() if line.startswith("│")]
    assert ["baselines", "1", "1", "0", "0"] in rows
    assert ["order_days", "2", "0", "0", "0"] in rows
    store.close()
