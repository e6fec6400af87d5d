"""A Zhengpin server that keeps what it is told in memory, judges as it is told to, and fails when it is told to."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any

import grpc
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import code_pb2, error_details_pb2, status_pb2

from zhengpin.v1 import (
    batch_pb2,
    catalog_service_pb2,
    listing_pb2,
    model_pb2,
    model_service_pb2,
    onboarding_pb2,
    reputation_service_pb2,
    ring_pb2,
    screening_service_pb2,
    supplier_report_pb2,
    supplier_score_pb2,
    supplier_service_pb2,
    verdict_pb2,
    vote_pb2,
)

SERVICES = (
    catalog_service_pb2,
    screening_service_pb2,
    model_service_pb2,
    reputation_service_pb2,
    supplier_service_pb2,
)
Judge = Callable[[listing_pb2.Listing], verdict_pb2.Verdict]


class Failure(Exception):
    """Ends a call with a status."""

    def __init__(self, status: status_pb2.Status) -> None:
        super().__init__(status.message)
        self.status = status


def an_allowing_verdict(listing: listing_pb2.Listing) -> verdict_pb2.Verdict:
    return verdict_pb2.Verdict(
        verdict_id=f"verdict-{listing.listing_id}",
        listing_id=listing.listing_id,
        supplier_id=listing.supplier_id,
        decision=verdict_pb2.DECISION_ALLOW,
    )


def a_status(code: int, message: str, *details: Message) -> status_pb2.Status:
    status = status_pb2.Status(code=code, message=message)
    for detail in details:
        status.details.add().Pack(detail)
    return status


def busy(seconds: float) -> status_pb2.Status:
    info = error_details_pb2.RetryInfo()
    info.retry_delay.FromNanoseconds(round(seconds * 1e9))
    return a_status(code_pb2.RESOURCE_EXHAUSTED, "the queue is full", info)


def violations(fields: dict[str, str]) -> status_pb2.Status:
    found = [error_details_pb2.BadRequest.FieldViolation(field=name, description=text) for name, text in fields.items()]
    return a_status(code_pb2.INVALID_ARGUMENT, "invalid", error_details_pb2.BadRequest(field_violations=found))


def not_found(kind: str, name: str) -> status_pb2.Status:
    resource = error_details_pb2.ResourceInfo(resource_type=kind, resource_name=name)
    return a_status(code_pb2.NOT_FOUND, f"{kind} {name!r} is not in this marketplace", resource)


class FakeZhengpin:
    """What the server holds: tests read it, and tell it how to judge and when to fail."""

    def __init__(self, judge: Judge = an_allowing_verdict) -> None:
        self.judge = judge
        self.stored: dict[str, dict[str, Any]] = defaultdict(dict)
        """By the field that holds a record's id, then by that id."""
        self.verdicts: list[verdict_pb2.Verdict] = []
        self.calls: list[tuple[str, str, str]] = []
        """Method, marketplace and request id of each call."""
        self.callers: list[str] = []
        """The connection that each call came over."""
        self.refuse: dict[str, status_pb2.Status] = {}
        """Records that are refused, by their id."""
        self.failures: dict[str, deque[status_pb2.Status]] = defaultdict(deque)
        """What the next calls of a method fail with."""
        self.before: Callable[[str], object] = str
        """Is told of each call before it is carried out."""
        self.streams: dict[str, int] = defaultdict(int)
        """How far each ingestion stream is committed."""
        self.models: dict[str, model_service_pb2.ModelDetails] = {}
        """Learned models by version."""
        self.comparison = model_pb2.ModelComparison()
        """What every comparison finds."""
        self.shipped_model = "2026-02-01-0f8fad5b"
        """What was live before, and is again after a rollback."""
        self.onboarding = onboarding_pb2.OnboardingDecision()
        """What comes of every application."""
        self.links: dict[str, ring_pb2.SupplierLinks] = {}
        """With whom suppliers belong together, by supplier."""
        self.scores: list[supplier_score_pb2.SupplierScore] = []
        """How good suppliers are, the best first."""
        self.reports: list[supplier_report_pb2.SupplierReport] = []
        self.score_changes: list[supplier_service_pb2.ScoreChange] = []
        """Scores as they changed."""
        self.standings: list[vote_pb2.Standing] = []
        """Where targets stand, in the order in which they are listed."""
        self.trusts: dict[str, reputation_service_pb2.VoterTrust] = {}
        """How far votes count, with all of them, by voter."""
        self.windows: list[vote_pb2.VoteWindow] = []
        """Windows that are left out, in the order in which they are listed."""
        self.asked: list[Message] = []
        """What lists of standings and windows were asked for."""
        self.imported: list[bool] = []
        """Of each call that cast votes, whether they came from records."""
        self._lock = Lock()

    def enter(self, method: str, marketplace: str, request: Any) -> None:
        """Note a call or a page of a stream, and end it if it was told to."""
        with self._lock:
            self.calls.append((method, marketplace, getattr(request, "request_id", "")))
            failure = self.failures[method].popleft() if self.failures[method] else None
        self.before(method)
        if failure is not None:
            raise Failure(failure)

    # --- the catalogue ---

    def upsert_suppliers(self, request: catalog_service_pb2.UpsertSuppliersRequest) -> batch_pb2.BatchResponse:
        return self._store("supplier_id", request.suppliers)

    def upsert_listings(self, request: catalog_service_pb2.UpsertListingsRequest) -> batch_pb2.BatchResponse:
        return self._store("listing_id", request.listings)

    def register_brands(self, request: catalog_service_pb2.RegisterBrandsRequest) -> batch_pb2.BatchResponse:
        return self._store("brand_id", request.brands)

    def record_authorisations(
        self, request: catalog_service_pb2.RecordAuthorisationsRequest
    ) -> batch_pb2.BatchResponse:
        return self._store("authorisation_id", request.authorisations)

    def record_prices(self, request: catalog_service_pb2.RecordPricesRequest) -> batch_pb2.BatchResponse:
        return self._store("observation_id", request.prices)

    def record_orders(self, request: catalog_service_pb2.RecordOrdersRequest) -> batch_pb2.BatchResponse:
        return self._store("event_id", request.events)

    def record_outcomes(self, request: catalog_service_pb2.RecordOutcomesRequest) -> batch_pb2.BatchResponse:
        return self._store("outcome_id", request.outcomes)

    def upsert_list_entries(self, request: catalog_service_pb2.UpsertListEntriesRequest) -> batch_pb2.BatchResponse:
        return self._store("entry_id", request.entries)

    def register_images(self, request: catalog_service_pb2.RegisterImagesRequest) -> batch_pb2.BatchResponse:
        return self._store("image_id", request.images)

    def record_supplier_facts(self, request: catalog_service_pb2.RecordSupplierFactsRequest) -> batch_pb2.BatchResponse:
        return self._store("fact_id", request.facts)

    def get_listing(self, request: catalog_service_pb2.GetListingRequest) -> listing_pb2.StoredListing:
        return listing_pb2.StoredListing(listing=self._listing(request.listing_id))

    def delete_listing(self, request: catalog_service_pb2.DeleteListingRequest) -> listing_pb2.StoredListing:
        return listing_pb2.StoredListing(listing=self.stored["listing_id"].pop(request.listing_id))

    def ingest_events(
        self, pages: Iterable[catalog_service_pb2.IngestEventsRequest]
    ) -> catalog_service_pb2.IngestEventsResponse:
        response = catalog_service_pb2.IngestEventsResponse()
        for page in pages:
            response.committed_offset = self.streams[page.stream_id]
            if page.WhichOneof("page") and page.offset > response.committed_offset:
                response.accepted += self._store("listing_id", page.listings.listings).accepted
                self.streams[page.stream_id] = response.committed_offset = page.offset
        return response

    def _store(self, key: str, records: Iterable[Message]) -> batch_pb2.BatchResponse:
        response = batch_pb2.BatchResponse()
        with self._lock:
            for index, record in enumerate(records):
                name = getattr(record, key)
                result = response.results.add(index=index, id=name)
                if name in self.refuse:
                    result.error.CopyFrom(self.refuse[name])
                    continue
                self.stored[key][name] = record
                response.accepted += 1
        return response

    def _listing(self, listing_id: str) -> listing_pb2.Listing:
        if listing_id not in self.stored["listing_id"]:
            raise Failure(not_found("listing", listing_id))
        listing: listing_pb2.Listing = self.stored["listing_id"][listing_id]
        return listing

    # --- screening ---

    def screen_listing(self, request: screening_service_pb2.ScreenListingRequest) -> verdict_pb2.Verdict:
        listing = self._listing(request.listing_id) if request.listing_id else request.listing
        if listing.listing_id in self.refuse:
            raise Failure(self.refuse[listing.listing_id])
        verdict = self.judge(listing)
        if not request.dry_run:
            with self._lock:
                self.stored["listing_id"][listing.listing_id] = listing
                self.verdicts.append(verdict)
        return verdict

    def batch_screen_listings(
        self, request: screening_service_pb2.BatchScreenListingsRequest
    ) -> screening_service_pb2.BatchScreenListingsResponse:
        response = screening_service_pb2.BatchScreenListingsResponse()
        for index, each in enumerate(request.requests):
            try:
                response.results.add(index=index, verdict=self.screen_listing(each))
            except Failure as failure:
                response.results.add(index=index, error=failure.status)
        return response

    def stream_screen_listings(
        self, pages: Iterable[screening_service_pb2.StreamScreenListingsRequest]
    ) -> Iterator[screening_service_pb2.StreamScreenListingsResponse]:
        for each in pages:
            page = self.batch_screen_listings(each.page)
            yield screening_service_pb2.StreamScreenListingsResponse(sequence=each.sequence, page=page)

    def get_verdict(self, request: screening_service_pb2.GetVerdictRequest) -> verdict_pb2.Verdict:
        for verdict in self.verdicts:
            if verdict.verdict_id == request.verdict_id:
                return verdict
        raise Failure(not_found("verdict", request.verdict_id))

    def list_verdicts(
        self, request: screening_service_pb2.ListVerdictsRequest
    ) -> screening_service_pb2.ListVerdictsResponse:
        wanted = set(request.filter.decisions)
        found = [each for each in reversed(self.verdicts) if not wanted or each.decision in wanted]
        page, token = _page(found, request.page_size, request.page_token)
        return screening_service_pb2.ListVerdictsResponse(verdicts=page, next_page_token=token)

    def watch_verdicts(
        self, request: screening_service_pb2.WatchVerdictsRequest
    ) -> Iterator[screening_service_pb2.WatchVerdictsResponse]:
        for place in range(int(request.cursor or 0), len(self.verdicts)):
            verdicts = [self.verdicts[place]]
            yield screening_service_pb2.WatchVerdictsResponse(verdicts=verdicts, cursor=str(place + 1))

    # --- learned models ---

    def list_models(self, _: model_service_pb2.ListModelsRequest) -> model_service_pb2.ListModelsResponse:
        return model_service_pb2.ListModelsResponse(models=[each.model for each in self.models.values()])

    def get_model(self, request: model_service_pb2.GetModelRequest) -> model_service_pb2.ModelDetails:
        if request.version not in self.models:
            raise Failure(not_found("model", request.version))
        return self.models[request.version]

    def train_model(
        self, request: model_service_pb2.TrainModelRequest
    ) -> Iterator[model_service_pb2.TrainModelResponse]:
        progress = model_service_pb2.TrainingProgress(stage="reading", done=1, total=2)
        yield model_service_pb2.TrainModelResponse(progress=progress)
        model = model_pb2.Model(version="2026-03-01-0f8fad5b", trained_by=request.actor, note=request.note)
        self.models[model.version] = model_service_pb2.ModelDetails(model=model)
        trained = model_service_pb2.TrainedModel(model=model, comparison=self.comparison)
        yield model_service_pb2.TrainModelResponse(trained=trained)

    def compare_models(self, _: model_service_pb2.CompareModelsRequest) -> model_pb2.ModelComparison:
        return self.comparison

    def promote_model(self, request: model_service_pb2.PromoteModelRequest) -> model_service_pb2.PromoteModelResponse:
        model = self.get_model(model_service_pb2.GetModelRequest(version=request.version)).model
        model.stage, model.note = request.stage, f"{request.actor}: {request.note} ({request.force})"
        return model_service_pb2.PromoteModelResponse(
            version=model.version, stage=model.stage, replaced=self.shipped_model, comparison=self.comparison
        )

    def rollback_model(self, _: model_service_pb2.RollbackModelRequest) -> model_service_pb2.RollbackModelResponse:
        return model_service_pb2.RollbackModelResponse(live=self.shipped_model, retired="2026-03-01-0f8fad5b")

    # --- suppliers ---

    def check_supplier(self, request: supplier_service_pb2.CheckSupplierRequest) -> onboarding_pb2.OnboardingDecision:
        self.asked.append(request)
        if request.application.supplier_id not in {"", *self.stored["supplier_id"]}:
            raise Failure(not_found("supplier", request.application.supplier_id))
        return self.onboarding

    def get_supplier_links(self, request: supplier_service_pb2.GetSupplierLinksRequest) -> ring_pb2.SupplierLinks:
        found = self.links.get(request.supplier_id)
        if found is None:
            raise Failure(not_found("supplier", request.supplier_id))
        return found

    def get_supplier_score(
        self, request: supplier_service_pb2.GetSupplierScoreRequest
    ) -> supplier_score_pb2.SupplierScore:
        for score in self.scores:
            if score.supplier_id == request.supplier_id:
                answer = supplier_score_pb2.SupplierScore()
                answer.CopyFrom(score)
                if not request.with_trend:
                    del answer.trend[:]
                return answer
        raise Failure(not_found("supplier", request.supplier_id))

    def get_supplier_report(
        self, request: supplier_service_pb2.GetSupplierReportRequest
    ) -> supplier_report_pb2.SupplierReport:
        for report in self.reports:
            if report.supplier_id == request.supplier_id:
                return report
        raise Failure(not_found("supplier", request.supplier_id))

    def batch_get_supplier_scores(
        self, request: supplier_service_pb2.BatchGetSupplierScoresRequest
    ) -> supplier_service_pb2.BatchGetSupplierScoresResponse:
        response = supplier_service_pb2.BatchGetSupplierScoresResponse()
        for index, supplier_id in enumerate(request.supplier_ids):
            one = supplier_service_pb2.GetSupplierScoreRequest(supplier_id=supplier_id)
            try:
                response.results.add(index=index, score=self.get_supplier_score(one))
            except Failure as failure:
                response.results.add(index=index, error=failure.status)
        return response

    def list_supplier_scores(
        self, request: supplier_service_pb2.ListSupplierScoresRequest
    ) -> supplier_service_pb2.ListSupplierScoresResponse:
        self.asked.append(request)
        found = [each for each in self.scores if each.band in request.bands or not request.bands]
        page, token = _page(found, request.page_size, request.page_token)
        return supplier_service_pb2.ListSupplierScoresResponse(scores=page, next_page_token=token)

    def watch_supplier_scores(
        self, request: supplier_service_pb2.WatchSupplierScoresRequest
    ) -> Iterator[supplier_service_pb2.WatchSupplierScoresResponse]:
        self.asked.append(request)
        for place in range(int(request.cursor or 0), len(self.score_changes)):
            changes = [self.score_changes[place]]
            yield supplier_service_pb2.WatchSupplierScoresResponse(changes=changes, cursor=str(place + 1))

    # --- votes ---

    def upsert_voters(self, request: reputation_service_pb2.UpsertVotersRequest) -> batch_pb2.BatchResponse:
        return self._store("voter_id", request.voters)

    def cast_votes(self, request: reputation_service_pb2.CastVotesRequest) -> batch_pb2.BatchResponse:
        self.imported.append(request.imported)
        return self._store("vote_id", request.votes)

    def get_standing(self, request: reputation_service_pb2.GetStandingRequest) -> vote_pb2.Standing:
        for standing in self.standings:
            if standing.target == request.target:
                return standing
        raise Failure(not_found("target", str(getattr(request.target, request.target.WhichOneof("subject") or ""))))

    def list_standings(
        self, request: reputation_service_pb2.ListStandingsRequest
    ) -> reputation_service_pb2.ListStandingsResponse:
        self.asked.append(request)
        found = [each for each in self.standings if request.board in {0, each.board}]
        page, token = _page(found, request.page_size, request.page_token)
        return reputation_service_pb2.ListStandingsResponse(standings=page, next_page_token=token)

    def get_voter_trust(
        self, request: reputation_service_pb2.GetVoterTrustRequest
    ) -> reputation_service_pb2.VoterTrust:
        if request.voter_id not in self.trusts:
            raise Failure(not_found("voter", request.voter_id))
        trust = reputation_service_pb2.VoterTrust()
        trust.CopyFrom(self.trusts[request.voter_id])
        page, trust.next_page_token = _page(list(trust.page), request.page_size, request.page_token)
        del trust.page[:]
        trust.page.extend(page)
        return trust

    def list_excluded_vote_windows(
        self, request: reputation_service_pb2.ListExcludedVoteWindowsRequest
    ) -> reputation_service_pb2.ListExcludedVoteWindowsResponse:
        self.asked.append(request)
        found = [each for each in self.windows if not (request.undecided and each.decision)]
        page, token = _page(found, request.page_size, request.page_token)
        return reputation_service_pb2.ListExcludedVoteWindowsResponse(windows=page, next_page_token=token)

    def decide_vote_window(self, request: reputation_service_pb2.DecideVoteWindowRequest) -> vote_pb2.VoteWindow:
        for window in self.windows:
            if window.window_id == request.window_id:
                window.decision, window.decided_by, window.note = request.decision, request.actor, request.note
                window.decided_at.GetCurrentTime()
                return window
        raise Failure(not_found("vote_window", request.window_id))


def _page(found: list[Any], size: int, token: str) -> tuple[list[Any], str]:
    """One page of a list, and the token of the next."""
    start = int(token or 0)
    end = start + (size or 50)
    return found[start:end], str(end) if end < len(found) else ""


@contextmanager
def serving(fake: FakeZhengpin, address: str = "127.0.0.1:0") -> Iterator[str]:
    """Serve the fake on a free port, and give its address."""
    server = grpc.server(ThreadPoolExecutor(8))
    for file in SERVICES:
        services = file.DESCRIPTOR.services_by_name.values()
        server.add_generic_rpc_handlers(tuple(_handler(fake, each) for each in services))
    port = server.add_insecure_port(address)
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


def _handler(fake: FakeZhengpin, service: ServiceDescriptor) -> grpc.GenericRpcHandler:
    methods = {each.name: _method(fake, each) for each in service.methods if hasattr(fake, _own_name(each))}
    return grpc.method_handlers_generic_handler(service.full_name, methods)


def _own_name(method: MethodDescriptor) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", method.name).lower()


def _method(fake: FakeZhengpin, method: MethodDescriptor) -> grpc.RpcMethodHandler[Any, Any]:
    """Lead a method of the contract to the fake's own, by its name in snake_case."""
    carry_out = getattr(fake, _own_name(method))

    def entered(request: Any, context: grpc.ServicerContext) -> Any:
        marketplace = dict(context.invocation_metadata() or ()).get("zhengpin-marketplace")
        fake.callers.append(context.peer())
        fake.enter(method.name, str(marketplace), request)
        return request

    def behave(request: Any, context: grpc.ServicerContext) -> Any:
        pages = (entered(page, context) for page in request) if method.client_streaming else entered(request, context)
        return carry_out(pages)

    def answer(request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return behave(request, context)
        except Failure as failure:
            _abort(context, failure.status)

    def answer_in_stream(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        try:
            yield from behave(request, context)
        except Failure as failure:
            _abort(context, failure.status)

    make = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[method.client_streaming, method.server_streaming]
    return make(
        answer_in_stream if method.server_streaming else answer,
        request_deserializer=GetMessageClass(method.input_type).FromString,
        response_serializer=GetMessageClass(method.output_type).SerializeToString,
    )


def _abort(context: grpc.ServicerContext, status: status_pb2.Status) -> None:
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(next(each for each in grpc.StatusCode if each.value[0] == status.code), status.message)
