"""The schema's history: up, down and up again on both engines, and equal to the tables of this version."""

from collections.abc import Generator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from builders import NOW, a_supplier
from conftest import ON_POSTGRES
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


def test_tables_without_row_ids_are_made_so(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    store.migrate()
    with store._engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    without = {name for name, sql in made if "WITHOUT ROWID" in sql}
    assert without == {t.name for t in metadata.sorted_tables if t.dialect_options["sqlite"]["with_rowid"] is False}
    store.close()
