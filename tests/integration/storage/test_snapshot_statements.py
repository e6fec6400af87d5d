"""A page of snapshots: each as if it were alone, in a number of statements that does not grow with the page."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

from builders import NOW, a_brand, a_listing, a_price, a_supplier, an_authorisation, an_order_event
from snapshot_reads import HERE, PRODUCT
from vote_builders import a_standing, a_window
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.storage import Store
from zhengpin.storage.standings import ListedStanding
from zhengpin.storage.tables import metadata

ANY_ORDER = "SEARCH order_days USING PRIMARY KEY (marketplace=?)"
"""The step that looks whether a marketplace tells orders at all: the first one that it finds says so."""


def a_market(store: Store, size: int) -> list[SnapshotQuery]:
    """A page of listings with something of everything around them."""
    listings = [
        a_listing(
            f"listing-{number}", supplier_id=f"supplier-{number % 3}", shop_id=f"shop-{number}", price=50 + number
        )
        for number in range(size)
    ]
    with store.begin(HERE) as unit:
        unit.brands.upsert_many([a_brand(gtin_prefixes=("690123",)), a_brand("zeta", name="Zeta")], NOW)
        unit.suppliers.upsert_many([a_supplier(f"supplier-{number}") for number in range(3)], NOW)
        unit.authorisations.upsert_many([an_authorisation(licensee_id="supplier-1", document_sha256="p" * 64)])
        unit.listings.upsert_many([(listing, PRODUCT) for listing in listings], NOW - timedelta(days=9))
        unit.prices.record_many([a_price(f"price-{n}", seller=f"supplier-{n}") for n in range(3)])
        unit.orders.record_many([an_order_event(supplier_id="supplier-1")])
        unit.standings.put_many([ListedStanding(a_standing(Target(TargetKind.PRODUCT, PRODUCT)))])
    return [SnapshotQuery(each, PRODUCT, frozenset({"zeta"}), "06901234567892") for each in listings]


def statements_of(store: Store, queries: list[SnapshotQuery]) -> list[str]:
    """What SQLite is asked for a page, with every parameter filled in."""
    asked: list[str] = []

    with store.read(HERE) as reader:
        driver = reader._scope.connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(asked.append)
        reader.snapshots.read_many(queries, NOW)
        driver.set_trace_callback(None)
    return [statement for statement in asked if statement.startswith(("SELECT", "WITH"))]


def test_a_page_gives_each_listing_what_it_gets_alone(store: Store) -> None:
    queries = a_market(store, 12)
    with store.read(HERE) as reader:
        together = reader.snapshots.read_many(queries, NOW)
        assert together == [reader.snapshots.read_many([query], NOW)[0] for query in queries]
        assert reader.snapshots.read_many([], NOW) == []


def test_a_page_takes_as_many_statements_as_one_listing(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    queries = a_market(store, 12)
    alone, together = Store(sqlite_url), Store(sqlite_url)  # each remembers nothing yet
    assert 10 < len(statements_of(together, queries)) == len(statements_of(alone, queries[:1])) < 25
    assert len(statements_of(together, queries)) == len(statements_of(alone, queries[:1])) <= 6
    for each in (store, alone, together):
        each.close()


def test_no_statement_reads_more_of_a_marketplace_than_it_needs(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    queries = a_market(store, 3)
    statements_of(store, queries)  # what is remembered is read whole, once
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many([a_supplier("supplier-1", state=SupplierState.SUSPENDED)], NOW)
        unit.vote_windows.put_many([a_window()])
    statements = statements_of(store, queries)
    assert len(statements) > 6
    with store._engine.connect() as connection:
        for statement in statements:
            assert "marketplace = 'here'" in statement or "(SELECT 'here'" in statement
            steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
            whole = [step for step in steps if step.endswith("(marketplace=?)")]
            tables = [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables_in(statement)]
            assert (whole, tables) == ([ANY_ORDER] * statement.count("LIMIT 1"), []), statement
    store.close()


def test_whether_offers_were_deleted_is_read_without_opening_a_listing_s_row(sqlite_url: str) -> None:
    with closing(Store(sqlite_url)) as store, closing(Store(sqlite_url)) as forgetful:
        queries = a_market(store, 3)
        with store.begin(HERE) as unit:
            offers = (("other", "listing-1"), ("another", "listing-2"))
            unit.prices.record_many([a_price(f"of {seller}", seller=seller, listing_id=of) for seller, of in offers])
        (asked,) = (each for each in statements_of(forgetful, queries) if "deleted_at IS NOT NULL" in each)
        with store._engine.connect() as connection:
            steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]
    assert any("USING COVERING INDEX ix_listings_deleted" in step for step in steps), steps


def test_who_asks_for_one_thing_asks_by_equality_and_takes_no_array_apart(sqlite_url: str) -> None:
    with closing(Store(sqlite_url)) as store, closing(Store(sqlite_url)) as forgetful:
        queries = a_market(store, 3)
        asked_of_many, asked_of_one = statements_of(store, queries), statements_of(forgetful, queries[:1])
    in_array = "(verdicts.marketplace, verdicts.listing_id) IN (SELECT 'here', value FROM json_each("
    assert [any(in_array in each for each in asked) for asked in (asked_of_many, asked_of_one)] == [True, False]
    assert any("verdicts.marketplace = 'here' AND verdicts.listing_id = 'listing-0'" in each for each in asked_of_one)


def tables_in(statement: str) -> set[str]:
    """The names of all tables, and those that the statement gives them."""
    aliases = re.findall(r"(\w+) AS (\w+)", statement)
    return metadata.tables.keys() | {alias for table, alias in aliases if table in metadata.tables}
