"""Puts an installation together: settings in, a service that runs out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from zhengpin.domain.policy import Policy
from zhengpin.risk.shelf import Shelf
from zhengpin.rules.pack import load_packs
from zhengpin.rules.rulebook import RuleBook
from zhengpin.service.catalog import CatalogServicer
from zhengpin.service.housekeeping import Housekeeping
from zhengpin.service.models import ModelServicer
from zhengpin.service.reputation import ReputationServicer, ReputationUseCases
from zhengpin.service.screening import ScreeningServicer
from zhengpin.service.server import Room, Server, Servicers
from zhengpin.service.suppliers import SupplierServicer, SupplierUseCases
from zhengpin.settings import Settings
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.storage.store import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.assess_risk import AssessRisk
from zhengpin.usecases.cast_votes import CastVotes
from zhengpin.usecases.check_supplier import CheckSupplier
from zhengpin.usecases.decide_vote_window import DecideVoteWindow
from zhengpin.usecases.delete_listing import DeleteListing
from zhengpin.usecases.forget_answers import ForgetAnswers
from zhengpin.usecases.ingest_stream import IngestStream
from zhengpin.usecases.judge_listing import JudgeListing
from zhengpin.usecases.keep_links import KeepLinks
from zhengpin.usecases.read_links import ReadLinks
from zhengpin.usecases.read_listings import ReadListings
from zhengpin.usecases.read_standings import ReadStandings
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.read_verdicts import ReadVerdicts
from zhengpin.usecases.read_voter import ReadVoter
from zhengpin.usecases.record_facts import RecordFacts
from zhengpin.usecases.renew_profiles import NoteDueProfiles, RenewProfiles
from zhengpin.usecases.report_supplier import ReportSupplier
from zhengpin.usecases.rescreen import Rescreen
from zhengpin.usecases.score_daily import ScoreDaily
from zhengpin.usecases.score_stale import ScoreStale
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.supplier_profiling import PROFILE_SIGNALS, SupplierProfiling
from zhengpin.usecases.upsert_voters import UpsertVoters
from zhengpin.usecases.watch_models import Look, WatchModels
from zhengpin.usecases.weigh_daily import WeighDaily

if TYPE_CHECKING:
    from zhengpin.service.model_calls import ModelCalls
    from zhengpin.usecases.link_suppliers import LinkSuppliers
    from zhengpin.usecases.score_all import ScoreAll
    from zhengpin.usecases.weigh_votes import WeighVotes


COPIES_EVERY_SECONDS = 0.25
"""Between two looks whether the store's log is long: a busy server writes 10 MB in that time."""
RESCREENS_EVERY_SECONDS = 5.0
"""Between two looks whether a product, brand, factory or origin crossed a border, or a supplier changed."""
LINKS_EVERY_SECONDS = 5.0
"""Between two looks whether anything was told that suppliers may share."""
SCORES_EVERY_SECONDS = 5.0
"""Between two looks whether evidence of suppliers came."""
PROFILES_EVERY_SECONDS = 5.0
"""Between two looks whether anything was told of whom a supplier is tied to."""


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
        self._policy = Policy()
        self._shelf = Shelf(settings.models, settings.shipped_models)
        shipped = self._shelf.current()
        self._assess = AssessRisk(self._shelf.load, shipped)
        self._stopping = threading.Event()
        self._judge = JudgeListing(self.rulebook, self._policy, utc_now, time_ordered_id, self._assess)
        watch_models = WatchModels(self.store, shipped, self._open_looks)
        self._profiles = SupplierProfiling(self.rulebook.asks(PROFILE_SIGNALS))
        renew_profiles = RenewProfiles(self.store, self._profiles, utc_now)
        rescreen = Rescreen(self.store, self._judge.page, utc_now)
        self._housekeeping = (
            Housekeeping(ForgetAnswers(self.store, utc_now), self._stopping),
            Housekeeping(self._copy_log, self._stopping, COPIES_EVERY_SECONDS, name="log"),
            Housekeeping(watch_models, self._stopping, name="models"),
            Housekeeping(rescreen, self._stopping, RESCREENS_EVERY_SECONDS, name="rescreening"),
            Housekeeping(WeighDaily(self.store, utc_now, self._open_weighing), self._stopping, name="votes"),
            Housekeeping(KeepLinks(self.store, self._open_linking), self._stopping, LINKS_EVERY_SECONDS, name="links"),
            Housekeeping(ScoreStale(self.store, utc_now), self._stopping, SCORES_EVERY_SECONDS, name="scores"),
            Housekeeping(ScoreDaily(self.store, utc_now, self._open_scoring), self._stopping, name="daily scores"),
            Housekeeping(renew_profiles, self._stopping, PROFILES_EVERY_SECONDS, name="profiles"),
            Housekeeping(NoteDueProfiles(self.store, utc_now), self._stopping, name="daily profiles"),
        )
        self._server = self._assemble()

    def _assemble(self) -> Server:
        catalog = CatalogServicer(
            RecordFacts(self.store, utc_now, self._profiles),
            IngestStream(self.store, utc_now, self._profiles),
            ReadListings(self.store),
            DeleteListing(self.store, utc_now),
        )
        screening = ScreeningServicer(
            ScreenListings(self.store, self._judge.page, utc_now), ReadVerdicts(self.store), self._stopping
        )
        reputation = ReputationServicer(
            ReputationUseCases(
                UpsertVoters(self.store, utc_now),
                CastVotes(self.store, utc_now, time_ordered_id),
                ReadStandings(self.store, utc_now),
                ReadVoter(self.store, utc_now),
                DecideVoteWindow(self.store, utc_now),
            )
        )
        scores = ReadSupplierScores(self.store, utc_now)
        suppliers = SupplierServicer(
            SupplierUseCases(
                CheckSupplier(self.store, utc_now),
                scores,
                ReportSupplier(self.store, scores, utc_now),
                ReadLinks(self.store, utc_now),
            ),
            self._stopping,
        )
        room = Room(self._settings.calls, self._settings.streams, self._settings.threads)
        servicers = Servicers(catalog, screening, reputation, suppliers, ModelServicer(self._open_model_calls))
        return Server(servicers, self._stopping, room, self._worker)

    def _copy_log(self) -> Iterator[int]:
        """Of what was copied nobody wants to hear."""
        self.store.copy_log()
        return iter(())

    def _open_model_calls(self) -> ModelCalls:
        from zhengpin.service.model_calls import ModelCalls, model_use_cases  # noqa: PLC0415  brings scikit-learn

        return ModelCalls(model_use_cases(self.store, self._shelf.registry(), utc_now))

    def _open_weighing(self) -> WeighVotes:
        from zhengpin.usecases.arranged_votes import arranged_votes  # noqa: PLC0415  these bring much of scipy
        from zhengpin.usecases.weigh_votes import WeighVotes  # noqa: PLC0415

        return WeighVotes(self.store, utc_now, time_ordered_id, arranged_votes)

    def _open_scoring(self) -> ScoreAll:
        from zhengpin.usecases.score_all import ScoreAll  # noqa: PLC0415  it brings numpy

        return ScoreAll(self.store, utc_now)

    def _open_linking(self) -> LinkSuppliers:
        from zhengpin.usecases.link_suppliers import LinkSuppliers  # noqa: PLC0415  brings scipy

        return LinkSuppliers(self.store, utc_now, time_ordered_id)

    def _open_looks(self) -> tuple[Look, ...]:
        from zhengpin.usecases.check_models import CheckModels  # noqa: PLC0415  these bring scikit-learn
        from zhengpin.usecases.try_shadow import TryShadow  # noqa: PLC0415

        registry = self._shelf.registry()
        return TryShadow(self.store, registry, self._policy), CheckModels(self.store, registry, utc_now)

    def start(self) -> int:
        """Listen, and answer the port; the model is ready by then, or known to be away."""
        self._assess.prepare()
        port = self._server.start(self._settings.listen)
        if self._worker in {None, 1}:
            for task in self._housekeeping:
                task.start()
        return port

    def stop(self) -> None:
        """Let running calls finish, then close the store."""
        self._server.stop(self._settings.grace_seconds)
        for task in self._housekeeping:
            task.join()
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
