"""Puts an installation together: settings in, a service that runs out."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from zhengpin.domain.policy import Policy
from zhengpin.risk.shelf import Shelf
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.service.catalog import CatalogServicer
from zhengpin.service.housekeeping import Housekeeping
from zhengpin.service.screening import ScreeningServicer
from zhengpin.service.server import Room, Server
from zhengpin.settings import Settings
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage.store import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.assess_risk import AssessRisk
from zhengpin.usecases.delete_listing import DeleteListing
from zhengpin.usecases.forget_answers import ForgetAnswers
from zhengpin.usecases.ingest_stream import IngestStream
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.read_listings import ReadListings
from zhengpin.usecases.read_verdicts import ReadVerdicts
from zhengpin.usecases.record_facts import RecordFacts
from zhengpin.usecases.screen_listings import ScreenListings


def utc_now() -> datetime:
    """The clock that everything is given."""
    return datetime.now(UTC)


class Service:
    """One running server: start it, wait, stop it."""

    def __init__(self, settings: Settings, worker: int | None = None) -> None:
        """Load the packs and open the store; raises `InvalidPack` with every problem, or what the store says.

        `worker` is the number of this process where several share a port. They find the store migrated, and the first
        keeps house.
        """
        self._settings = settings
        self._worker = worker
        self.packs = load_packs(settings.packs, CATALOGUE)
        self.rulebook = RuleBook(self.packs)
        self.store = Store(settings.database, pool_size=settings.threads)
        if worker is None:
            self.store.migrate()
        shelf = Shelf(settings.models, settings.shipped_models)
        self._assess = AssessRisk(shelf.load, shelf.current())
        self._stopping = threading.Event()
        self._housekeeping = Housekeeping(ForgetAnswers(self.store, utc_now), self._stopping)
        self._server = self._assemble()

    def _assemble(self) -> Server:
        judge = JudgeListing(self.rulebook, Policy(), utc_now, time_ordered_id, self._assess)
        catalog = CatalogServicer(
            RecordFacts(self.store, utc_now),
            IngestStream(self.store, utc_now),
            ReadListings(self.store),
            DeleteListing(self.store, utc_now),
        )
        screening = ScreeningServicer(
            ScreenListings(self.store, judge, utc_now), ReadVerdicts(self.store), self._stopping
        )
        room = Room(self._settings.calls, self._settings.streams, self._settings.threads)
        return Server(catalog, screening, self._stopping, room, self._worker)

    def start(self) -> int:
        """Listen, and answer the port; the model is ready by then, or known to be away."""
        self._assess.prepare()
        port = self._server.start(self._settings.listen)
        if self._worker in {None, 1}:
            self._housekeeping.start()
        return port

    def stop(self) -> None:
        """Let running calls finish, then close the store."""
        self._server.stop(self._settings.grace_seconds)
        self._housekeeping.join()
        self.store.close()
        self.rulebook.close()

    def __enter__(self) -> Self:
        """Run within a `with` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop at its end."""
        self.stop()
