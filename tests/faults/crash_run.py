"""Kill the server again and again while backends write, and see whether every promise was kept.

One run is one database. Each life of the server begins with an audit of what was acknowledged in the one before, goes
on with what was in doubt, and ends by SIGKILL at a random moment: under load, or on its way up (the first time while it
makes the tables). In the last life all doubts are settled and everything is compared.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from callers import Caller
from faults.applied import PAGE
from faults.audit import audit_ids, audit_whole
from faults.backend import Backend
from faults.goods import Goods
from faults.ledger import Breach, Ledger, Promise, Sent
from faults.mortal_server import MortalServer, NoServer
from faults.replays import check_answers
from faults.server_host import ServerHost
from faults.stored import Records, reading
from faults.streamer import Streamer
from zhengpin.storage import tables

STAFF = {"market-a": (Backend, Backend, Backend, Streamer), "market-b": (Backend, Streamer)}
"""Marketplaces with their backends, which all work at once."""
FIRST_CUT_OFFS = 3
"""Starts that are killed on an empty database, on the way to its tables."""
CUT_OFF_STARTS = 0.15
"""The share of later starts that are killed on their way."""
KILLED_AT_ONCE = 0.2
"""The share of lives whose time runs from the start of the load on, not from its first answer on."""
FIRST_ANSWER_SECONDS = 10
START_SECONDS = 0.3
"""What a start is taken to last until one was seen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to one database."""

    seed: int
    kills: int
    """Under load; those on the way up come on top."""
    load_seconds: float = 0.5
    """The longest life under load; each ends at a moment that is drawn evenly from it, by the wall clock."""
    options: tuple[str, ...] = ()
    """Further arguments of `serve`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    kills: int
    kills_on_the_way_up: int
    acknowledged: int
    in_doubt: int
    """Requests and pages that were under way when the server was killed."""
    in_doubt_committed: int
    """Those of them that the dead server had committed, but not answered."""
    breaches: tuple[Breach, ...]

    def broken(self, promise: Promise) -> int:
        """How often a promise was broken."""
        return sum(breach.promise is promise for breach in self.breaches)


class CrashRun:
    """One database with its backends, and what was found."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._chance = random.Random(plan.seed)  # noqa: S311  no secret
        self._ledger = Ledger()
        self._breaches: list[Breach] = []
        self._checked: set[int] = set()
        self._start_seconds = START_SECONDS
        self._cut_off = self._in_doubt = self._in_doubt_committed = 0
        self._backends = tuple(self._hire())

    def __call__(
        self, host: ServerHost, database: str, folder: Path, killed: Callable[[], object] = lambda: None
    ) -> Outcome:
        """Run it on an empty database, and call `killed` after each kill under load."""
        try:
            with MortalServer(host, database, folder, self._plan.options) as server:
                self._run(server, killed)
        except NoServer as problem:
            self._ledger.report(Promise.REFUSED, str(problem))
        return self._outcome()

    def _run(self, server: MortalServer, killed: Callable[[], object]) -> None:
        for _ in range(FIRST_CUT_OFFS):
            self._cut_off_a_start(server)
        for _ in range(self._plan.kills):
            port = self._come_up(server)
            self._check_what_was_acknowledged(port, server.database)
            self._work_until_killed(port, server)
            killed()
        port = self._come_up(server)
        self._check_what_was_acknowledged(port, server.database)
        self._settle_and_compare(port, server.database)

    def _hire(self) -> Iterator[Backend | Streamer]:
        for marketplace, staff in STAFF.items():
            for number, kind in enumerate(staff):
                name = f"{marketplace}-{number}"
                goods = Goods(name, random.Random(f"{self._plan.seed} {name}"))  # noqa: S311  no secret
                yield kind(marketplace, goods, self._ledger)

    def _come_up(self, server: MortalServer) -> int:
        if self._chance.random() < CUT_OFF_STARTS:
            self._cut_off_a_start(server)
        began = time.monotonic()
        server.start()
        port = server.port()
        self._start_seconds = time.monotonic() - began
        return port

    def _cut_off_a_start(self, server: MortalServer) -> None:
        server.start()
        time.sleep(self._chance.uniform(0, self._start_seconds))
        server.kill()
        self._cut_off += 1

    def _work_until_killed(self, port: int, server: MortalServer) -> None:
        over = threading.Event()
        with ExitStack() as opened, ThreadPoolExecutor(len(self._backends)) as pool:
            callers = [opened.enter_context(Caller(port, each.marketplace)) for each in self._backends]
            works = [pool.submit(each.work, caller, over) for each, caller in zip(self._backends, callers, strict=True)]
            self._wait_for_the_moment(works)
            over.set()
            server.kill()
            for work in works:
                work.result()

    def _wait_for_the_moment(self, works: Collection[Future[None]]) -> None:
        """Let time pass, mostly from the first answer on: until then a slow machine has committed nothing."""
        answered, end = self._ledger.answered, time.monotonic() + FIRST_ANSWER_SECONDS
        if self._chance.random() > KILLED_AT_ONCE:
            while self._ledger.answered == answered and time.monotonic() < end:
                time.sleep(0.002)
        wait(works, timeout=self._chance.uniform(0, self._plan.load_seconds))

    def _check_what_was_acknowledged(self, port: int, database: str) -> None:
        """Look what is there before anything is sent; then ask for the answers again."""
        latest = self._ledger.acknowledged(without=self._checked)
        self._checked.update(each.sent.number for each in latest)
        in_doubt = self._ledger.in_doubt
        self._in_doubt += len(in_doubt)
        with reading(database) as connection:
            for marketplace in STAFF:
                self._breaches += audit_ids(connection, latest, marketplace)
            self._in_doubt_committed += sum(_is_committed(connection, sent) for sent in in_doubt)
        for marketplace in STAFF:
            with Caller(port, marketplace) as caller:
                asked = [each for each in latest if each.sent.marketplace == marketplace]
                check_answers(caller, asked, self._ledger, self._chance)

    def _settle_and_compare(self, port: int, database: str) -> None:
        for backend in self._backends:
            with Caller(port, backend.marketplace) as caller:
                backend.settle(caller)
        for sent in self._ledger.in_doubt:
            self._ledger.refuse(sent, "it was never answered")
        for marketplace in STAFF:
            with reading(database) as connection, Caller(port, marketplace) as caller:
                self._breaches += audit_whole(connection, caller, self._ledger.acknowledged(), marketplace)

    def _outcome(self) -> Outcome:
        return Outcome(
            kills=self._plan.kills,
            kills_on_the_way_up=self._cut_off,
            acknowledged=len(self._ledger.acknowledged()),
            in_doubt=self._in_doubt,
            in_doubt_committed=self._in_doubt_committed,
            breaches=(*self._ledger.breaches, *self._breaches),
        )


def _is_committed(connection: Connection, sent: Sent) -> bool:
    request: Any = sent.request
    records = Records(connection, sent.marketplace)
    if sent.method == PAGE:
        return bool(records.offsets().get(request.stream_id, 0) >= request.offset)
    return (sent.method, request.request_id) in records.ids(tables.requests, "method", "request_id")
