"""The supplier service's methods: whom to let in, how good suppliers are, and with whom they belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from zhengpin.v1 import (
    onboarding_pb2,
    ring_pb2,
    supplier_report_pb2,
    supplier_score_pb2,
    supplier_service_pb2,
    supplier_service_pb2_grpc,
)
from zhengpin_client import streams
from zhengpin_client.connection import Connection
from zhengpin_client.errors import ZhengpinError, from_status
from zhengpin_client.paging import Page, all_pages

Application = onboarding_pb2.SupplierApplication | str
"""Who applies with what for what, or the id of a stored supplier, to be checked as it is."""

Band: TypeAlias = supplier_score_pb2.ScoreBand.ValueType


@dataclass(frozen=True, slots=True)
class Scored:
    """How one of many suppliers fared: a score, or the error that it alone was answered with."""

    supplier_id: str
    score: supplier_score_pb2.SupplierScore | None = None
    error: ZhengpinError | None = None


class Suppliers:
    """Suppliers, from their application on."""

    def __init__(self, connection: Connection) -> None:
        """Call over this connection."""
        self._connection = connection
        self._suppliers = supplier_service_pb2_grpc.SupplierServiceStub(connection.channel)

    def check_supplier(self, application: Application) -> onboarding_pb2.OnboardingDecision:
        """Whether to let a supplier in, with every check; nothing is stored, and the supplier need not be."""
        if isinstance(application, str):
            application = onboarding_pb2.SupplierApplication(supplier_id=application)
        request = supplier_service_pb2.CheckSupplierRequest(application=application)
        return self._connection.call("CheckSupplier", self._suppliers.CheckSupplier, request)

    def get_supplier_links(self, supplier_id: str) -> ring_pb2.SupplierLinks:
        """With whom a supplier belongs together, and the ring that it is in. For investigators."""
        request = supplier_service_pb2.GetSupplierLinksRequest(supplier_id=supplier_id)
        return self._connection.call("GetSupplierLinks", self._suppliers.GetSupplierLinks, request)

    def get_supplier_score(self, supplier_id: str, *, with_trend: bool = False) -> supplier_score_pb2.SupplierScore:
        """How good a supplier is, and why; `with_trend` adds what its points were before."""
        request = supplier_service_pb2.GetSupplierScoreRequest(supplier_id=supplier_id, with_trend=with_trend)
        return self._connection.call("GetSupplierScore", self._suppliers.GetSupplierScore, request)

    def get_supplier_report(self, supplier_id: str) -> supplier_report_pb2.SupplierReport:
        """What a supplier is told about itself; it names no buyer, no voter and no other company."""
        request = supplier_service_pb2.GetSupplierReportRequest(supplier_id=supplier_id)
        return self._connection.call("GetSupplierReport", self._suppliers.GetSupplierReport, request)

    def batch_get_supplier_scores(self, supplier_ids: Iterable[str]) -> list[Scored]:
        """The scores of up to 1,000 suppliers in their order, each answered by itself."""
        asked = list(supplier_ids)
        request = supplier_service_pb2.BatchGetSupplierScoresRequest(supplier_ids=asked)
        answer = self._connection.call("BatchGetSupplierScores", self._suppliers.BatchGetSupplierScores, request)
        return [
            Scored(supplier_id, error=from_status(result.error))
            if result.HasField("error")
            else Scored(supplier_id, score=result.score)
            for supplier_id, result in zip(asked, answer.results, strict=True)
        ]

    def list_supplier_scores(
        self, category: str = "", *, bands: Iterable[Band] = (), page_size: int = 0, page_token: str = ""
    ) -> supplier_service_pb2.ListSupplierScoresResponse:
        """One page of suppliers by their score, the best first; `supplier_scores` goes through all pages."""
        request = supplier_service_pb2.ListSupplierScoresRequest(
            category=category, bands=bands, page_size=page_size, page_token=page_token
        )
        return self._connection.call("ListSupplierScores", self._suppliers.ListSupplierScores, request)

    def supplier_scores(
        self, category: str = "", *, bands: Iterable[Band] = (), limit: int | None = None, page_size: int = 200
    ) -> Iterator[supplier_score_pb2.SupplierScore]:
        """Suppliers by their score, the best first, page after page; at most `limit`."""
        wanted = tuple(bands)

        def fetch(size: int, token: str) -> Page[supplier_score_pb2.SupplierScore]:
            page = self.list_supplier_scores(category, bands=wanted, page_size=size, page_token=token)
            return page.scores, page.next_page_token

        return all_pages(fetch, limit, page_size)

    def watch_supplier_scores(
        self, cursor: str = "", *, supplier_ids: Iterable[str] = (), band_changes_only: bool = False
    ) -> Iterator[supplier_service_pb2.WatchSupplierScoresResponse]:
        """Scores as they change, for ever, going on from the last cursor whenever the connection breaks.

        An empty cursor starts now, "0" at the first change. Keep the cursor of each page once its changes are dealt
        with: starting from it later misses nothing.
        """
        wanted = tuple(supplier_ids)

        def watch(since: str) -> Iterator[supplier_service_pb2.WatchSupplierScoresResponse]:
            request = supplier_service_pb2.WatchSupplierScoresRequest(
                cursor=since, supplier_ids=wanted, band_changes_only=band_changes_only
            )
            return iter(self._suppliers.WatchSupplierScores(request, metadata=self._connection.metadata))

        return streams.watch("WatchSupplierScores", watch, cursor, self._connection.failure)
