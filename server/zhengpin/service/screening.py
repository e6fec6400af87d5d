"""`ScreeningService`: verdicts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import grpc

from zhengpin.domain.listing import Listing
from zhengpin.domain.verdict import Verdict
from zhengpin.errors import InvalidInput, ZhengpinError
from zhengpin.service.call import call_of, digest_of, marketplace_of
from zhengpin.service.convert.becomes import FACTS
from zhengpin.service.convert.listing import listing_from_proto
from zhengpin.service.convert.verdict import filter_from_proto, verdict_to_proto, write_verdict
from zhengpin.service.made import maker
from zhengpin.service.reading import reader
from zhengpin.service.status import status_of
from zhengpin.service.validation import check
from zhengpin.usecases.call import Call
from zhengpin.usecases.read_verdicts import ReadVerdicts
from zhengpin.usecases.screen_listings import ScreenListings
from zhengpin.usecases.screening import Screening, ScreeningOutcome
from zhengpin.usecases.screening_desk import ScreeningDesk
from zhengpin.v1 import screening_service_pb2 as pb
from zhengpin.v1 import screening_service_pb2_grpc, verdict_pb2

DEFAULT_PAGE = 50
LOOK_AGAIN_SECONDS = 0.5


class ScreeningServicer(screening_service_pb2_grpc.ScreeningServiceServicer):
    """Screening over gRPC."""

    def __init__(self, screen_listings: ScreenListings, read_verdicts: ReadVerdicts, stopping: threading.Event) -> None:
        """Watchers end when `stopping` is set."""
        self._screen_listings = screen_listings
        self._desk = ScreeningDesk(screen_listings)
        self._read_verdicts = read_verdicts
        self._stopping = stopping

    def ScreenListing(self, request: pb.ScreenListingRequest, context: grpc.ServicerContext) -> verdict_pb2.Verdict:
        """Judge one listing."""
        return verdict_to_proto(_verdict_or_raise(self._screen_one(request, context)), explain=request.explain)

    def BatchScreenListings(
        self, request: pb.BatchScreenListingsRequest, context: grpc.ServicerContext
    ) -> pb.BatchScreenListingsResponse:
        """Judge up to 1,000 listings."""
        return self._screen_batch(request, call_of(context, "BatchScreenListings", request))

    def StreamScreenListings(
        self, request_iterator: Iterator[pb.StreamScreenListingsRequest], context: grpc.ServicerContext
    ) -> Iterator[pb.StreamScreenListingsResponse]:
        """Judge pages of listings as they come."""
        for page in request_iterator:
            yield self._screen_page(page, context)

    def GetVerdict(self, request: pb.GetVerdictRequest, context: grpc.ServicerContext) -> verdict_pb2.Verdict:
        """One verdict."""
        verdict = self._read_verdicts.get(marketplace_of(context), request.verdict_id, explain=request.explain)
        return verdict_to_proto(verdict, explain=request.explain)

    def ListVerdicts(self, request: pb.ListVerdictsRequest, context: grpc.ServicerContext) -> pb.ListVerdictsResponse:
        """A page of verdicts, the newest first."""
        page = self._read_verdicts.page(
            marketplace_of(context),
            filter_from_proto(request.filter),
            request.page_size or DEFAULT_PAGE,
            request.page_token,
        )
        answer = pb.ListVerdictsResponse(next_page_token=page.next_page_token)
        for verdict in page.verdicts:
            write_verdict(answer.verdicts.add(), verdict)
        return answer

    def WatchVerdicts(
        self, request: pb.WatchVerdictsRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.WatchVerdictsResponse]:
        """New verdicts as they are made."""
        cursor = int(request.cursor) if request.cursor else None
        wanted = filter_from_proto(request.filter)
        for verdicts, reached in self._read_verdicts.watch(
            marketplace_of(context), cursor, wanted, self._wait(context)
        ):
            answer = pb.WatchVerdictsResponse(cursor=str(reached))
            for verdict in verdicts:
                write_verdict(answer.verdicts.add(), verdict)
            yield answer

    def _wait(self, context: grpc.ServicerContext) -> Callable[[], bool]:
        """Pause between two looks; false once the watcher is gone or the server stops."""
        return lambda: not self._stopping.wait(LOOK_AGAIN_SECONDS) and context.is_active()

    def _screen_one(self, request: pb.ScreenListingRequest, context: grpc.ServicerContext) -> ScreeningOutcome:
        # The request id belongs to the item, so that it is the same id alone and in a batch.
        screening = read_screening(request)
        call = Call(marketplace_of(context), "ScreenListing", expired=lambda: not context.is_active())
        return self._desk(call, screening)

    def _screen_page(
        self, page: pb.StreamScreenListingsRequest, context: grpc.ServicerContext
    ) -> pb.StreamScreenListingsResponse:
        try:
            check(page)
            answer = self._screen_batch(page.page, call_of(context, "BatchScreenListings", page.page))
        except ZhengpinError as problem:
            return pb.StreamScreenListingsResponse(sequence=page.sequence, error=status_of(problem))
        return pb.StreamScreenListingsResponse(sequence=page.sequence, page=answer)

    def _screen_batch(self, request: pb.BatchScreenListingsRequest, call: Call) -> pb.BatchScreenListingsResponse:
        screenings = [read_or_refuse(each) for each in request.requests]
        answer = pb.BatchScreenListingsResponse()
        for place, outcome in enumerate(self._screen_listings(call, screenings)):
            _write_result(answer.results.add(index=place), outcome, explain=screenings[place].explain)
        return answer


def screening_from_proto(request: pb.ScreenListingRequest) -> Screening:
    """What is asked of one screening; raises `InvalidInput` where the listing's times or prices can't be."""
    return _screening(request, _listing_of(request) if request.HasField("listing") else None)


def _screening(message: pb.ScreenListingRequest, listing: Listing | None = None) -> Screening:
    request_id = message.request_id
    return Screening(
        listing=listing,
        listing_id=listing.listing_id if listing else message.listing_id,
        dry_run=message.dry_run,
        explain=message.explain,
        request_id=request_id,
        payload_digest=digest_of(message) if request_id else "",
    )


def _listing_of(request: pb.ScreenListingRequest) -> Listing:
    try:
        return listing_from_proto(request.listing)
    except InvalidInput as problem:
        raise problem.within("listing") from problem


SCREENING = FACTS.and_of(pb.ScreenListingRequest, maker(_screening))

read_screening = reader(pb.ScreenListingRequest, SCREENING, screening_from_proto)
"""Reads what is asked of one screening; raises `InvalidInput` with every violation."""


def read_or_refuse(request: pb.ScreenListingRequest) -> Screening:
    """Read an item of a batch; one that can't be read is to be answered with its refusal, now and in a replay."""
    try:
        return read_screening(request)
    except InvalidInput as refusal:
        return Screening(explain=request.explain, refusal=refusal)


def _verdict_or_raise(outcome: ScreeningOutcome) -> Verdict:
    if isinstance(outcome, Verdict):
        return outcome
    raise outcome


def _write_result(result: pb.ScreeningResult, outcome: ScreeningOutcome, *, explain: bool) -> None:
    if isinstance(outcome, Verdict):
        write_verdict(result.verdict, outcome, explain=explain)
    else:
        result.error.CopyFrom(status_of(outcome))
