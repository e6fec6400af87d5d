"""The server is killed at random moments under load: what it acknowledged is there, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ON_POSTGRES
from faults.crash_run import CrashRun, Plan
from faults.server_host import ServerHost

SEED = 20260301
KILLS = 20
SHOWN = 5


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on each of the two engines: the first start makes them, and is killed as well."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'zhengpin.db'}"
        return
    with request.getfixturevalue("postgres").new_database() as url:
        yield url


@pytest.mark.parametrize("new_database", ["sqlite", ON_POSTGRES], indirect=True)
def test_kill_9_loses_nothing_and_applies_nothing_twice(new_database: str, tmp_path: Path) -> None:
    with ServerHost() as host:
        outcome = CrashRun(Plan(SEED, KILLS))(host, new_database, tmp_path)
    first = "\n".join(f"{breach.promise}: {breach.what}" for breach in outcome.breaches[:SHOWN])
    assert not outcome.breaches, f"seed {SEED}: {len(outcome.breaches)} breaches, of which the first are\n{first}"
    assert outcome.kills == KILLS
    assert outcome.acknowledged > KILLS
    assert outcome.in_doubt > KILLS
