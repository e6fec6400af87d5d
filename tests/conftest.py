"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from databases import PostgresServer, postgres_server
from zhengpin.storage import Store

# Tests share the cores already: threads of one that learns would only wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Servers of tests have no learned model unless they ask for one: to import what it needs takes each of them seconds.
os.environ["ZHENGPIN_SHIPPED_MODELS"] = os.devnull

# What thousands of tests loaded is there to stay: to look through it for garbage again and again is a tenth of a run.
gc.set_threshold(20_000, 20, 20)

# A busy machine is slow now and then: how long one example takes says nothing of whether it is right.
settings.register_profile("zhengpin", deadline=None, max_examples=25)
settings.load_profile("zhengpin")

ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.needs_postgres)


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresServer]:
    """A PostgreSQL server for the whole run."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """An empty PostgreSQL database with the schema of this version."""
    return postgres.emptied_database()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database with the schema of this version."""
    url = f"sqlite:///{tmp_path / 'zhengpin.db'}"
    store = Store(url)
    store.migrate()
    store.close()
    return url


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with the schema of this version, on each of the two engines."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Generator[Store]:
    """An open store on each of the two engines."""
    opened = Store(database_url)
    yield opened
    opened.close()
