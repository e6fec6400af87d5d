"""What genuine articles would cost: made of recorded prices in whatever order they came, read with a screening."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from typer.testing import CliRunner

from builders import (
    KETTLE,
    NOW,
    a_brand,
    a_forecast,
    a_list_entry,
    a_listing,
    a_price,
    a_supplier,
    an_authorisation,
    an_outcome,
)
from snapshot_reads import snapshot
from zhengpin.__main__ import app
from zhengpin.detectors.price_survey import PriceSurvey
from zhengpin.domain.genuine_price import (
    REGULAR_SINGLE,
    Basis,
    GenuinePrice,
    PriceSubject,
    brand_subject,
    category_subject,
)
from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.outcome import SubjectKind
from zhengpin.domain.price import PriceChannel, PriceObservation
from zhengpin.domain.price_history import ProductPrices
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.supplier import SupplierState
from zhengpin.storage import Store, tables
from zhengpin.storage.price_forecasts import forecast_from_text, forecast_to_text
from zhengpin.usecases.forecast_prices import Forecasted, ForecastPrices
from zhengpin.usecases.record_facts import store_listings

HERE = "here"
IN_CHINA = ("CN", "CNY", Condition.NEW)
QUERY = SnapshotQuery(a_listing(), KETTLE)

observations = st.builds(
    a_price,
    st.uuids().map(str),
    price=st.integers(1, 9),
    product_key=st.sampled_from([KETTLE, "bms:acme:K16:", "列表", ""]),
    seller=st.sampled_from(["a", "B", "platform:c"]),
    captured_at=st.integers(-24 * 100, 0).map(lambda hours: NOW + timedelta(hours=hours)),
    sale_kind=st.sampled_from([SaleKind.REGULAR, SaleKind.PROMOTION]),
    channel=st.sampled_from(PriceChannel),
    condition=st.sampled_from([Condition.NEW, Condition.USED]),
)


def record(store: Store, prices: Sequence[PriceObservation], marketplace: str = HERE) -> None:
    with store.begin(marketplace) as unit:
        unit.prices.record_many(prices)


def forecast(store: Store, marketplace: str = HERE, later: timedelta = timedelta()) -> Forecasted:
    return ForecastPrices(store, lambda: NOW + later)(marketplace, lambda _step, _count: None)


def rows(store: Store, marketplace: str = HERE) -> dict[PriceSubject, str]:
    table = tables.price_forecasts
    with store._engine.connect() as connection:
        found = connection.execute(select(table).where(table.c.marketplace == marketplace))
        return {
            PriceSubject(row.subject, row.territory, row.currency, Condition(row.condition)): row.body for row in found
        }


def history(store: Store) -> list[ProductPrices]:
    with store.read(HERE) as reader:
        return list(reader.price_history(NOW).products(lambda _: None))


def kettles(*prices: int, **changes: Any) -> list[PriceObservation]:
    """Regular prices of the kettle, one seller each."""
    return [
        a_price(f"price-{uuid4()}", price=price, seller=f"seller-{nth}", **{"product_key": KETTLE, **changes})
        for nth, price in enumerate(prices)
    ]


def expected(store: Store, seller: str = "") -> GenuinePrice:
    found = rows(store)[PriceSubject(KETTLE, *IN_CHINA)]
    price = forecast_from_text(found).ways[REGULAR_SINGLE].for_seller(seller)
    assert price is not None
    return price


@given(told=st.lists(observations, max_size=25), data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_forecasts_are_the_same_in_whatever_order_prices_came_and_what_the_survey_tells(
    store: Store, told: list[PriceObservation], data: st.DataObject
) -> None:
    one, other = str(uuid4()), str(uuid4())
    record(store, told, one)
    for page in pages(data, told):
        record(store, page, other)
        if data.draw(st.booleans()):
            forecast(store, other, timedelta(days=-1))
    forecast(store, one)
    forecast(store, other)
    assert rows(store, one) == rows(store, other)
    with store.read(one) as reader:
        products = list(reader.price_history(NOW).products(lambda _: None))
    assert {each.subject for each in products} == rows(store, one).keys()
    survey = surveyed(products)
    assert rows(store, one) == {each.subject: forecast_to_text(survey.forecast_of(each)) for each in products}


def pages(data: st.DataObject, told: Sequence[PriceObservation]) -> Iterator[list[PriceObservation]]:
    arriving = data.draw(st.permutations(told))
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        yield arriving[:size]
        arriving = arriving[size:]


def surveyed(products: Iterable[ProductPrices]) -> PriceSurvey:
    survey = PriceSurvey(NOW)
    for each in products:
        survey.see_weeks(each)
    for each in products:
        survey.see_level(each)
    return survey


def test_a_screening_reads_the_forecast_of_its_product_or_else_of_its_brand_or_category(store: Store) -> None:
    assert snapshot(store, QUERY).forecast is None
    subjects = (category_subject("kitchen/kettles"), brand_subject("acme", "kitchen/kettles"), KETTLE)
    for price, subject in enumerate(subjects, 1):
        with store.begin(HERE) as unit:
            unit.price_forecasts.put([(PriceSubject(subject, *IN_CHINA), a_forecast(price))])
        assert snapshot(store, QUERY).forecast == forecast_from_text(forecast_to_text(a_forecast(price)))
    nobody_knows = replace(a_listing(), territory="BR")
    assert snapshot(store, SnapshotQuery(nobody_knows, KETTLE)).forecast is None
    nothing_named = replace(a_listing(), brand="", category="")
    assert snapshot(store, SnapshotQuery(nothing_named, "")).forecast is None


def test_a_forecast_that_nothing_supports_any_more_is_taken_away(store: Store) -> None:
    record(store, kettles(90, 100, 110))
    assert forecast(store) == Forecasted(products=1, groups=0, forgotten=0)
    assert expected(store).expected == pytest.approx(100, rel=0.02)
    assert forecast(store, later=timedelta(days=91)) == Forecasted(products=0, groups=0, forgotten=1)
    assert rows(store) == {}


def test_a_marketplace_knows_nothing_of_its_neighbour(store: Store) -> None:
    record(store, kettles(90, 100, 110))
    record(store, kettles(10, 11, 12), "neighbour")
    forecast(store)
    assert rows(store, "neighbour") == {}
    forecast(store, "neighbour")
    assert expected(store).expected > 80
    forecast(store, "neighbour", timedelta(days=91))
    assert expected(store).expected > 80


def test_brands_and_categories_come_from_the_listings(store: Store) -> None:
    listings = [
        a_listing(f"l-{n}", supplier_id=f"seller-{n}", title=f"Acme 1.5 l kettle K{n}", model=f"K{n}", price=n * 10)
        for n in range(11, 17)
    ]
    with store.begin(HERE) as unit:
        store_listings(unit, listings, NOW)
    assert forecast(store).groups == 2
    for subject in (brand_subject("acme", "kitchen/kettles"), category_subject("kitchen/kettles")):
        price = forecast_from_text(rows(store)[PriceSubject(subject, *IN_CHINA)]).ways[REGULAR_SINGLE].price
        assert price is not None
        assert 110 < price.expected < 160
    new = SnapshotQuery(a_listing("new"), "bms:acme:k99:1500ml")
    read = snapshot(store, new).forecast
    assert read is not None
    assert read.ways[REGULAR_SINGLE].for_seller("anybody") is not None
    only = read_price(store, SnapshotQuery(listings[0], "bms:acme:k11:1500ml"))
    assert only.basis is Basis.BRAND


def read_price(store: Store, query: SnapshotQuery) -> GenuinePrice:
    read = snapshot(store, query)
    assert read.forecast is not None
    price = read.forecast.ways[REGULAR_SINGLE].for_seller(read.listing.supplier_id)
    assert price is not None
    return price


def test_who_may_sell_the_brand_is_believed_first(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("seller-0"), a_supplier("seller-1", shops=())], NOW)
        unit.brands.upsert_many([a_brand()], NOW)
        letters = [an_authorisation(f"letter-{n}", licensee_id=f"seller-{n}") for n in (0, 1)]
        unit.authorisations.upsert_many(letters)
        store_listings(unit, [a_listing(price=None)], NOW)
    record(store, kettles(100, 101, 30, 31, 32, 33, 34, listing_id="listing-1"))
    authorised = {told.seller for product in history(store) for told in product.told if told.authorised}
    assert authorised == {"seller-0", "seller-1"}
    forecast(store)
    assert expected(store).expected == pytest.approx(100, rel=0.02)


def test_offers_that_make_no_market_are_left_out(store: Store) -> None:
    sellers = ["gone", "denied", "honest"]
    offers = ["deleted", "fake", "denied-listing", "good"]
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("gone", shops=(), state=SupplierState.TERMINATED)], NOW)
        store_listings(unit, [a_listing(each, price=None, supplier_id="honest") for each in offers], NOW)
        unit.listings.delete("deleted", NOW)
        unit.outcomes.record_many([an_outcome(listing_id="fake")])
        unit.list_entries.upsert_many(
            [
                a_list_entry("1", subject="denied"),
                a_list_entry("2", subject_kind=SubjectKind.LISTING, subject="denied-listing"),
                a_list_entry("3", subject="honest", expires_at=NOW - timedelta(days=1)),
            ]
        )
    prices = [a_price(each, product_key=KETTLE, seller=each, price=9) for each in sellers]
    prices += [a_price(each, product_key=KETTLE, seller=f"of {each}", listing_id=each, price=9) for each in offers]
    prices += [a_price("free", product_key=KETTLE, seller="of free", price=0)]
    prices += [a_price("old", product_key=KETTLE, seller="of old", captured_at=NOW - timedelta(days=91))]
    prices += [a_price("to come", product_key=KETTLE, seller="of later", captured_at=NOW + timedelta(seconds=1))]
    record(store, prices)
    assert {told.seller for product in history(store) for told in product.told} == {"honest", "of good"}


def test_the_command_forecasts_and_tells_how_much(database_url: str) -> None:
    store = Store(database_url)
    record(
        store, [replace(each, captured_at=NOW.now(NOW.tzinfo) - timedelta(days=1)) for each in kettles(90, 100, 110)]
    )
    ran = CliRunner().invoke(app, ["forecast-prices", "--marketplace", HERE, "--database", database_url, "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout) == {HERE: {"products": 1, "groups": 0, "forgotten": 0}}
    assert expected(store, "anybody").observations == 3
    table = CliRunner().invoke(app, ["forecast-prices", "--marketplace", HERE, "--database", database_url])
    assert "brands and categories" in table.stdout
    store.close()
