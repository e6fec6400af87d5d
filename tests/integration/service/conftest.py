"""A running server for a module of tests; each test is a marketplace of its own."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest

from callers import Caller
from conftest import ON_POSTGRES
from zhengpin.bootstrap import Service
from zhengpin.settings import Settings


@pytest.fixture(scope="module", params=["sqlite", ON_POSTGRES])
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[int]:
    """A server on a fresh database of each of the two engines."""
    if request.param == "sqlite":
        yield from _serve(f"sqlite:///{tmp_path_factory.mktemp('data') / 'zhengpin.db'}")
        return
    with request.getfixturevalue("postgres").new_database() as url:
        yield from _serve(url)


def _serve(database: str) -> Generator[int]:
    with Service(Settings(database=database, listen="127.0.0.1:0", grace_seconds=1, log_level="error")) as service:
        yield service.start()


@pytest.fixture
def caller(port: int) -> Generator[Caller]:
    """A backend of a marketplace that nobody used before."""
    with Caller(port, f"m-{uuid4().hex[:12]}") as opened:
        yield opened


@pytest.fixture
def neighbour(port: int) -> Generator[Caller]:
    """A backend of another marketplace on the same server."""
    with Caller(port, f"n-{uuid4().hex[:12]}") as opened:
        yield opened


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """An empty folder for rule packs."""
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder
