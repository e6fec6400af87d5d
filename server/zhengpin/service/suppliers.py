"""`SupplierService`: whom to let in, how good suppliers are, and with whom they belong together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import grpc

from zhengpin.errors import NotFound
from zhengpin.service.call import marketplace_of
from zhengpin.service.convert.onboarding import application_from_proto, decision_to_proto
from zhengpin.service.convert.ring import links_to_proto
from zhengpin.service.convert.supplier_report import report_to_proto
from zhengpin.service.convert.supplier_score import (
    change_filter_from_proto,
    score_filter_from_proto,
    score_to_proto,
    write_change,
    write_score,
    write_trend,
)
from zhengpin.service.status import status_of
from zhengpin.usecases.check_supplier import CheckSupplier
from zhengpin.usecases.read_links import ReadLinks
from zhengpin.usecases.read_supplier_scores import ReadSupplierScores
from zhengpin.usecases.report_supplier import ReportSupplier
from zhengpin.v1 import onboarding_pb2, ring_pb2, supplier_report_pb2, supplier_score_pb2, supplier_service_pb2_grpc
from zhengpin.v1 import supplier_service_pb2 as pb

DEFAULT_PAGE = 50
LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SupplierUseCases:
    """What can be asked of suppliers."""

    check: CheckSupplier
    scores: ReadSupplierScores
    report: ReportSupplier
    links: ReadLinks


class SupplierServicer(supplier_service_pb2_grpc.SupplierServiceServicer):
    """Suppliers over gRPC."""

    def __init__(self, suppliers: SupplierUseCases, stopping: threading.Event) -> None:
        """Watchers end when `stopping` is set."""
        self._suppliers = suppliers
        self._stopping = stopping

    def CheckSupplier(
        self, request: pb.CheckSupplierRequest, context: grpc.ServicerContext
    ) -> onboarding_pb2.OnboardingDecision:
        """Check who applies."""
        application = application_from_proto(request)
        is_stored = request.application.HasField("supplier_id")
        return decision_to_proto(self._suppliers.check(marketplace_of(context), application, as_stored=is_stored))

    def GetSupplierLinks(
        self, request: pb.GetSupplierLinksRequest, context: grpc.ServicerContext
    ) -> ring_pb2.SupplierLinks:
        """With whom a supplier belongs together."""
        return links_to_proto(self._suppliers.links(marketplace_of(context), request.supplier_id))

    def GetSupplierScore(
        self, request: pb.GetSupplierScoreRequest, context: grpc.ServicerContext
    ) -> supplier_score_pb2.SupplierScore:
        """How good a supplier is."""
        marketplace = marketplace_of(context)
        answer = score_to_proto(self._suppliers.scores.get(marketplace, request.supplier_id))
        if request.with_trend:
            write_trend(answer, self._suppliers.scores.trend(marketplace, request.supplier_id))
        return answer

    def BatchGetSupplierScores(
        self, request: pb.BatchGetSupplierScoresRequest, context: grpc.ServicerContext
    ) -> pb.BatchGetSupplierScoresResponse:
        """How good many suppliers are."""
        asked = list(request.supplier_ids)
        found = self._suppliers.scores.get_many(marketplace_of(context), set(asked))
        answer = pb.BatchGetSupplierScoresResponse()
        for place, supplier_id in enumerate(asked):
            result = answer.results.add(index=place)
            if supplier_id in found:
                write_score(result.score, found[supplier_id])
            else:
                result.error.CopyFrom(status_of(NotFound("supplier", supplier_id)))
        return answer

    def ListSupplierScores(
        self, request: pb.ListSupplierScoresRequest, context: grpc.ServicerContext
    ) -> pb.ListSupplierScoresResponse:
        """A page of the ranking."""
        page = self._suppliers.scores.page(
            marketplace_of(context),
            score_filter_from_proto(request),
            request.page_size or DEFAULT_PAGE,
            request.page_token,
        )
        answer = pb.ListSupplierScoresResponse(next_page_token=page.next_page_token)
        for score in page.scores:
            write_score(answer.scores.add(), score)
        return answer

    def WatchSupplierScores(
        self, request: pb.WatchSupplierScoresRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.WatchSupplierScoresResponse]:
        """Scores as they change."""
        cursor = int(request.cursor) if request.cursor else None
        wanted = change_filter_from_proto(request)
        pages = self._suppliers.scores.watch(marketplace_of(context), cursor, wanted, self._wait(context))
        for changes, reached in pages:
            answer = pb.WatchSupplierScoresResponse(cursor=str(reached))
            for change in changes:
                write_change(answer.changes.add(), change)
            yield answer

    def GetSupplierReport(
        self, request: pb.GetSupplierReportRequest, context: grpc.ServicerContext
    ) -> supplier_report_pb2.SupplierReport:
        """What a supplier is told about itself."""
        return report_to_proto(self._suppliers.report(marketplace_of(context), request.supplier_id))

    def _wait(self, context: grpc.ServicerContext) -> Callable[[], bool]:
        """Pause between two looks; false once the watcher is gone or the server stops."""
        return lambda: not self._stopping.wait(LOOK_AGAIN_SECONDS) and context.is_active()
