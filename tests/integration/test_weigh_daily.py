"""When votes are weighed: once a day by the server, and whenever the command is given."""

from __future__ import annotations

import json
from datetime import timedelta

from typer.testing import CliRunner

from builders import NOW
from polls import (
    DAY,
    HERE,
    at,
    cast,
    grown_ups,
    open_polls,
    votes_of,
    weighing,
)
from zhengpin.__main__ import app
from zhengpin.storage import Store
from zhengpin.usecases.weigh_daily import WeighDaily


def test_every_marketplace_is_weighed_once_a_day(store: Store) -> None:
    for marketplace in (HERE, "there", "nowhere"):
        open_polls(store, grown_ups(3), marketplace)
    for marketplace in (HERE, "there"):
        cast(store, votes_of(grown_ups(3)), marketplace=marketplace)

    def done(hours: float) -> int:
        now = NOW + timedelta(hours=hours)
        return sum(WeighDaily(store, at(now), lambda: weighing(store, now))())

    assert done(0) > 0
    assert done(23) == 0
    assert done(24) > 0
    for marketplace, weighed_at in ((HERE, NOW + DAY), ("there", NOW + DAY), ("nowhere", None)):
        with store.read(marketplace) as reader:
            assert reader.weighing.weighed_at() == weighed_at


def test_a_weighing_that_was_stopped_is_due_again(store: Store) -> None:
    open_polls(store, grown_ups(3))
    cast(store, votes_of(grown_ups(3)))
    daily = WeighDaily(store, at(NOW), lambda: weighing(store))
    next(daily())

    assert sum(daily()) > 0
    assert sum(daily()) == 0


def test_the_command_tells_what_it_did(database_url: str) -> None:
    store = Store(database_url)
    open_polls(store, grown_ups(3))
    cast(store, votes_of(grown_ups(3)))
    store.close()
    command = ["weigh-votes", "--marketplace", HERE, "--database", database_url]

    told = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    table = CliRunner().invoke(app, command).stdout

    nothing = dict.fromkeys(
        ("votes_read", "votes_left_out", "voters_trusted", "votes_weighed", "targets_stood", "boards_changed"), 0
    )
    assert told[HERE] == nothing | {"votes_read": 3, "voters_trusted": 3, "votes_weighed": 3, "targets_stood": 1}
    assert "│ votes read     │    3 │" in table
