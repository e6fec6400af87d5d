"""The screening methods: what Zhengpin answers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import grpc

from zhengpin.v1 import listing_pb2, screening_service_pb2, screening_service_pb2_grpc, verdict_pb2
from zhengpin_client import streams
from zhengpin_client.connection import Connection
from zhengpin_client.errors import ZhengpinError, from_status
from zhengpin_client.paging import Page, all_pages
from zhengpin_client.pipeline import in_order, pages


@dataclass(frozen=True, slots=True)
class Screened:
    """How one of many listings fared: a verdict, or the error that it alone was refused with."""

    listing_id: str
    verdict: verdict_pb2.Verdict | None = None
    error: ZhengpinError | None = None


class Screening:
    """Verdicts: made, read, listed and watched."""

    def __init__(self, connection: Connection) -> None:
        """Call over this connection."""
        self._connection = connection
        self._screening = screening_service_pb2_grpc.ScreeningServiceStub(connection.channel)

    def screen_listing(
        self,
        listing: listing_pb2.Listing | str,
        *,
        dry_run: bool = False,
        explain: bool = False,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> verdict_pb2.Verdict:
        """Judge one listing, or the stored one with this id. See the class for what to do when the deadline passes.

        `dry_run` stores nothing; `explain` adds every signal and every rule's outcome; `timeout` is in seconds.
        """
        request = _screening(listing, dry_run=dry_run, explain=explain)
        request.request_id = request_id or str(uuid.uuid4())
        return self._connection.call("ScreenListing", self._screening.ScreenListing, request, timeout)

    def batch_screen_listings(
        self,
        listings: Iterable[listing_pb2.Listing | str],
        *,
        dry_run: bool = False,
        explain: bool = False,
        request_id: str | None = None,
    ) -> screening_service_pb2.BatchScreenListingsResponse:
        """Judge up to 1,000 listings against one state of the store; a bad one never fails its neighbours."""
        return self._screen_page(_screening_page(listings, dry_run=dry_run, explain=explain, request_id=request_id))

    def stream_screen_listings(
        self,
        pages: Iterable[Iterable[listing_pb2.Listing | str]],
        *,
        dry_run: bool = False,
        explain: bool = False,
    ) -> Iterator[screening_service_pb2.StreamScreenListingsResponse]:
        """Judge pages of listings as they come; answers are in the order of the pages."""
        requests = (
            screening_service_pb2.StreamScreenListingsRequest(
                sequence=sequence, page=_screening_page(page, dry_run=dry_run, explain=explain)
            )
            for sequence, page in enumerate(pages, start=1)
        )
        try:
            yield from self._screening.StreamScreenListings(requests, metadata=self._connection.metadata)
        except grpc.RpcError as error:
            raise self._connection.failure(error, "StreamScreenListings") from error

    def get_verdict(self, verdict_id: str, *, explain: bool = False) -> verdict_pb2.Verdict:
        """One verdict; `explain` adds every signal and every rule's outcome."""
        request = screening_service_pb2.GetVerdictRequest(verdict_id=verdict_id, explain=explain)
        return self._connection.call("GetVerdict", self._screening.GetVerdict, request)

    def list_verdicts(
        self,
        filter: screening_service_pb2.VerdictFilter | None = None,  # noqa: A002 - the contract's name
        *,
        page_size: int = 0,
        page_token: str = "",
    ) -> screening_service_pb2.ListVerdictsResponse:
        """One page of verdicts, the newest first; `verdicts` goes through all pages."""
        request = screening_service_pb2.ListVerdictsRequest(filter=filter, page_size=page_size, page_token=page_token)
        return self._connection.call("ListVerdicts", self._screening.ListVerdicts, request)

    def watch_verdicts(
        self,
        cursor: str = "",
        filter: screening_service_pb2.VerdictFilter | None = None,  # noqa: A002 - the contract's name
    ) -> Iterator[screening_service_pb2.WatchVerdictsResponse]:
        """New verdicts as they are made, for ever, going on from the last cursor whenever the connection breaks.

        An empty cursor starts now, "0" at the first verdict. Keep the cursor of each page once its verdicts are dealt
        with: starting from it later misses nothing.
        """

        def watch(since: str) -> Iterator[screening_service_pb2.WatchVerdictsResponse]:
            request = screening_service_pb2.WatchVerdictsRequest(cursor=since, filter=filter)
            return iter(self._screening.WatchVerdicts(request, metadata=self._connection.metadata))

        return streams.watch("WatchVerdicts", watch, cursor, self._connection.failure)

    def verdicts(
        self,
        filter: screening_service_pb2.VerdictFilter | None = None,  # noqa: A002 - the contract's name
        *,
        limit: int | None = None,
        page_size: int = 200,
    ) -> Iterator[verdict_pb2.Verdict]:
        """Verdicts, the newest first, page after page; at most `limit`."""

        def fetch(size: int, token: str) -> Page[verdict_pb2.Verdict]:
            page = self.list_verdicts(filter, page_size=size, page_token=token)
            return page.verdicts, page.next_page_token

        return all_pages(fetch, limit, page_size)

    def screen_many(
        self,
        listings: Iterable[listing_pb2.Listing | str],
        *,
        dry_run: bool = False,
        explain: bool = False,
        page_size: int = 200,
        in_flight: int = 4,
    ) -> Iterator[Screened]:
        """Judge any number of listings, whole ones or stored ids, and yield how each fared, in their order.

        Takes pages of `page_size` with `in_flight` calls at a time and holds no more than these in memory.
        """
        batches = pages(listings, _size_of_subject, page_size)
        requests = (_screening_page(batch, dry_run=dry_run, explain=explain) for batch in batches)
        for request, response in in_order(self._screen_page, requests, in_flight):
            for item, result in zip(request.requests, response.results, strict=True):
                listing_id = item.listing_id or item.listing.listing_id
                if result.HasField("error"):
                    yield Screened(listing_id, error=from_status(result.error))
                else:
                    yield Screened(listing_id, verdict=result.verdict)

    def _screen_page(
        self, request: screening_service_pb2.BatchScreenListingsRequest
    ) -> screening_service_pb2.BatchScreenListingsResponse:
        return self._connection.call("BatchScreenListings", self._screening.BatchScreenListings, request)


def _size_of_subject(listing: listing_pb2.Listing | str) -> int:
    return len(listing) if isinstance(listing, str) else listing.ByteSize()


def _screening(
    listing: listing_pb2.Listing | str, *, dry_run: bool, explain: bool
) -> screening_service_pb2.ScreenListingRequest:
    if isinstance(listing, str):
        return screening_service_pb2.ScreenListingRequest(listing_id=listing, dry_run=dry_run, explain=explain)
    return screening_service_pb2.ScreenListingRequest(listing=listing, dry_run=dry_run, explain=explain)


def _screening_page(
    listings: Iterable[listing_pb2.Listing | str], *, dry_run: bool, explain: bool, request_id: str | None = None
) -> screening_service_pb2.BatchScreenListingsRequest:
    return screening_service_pb2.BatchScreenListingsRequest(
        request_id=request_id or str(uuid.uuid4()),
        requests=[_screening(each, dry_run=dry_run, explain=explain) for each in listings],
    )
