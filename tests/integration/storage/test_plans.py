"""PostgreSQL looks rows up by their keys even of a marketplace of which it has no statistics yet."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Select

from builders import NOW, a_listing, a_price
from databases import PostgresServer
from zhengpin.domain.listing import Image
from zhengpin.storage.dossiers import _DOSSIERS
from zhengpin.storage.driver import run
from zhengpin.storage.listings import _FILE_USES
from zhengpin.storage.order_sums import days_at
from zhengpin.storage.prepared import prepared
from zhengpin.storage.prices import _OF_MARKETS, OF_STRATA, stratum_of
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader

pytestmark = pytest.mark.needs_postgres

HERE = "here"
MANY, FEW = 600, 4


@pytest.fixture
def fresh_store(postgres: PostgresServer) -> Generator[Store]:
    """A store that nobody has looked at since it was filled."""
    with postgres.new_database() as url:
        store = Store(url)
        store.migrate()
        with store.begin(HERE) as unit:
            unit.prices.record_many([a_price(f"price-{n}", product_key=f"product-{n}") for n in range(MANY)])
            shown = (a_listing(f"listing-{n}", images=(Image("", sha256=f"{n:064x}"),)) for n in range(MANY))
            unit.listings.upsert_many([(each, "") for each in shown], NOW)
        yield store
        store.close()


@pytest.mark.parametrize("statement", [_OF_MARKETS, OF_STRATA], ids=["of markets", "of strata"])
def test_a_few_baselines_are_not_looked_for_among_all(fresh_store: Store, statement: Select[Any]) -> None:
    strata = [stratum_of(a_price(product_key=f"product-{n}")) for n in range(FEW)]
    with fresh_store.read(HERE) as reader:
        assert _rows_read(reader, statement, "baselines", strata=strata) == FEW


def test_the_listings_that_show_a_few_pictures_are_not_looked_for_among_all(fresh_store: Store) -> None:
    with fresh_store.read(HERE) as reader:
        hashes = [(f"{n:064x}",) for n in range(FEW)]
        assert _rows_read(reader, _FILE_USES, "listing_images", hashes=hashes) == 2 * FEW  # the first ones, then all


def test_the_dossiers_of_a_few_listings_are_not_looked_for_among_all(fresh_store: Store) -> None:
    asked = [(str(n), f"listing-{n}", "acme-factory", "", "", "", "", "CN", "CNY", "new") for n in range(FEW)]
    given = {"asked": asked, "alleged_since": NOW, "since": NOW, "as_of": NOW}
    days = {"first_listing_day": NOW.date(), "first_supplier_day": NOW.date(), **days_at(NOW)}
    with fresh_store.read(HERE) as reader:
        assert _rows_read(reader, _DOSSIERS, "listings", **given, **days) == FEW


def _rows_read(reader: Reader, statement: Select[Any], table: str, **given: Any) -> int:
    """How many rows of a table a statement reads, those that it passes over among them."""
    connection = reader._scope.connection
    text = prepared(statement, connection.dialect)._of_any
    asked = f"EXPLAIN (ANALYZE, FORMAT JSON) {text.text}"
    ((plan,),) = run(connection, asked, text.filled({"here": HERE, **given})).fetchone()
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in _nodes(plan["Plan"])
        if node.get("Relation Name") == table
    )


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
