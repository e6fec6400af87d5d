"""Jobs that somebody starts by hand say when they were sent to the wrong place."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import NOW, a_supplier
from zhengpin.__main__ import app
from zhengpin.errors import InvalidSettings
from zhengpin.storage.store import Store

JOBS = ["weigh-votes", "forecast-prices", "match-products", "rebuild-summaries", "score-suppliers", "link-suppliers"]


@pytest.mark.parametrize("job", JOBS)
def test_a_database_that_is_not_there_is_not_made(job: str, tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    ran = CliRunner().invoke(app, [job, "--marketplace", "here", "--database", f"sqlite:///{missing}"])
    assert isinstance(ran.exception, InvalidSettings)
    assert str(ran.exception) == (
        f"database: sqlite:///{missing} is not there: name that of the server with --database"
    )
    assert not missing.exists()


@pytest.mark.parametrize("job", JOBS)
def test_a_marketplace_that_told_nothing_is_taken_for_a_mistake(job: str, sqlite_url: str) -> None:
    store = Store(sqlite_url)
    store.migrate()
    with store.begin("here") as unit:
        unit.suppliers.upsert_many([a_supplier()], NOW)
    store.close()
    ran = CliRunner().invoke(app, [job, "--marketplace", "heer", "--database", sqlite_url])
    assert isinstance(ran.exception, InvalidSettings)
    assert "nothing is stored of heer" in str(ran.exception)
    assert CliRunner().invoke(app, [job, "--marketplace", "here", "--database", sqlite_url]).exit_code == 0
