"""The schema's history: up, down and up again on both engines, and equal to the tables of this version."""

import json
from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from builders import NOW, a_supplier, an_order_event
from conftest import ON_POSTGRES
from zhengpin.domain.order import ComplaintCause, OrderEventKind
from zhengpin.storage import Store
from zhengpin.storage.tables import metadata


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def unmigrated(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """A store over a database without a schema."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'new.db'}")
        yield store
        store.close()
        return
    with request.getfixturevalue("postgres").new_database() as url:
        store = Store(url)
        yield store
        store.close()


def test_migrations_run_up_down_and_up_again(unmigrated: Store) -> None:
    assert unmigrated.current_revision() is None
    unmigrated.migrate()
    assert unmigrated.current_revision() == "0002"
    with unmigrated.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
    unmigrated.downgrade("base")
    assert unmigrated.current_revision() is None
    assert set(inspect(unmigrated._engine).get_table_names()) <= {"alembic_version"}
    unmigrated.migrate()
    with unmigrated.read("here") as reader:
        assert reader.suppliers.find("acme-factory") is None


def test_migrating_twice_changes_nothing(unmigrated: Store) -> None:
    unmigrated.migrate()
    with unmigrated.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
    unmigrated.migrate()
    with unmigrated.read("here") as reader:
        assert reader.suppliers.get("acme-factory") == a_supplier()


def test_the_migrated_schema_is_the_one_of_the_tables(unmigrated: Store) -> None:
    unmigrated.migrate()
    with unmigrated._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            key = found.get_pk_constraint(table.name)["constrained_columns"]
            assert key == table.primary_key.columns.keys()


def test_orders_are_carried_from_one_form_to_the_other_and_back(unmigrated: Store) -> None:
    unmigrated.migrate()
    told = [
        an_order_event("1", happened_at=NOW, quantity=2),
        an_order_event("2", OrderEventKind.SHIPPED, happened_at=NOW - timedelta(microseconds=1)),
        an_order_event("3", OrderEventKind.DELIVERED, happened_at=NOW + timedelta(microseconds=500_000)),
        an_order_event("4", OrderEventKind.RETURNED, cause=ComplaintCause.FAKE),
        an_order_event("5", listing_id="listing-2", quantity=1),
        an_order_event("6", OrderEventKind.COMPLAINT, order_id="order-2", cause=ComplaintCause.NOT_AS_DESCRIBED),
    ]
    with unmigrated.begin("here") as unit:
        unit.orders.record_many(told)
    recorded = rows_of(unmigrated, "order_lines")
    unmigrated.downgrade("0001")
    states = {row["subject"]: json.loads(row["body"]) for row in rows_of(unmigrated, "order_states")}
    assert len(rows_of(unmigrated, "order_states")) == 5
    assert (states["listing-2"]["units"], states["listing-2"]["shipped"]) == (1, False)
    assert datetime.fromisoformat(states["listing-2"]["paid_at"]) == NOW
    unmigrated.migrate()
    assert rows_of(unmigrated, "order_lines") == recorded
    with unmigrated.begin("here") as unit:  # and the next event finds its order
        unit.orders.record_many([an_order_event("7", OrderEventKind.SCANNED)])
        assert unit.orders.summary_of_supplier("acme-factory", NOW, 30).units == 3


def rows_of(store: Store, table: str) -> list[dict[str, Any]]:
    """A table as it lies in the database, in the order of its key."""
    with store._engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def test_tables_without_row_ids_are_made_so(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    store.migrate()
    with store._engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    without = {name for name, sql in made if "WITHOUT ROWID" in sql}
    assert without == {t.name for t in metadata.sorted_tables if t.dialect_options["sqlite"]["with_rowid"] is False}
    store.close()
