"""Fill a server through its own calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from bench.ingest_workload import Market
from bench.load import MARKETPLACE, open_channel
from zhengpin.v1 import batch_pb2, catalog_service_pb2, catalog_service_pb2_grpc, screening_service_pb2
from zhengpin.v1 import screening_service_pb2_grpc as screening_grpc

BATCH = 500
AT_A_TIME = 2


def fill(port: int, market: Market, listings: int, advance: Callable[[int], object], *, screen: bool) -> None:
    """Store so many new listings in batches, screened if asked to; `advance` hears of each batch. None may be refused.

    `listings` is rounded up to whole batches.
    """
    with open_channel(port) as channel, ThreadPoolExecutor(AT_A_TIME) as senders:
        catalog, screening = (
            catalog_service_pb2_grpc.CatalogServiceStub(channel),
            screening_grpc.ScreeningServiceStub(channel),
        )

        def send(batch: catalog_service_pb2.UpsertListingsRequest) -> None:
            if not screen:
                _all_stored(catalog.UpsertListings(batch, metadata=MARKETPLACE, timeout=300))
                return
            requests = [screening_service_pb2.ScreenListingRequest(listing=each) for each in batch.listings]
            asked = screening_service_pb2.BatchScreenListingsRequest(request_id=batch.request_id, requests=requests)
            _all_screened(screening.BatchScreenListings(asked, metadata=MARKETPLACE, timeout=300))

        waiting: deque[Future[None]] = deque()
        for _ in range(0, listings, BATCH):
            waiting.append(senders.submit(send, market.listings(BATCH)))
            if len(waiting) > AT_A_TIME:
                waiting.popleft().result()
            advance(BATCH)
        for each in waiting:
            each.result()


def _all_stored(answer: batch_pb2.BatchResponse) -> None:
    refused = [result for result in answer.results if result.HasField("error")]
    if refused:
        raise RuntimeError(f"{len(refused)} listings were refused, such as {refused[0]}")


def _all_screened(answer: screening_service_pb2.BatchScreenListingsResponse) -> None:
    refused = [result for result in answer.results if result.HasField("error")]
    if refused:
        raise RuntimeError(f"{len(refused)} listings were not screened, such as {refused[0]}")
