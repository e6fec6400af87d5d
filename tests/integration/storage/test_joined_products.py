"""Products that have two keys: their prices make one baseline, and what is recorded stays as it was."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from builders import NOW, a_brand, a_listing, yuan
from zhengpin.__main__ import app
from zhengpin.detectors.matching import query_for
from zhengpin.domain.listing import Listing, Offer
from zhengpin.domain.snapshot import Snapshot
from zhengpin.storage import Store, tables
from zhengpin.usecases.match_products import MatchProducts
from zhengpin.usecases.rebuild_summaries import RebuildSummaries
from zhengpin.usecases.record_facts import store_listings

HERE = "here"
GTIN = "4006381333931"
LATER = NOW + timedelta(hours=1)
WITH_NUMBER = [a_listing(each, supplier_id=each, gtin=GTIN, price=50) for each in ("one", "two")]
WITHOUT = [a_listing(each, supplier_id=each, price=60) for each in ("three", "four")]
OTHER = a_listing("five", supplier_id="five", title="Acme 1.5 l kettle K16", model="K16")


@pytest.fixture
def told(store: Store) -> Store:
    """A store of five sellers: two tell the kettle's number, two don't, and one sells another kettle."""
    with store.begin(HERE) as unit:
        store_listings(unit, [*WITH_NUMBER, *WITHOUT, OTHER], NOW)
    return store


def match(store: Store, marketplace: str = HERE) -> tuple[int, int, int]:
    """How many keys were missing, wrong and too many."""
    found = MatchProducts(store)(marketplace, lambda _total: None, lambda _count: None)
    return found.missing, found.wrong, found.surplus


def sellers(store: Store, listing: Listing) -> dict[str, float]:
    """Whose prices a listing is compared with."""
    return {price.seller: price.unit_price for each in snapshot(store, listing).baselines for price in each.prices}


def snapshot(store: Store, listing: Listing) -> Snapshot:
    with store.read(HERE) as reader:
        (read,) = reader.snapshots.read_many([query_for(listing)], LATER)
    return read


def stored(store: Store) -> dict[str, list[object]]:
    """What is recorded of prices, and made of them."""
    with store._engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in (tables.price_observations, tables.baselines, tables.listings)
        }


def test_prices_told_with_a_number_and_without_it_make_one_baseline_once_products_are_matched(told: Store) -> None:
    assert sellers(told, WITHOUT[0]).keys() == {"three", "four"}
    assert match(told) == (2, 0, 0)
    everybody = {"one": 50, "two": 50, "three": 60, "four": 60}
    assert sellers(told, WITHOUT[0]) == everybody
    assert sellers(told, WITH_NUMBER[0]) == everybody
    assert sellers(told, OTHER).keys() == {"five"}


def test_a_joined_baseline_bears_the_key_that_the_listing_itself_has(told: Store) -> None:
    match(told)
    for listing in (WITHOUT[0], WITH_NUMBER[0]):
        (baseline,) = snapshot(told, listing).baselines
        assert baseline.stratum.product_key == query_for(listing).product_key


def test_of_a_seller_with_prices_under_both_keys_the_latest_counts(told: Store) -> None:
    match(told)
    with told.begin(HERE) as unit:
        store_listings(unit, [a_listing("again", supplier_id="three", gtin=GTIN, price=44)], LATER)
    assert sellers(told, WITHOUT[1])["three"] == sellers(told, WITH_NUMBER[1])["three"] == 44


def test_prices_that_come_after_the_match_count_at_once(told: Store) -> None:
    match(told)
    assert "six" not in sellers(told, WITHOUT[0])
    with told.begin(HERE) as unit:
        store_listings(unit, [a_listing("six", supplier_id="six", gtin=GTIN, offer=Offer(yuan(55)))], LATER)
    assert sellers(told, WITHOUT[0])["six"] == 55


def test_to_match_again_changes_nothing_and_what_no_longer_holds_is_parted(told: Store) -> None:
    match(told)
    assert match(told) == (0, 0, 0)
    with told.begin(HERE) as unit:
        unit.listings.delete("one", LATER)
    assert match(told) == (0, 0, 2)
    assert sellers(told, WITHOUT[0]).keys() == {"three", "four"}


def test_what_is_recorded_and_what_a_rebuild_makes_of_it_does_not_depend_on_matches(told: Store) -> None:
    before = stored(told)
    match(told)
    assert stored(told) == before
    assert not any(each.found for each in RebuildSummaries(told)(HERE, lambda _count: None))
    assert sellers(told, WITHOUT[0]).keys() == {"one", "two", "three", "four"}


def test_a_neighbour_s_products_are_neither_read_nor_changed(told: Store) -> None:
    match(told)
    with told.begin("neighbour") as unit:
        store_listings(unit, WITHOUT, NOW)
    assert match(told, "neighbour") == (0, 0, 0)
    with told.read("neighbour") as reader:
        (read,) = reader.snapshots.read_many([query_for(WITHOUT[0])], LATER)
    assert {price.seller for each in read.baselines for price in each.prices} == {"three", "four"}
    assert match(told) == (0, 0, 0)


def test_while_listings_are_read_others_write_and_what_they_tell_counts_the_next_time(told: Store) -> None:
    def tell_more(_count: int) -> None:
        with told.begin("neighbour") as unit:
            unit.brands.upsert_many([a_brand()], NOW)
        with told.begin(HERE) as unit:
            unit.listings.delete("one", LATER)

    found = MatchProducts(told)(HERE, lambda _total: None, tell_more)
    assert (found.missing, found.surplus) == (2, 0)
    assert match(told) == (0, 0, 2)


def test_of_two_that_match_at_once_the_one_that_ends_last_holds(told: Store) -> None:
    ended: list[tuple[int, int, int]] = []

    def match_too(_total: int) -> None:
        ended.append(match(told))

    found = MatchProducts(told)(HERE, match_too, lambda _count: None)
    assert (ended, found.found) == ([(2, 0, 0)], 0)


def test_the_command_tells_what_it_joined(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    with store.begin(HERE) as unit:
        store_listings(unit, WITH_NUMBER, NOW)
    store.close()
    command = ["match-products", "--database", sqlite_url, "--marketplace", HERE]
    first = CliRunner().invoke(app, [*command, "--json"], catch_exceptions=False)
    assert json.loads(first.stdout) == {"marketplace": HERE, "joined": 2, "new": 2, "changed": 0, "parted": 0}
    second = CliRunner().invoke(app, command, catch_exceptions=False)
    assert second.stdout == "here: product keys 2 joined, 0 new, 0 changed, 0 parted.\n"
