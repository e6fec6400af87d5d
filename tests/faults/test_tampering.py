"""The audit finds what was changed in a database behind the server's back."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from callers import Caller
from faults.audit import audit_ids, audit_whole
from faults.backend import Backend
from faults.goods import Goods
from faults.ledger import Acknowledged, Ledger, Promise
from faults.stored import reading
from faults.streamer import Streamer
from zhengpin.bootstrap import Service
from zhengpin.settings import Settings

MARKETPLACE = "market-a"


@dataclass(frozen=True, slots=True)
class Worked:
    """A marketplace after an ordinary day, with nothing in doubt."""

    acknowledged: tuple[Acknowledged, ...]
    caller: Caller
    database: Path


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    database, ledger = tmp_path_factory.mktemp("worked") / "zhengpin.db", Ledger()
    settings = Settings(database=f"sqlite:///{database}", listen="127.0.0.1:0", grace_seconds=1, log_level="error")
    with Service(settings) as service, Caller(service.start(), MARKETPLACE) as caller:
        backend = Backend(MARKETPLACE, Goods("backend", random.Random(7)), ledger)  # noqa: S311  no secret
        streamer = Streamer(MARKETPLACE, Goods("streamer", random.Random(7)), ledger)  # noqa: S311  no secret
        assert streamer.settle(caller)
        assert all(backend.send_next(caller) for _ in range(60))
        assert all(streamer.send_next(caller) for _ in range(8))
        assert not ledger.breaches
        yield Worked(ledger.acknowledged(), caller, database)


def tampered(worked: Worked, folder: Path, *commands: str) -> str:
    """A copy of the database in which something was changed behind the server's back."""
    copy = folder / "tampered.db"
    with closing(sqlite3.connect(worked.database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        for command in commands:
            assert target.execute(command).rowcount, command
        target.commit()
    return f"sqlite:///{copy}"


def test_an_ordinary_day_has_no_breaches(worked: Worked, tmp_path: Path) -> None:
    with reading(tampered(worked, tmp_path)) as connection:
        assert audit_whole(connection, worked.caller, worked.acknowledged, MARKETPLACE) == ()
        assert audit_ids(connection, worked.acknowledged, MARKETPLACE) == ()


TAMPERINGS = (
    ("request id", Promise.LOST, "DELETE FROM requests WHERE request_id = (SELECT min(request_id) FROM requests)"),
    (
        "request id",
        Promise.TWICE,
        "UPDATE requests SET request_id = 'another' WHERE request_id = (SELECT min(request_id) FROM requests)",
    ),
    ("event id", Promise.LOST, "DELETE FROM order_events WHERE rowid = 1"),
    ("order event", Promise.LOST, "UPDATE order_events SET body = replace(body, 'supplier-', 'another-')"),
    ("observation id", Promise.LOST, "DELETE FROM price_observations WHERE observation_id LIKE 'streamer-price-%'"),
    ("offer", Promise.LOST, "DELETE FROM price_observations WHERE observation_id LIKE 'offer%'"),
    ("quote", Promise.LOST, "UPDATE baselines SET quotes = '[]'"),
    ("own price", Promise.LOST, "UPDATE listing_prices SET price = price / 2 WHERE observation_id = ''"),
    ("earlier price", Promise.LOST, "DELETE FROM listing_prices WHERE observation_id <> ''"),
    ("stream", Promise.LOST, "UPDATE streams SET committed_offset = committed_offset - 1"),
    ("order line", Promise.TWICE, "UPDATE order_lines SET units = units + 1"),
    ("times of an order line", Promise.LOST, "UPDATE order_lines SET paid_at = NULL"),
    ("units sold", Promise.TWICE, "UPDATE listing_sales SET units = 2 * units"),
    ("orders of a day", Promise.TWICE, "UPDATE order_days SET orders = orders + 1"),
    ("orders of a day", Promise.LOST, "UPDATE order_days SET units = units - 1 WHERE units > 0"),
)


@pytest.mark.parametrize(("name", "promise", "command"), TAMPERINGS)
def test_tampering_is_found_under_its_name(
    worked: Worked, tmp_path: Path, name: str, promise: Promise, command: str
) -> None:
    with reading(tampered(worked, tmp_path, command)) as connection:
        breaches = audit_whole(connection, worked.caller, worked.acknowledged, MARKETPLACE)
    assert promise in {each.promise for each in breaches if each.what.startswith(f"{MARKETPLACE}, {name} ")}, breaches
