"""Backends that tell everything in one long stream, which goes on after each death of the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

import grpc

from callers import Caller
from faults.applied import PAGE
from faults.backend import COME_BACK_LATER, PAUSE_SECONDS, is_gone
from faults.goods import Goods
from faults.ledger import Ledger, Promise, Sent
from zhengpin.v1 import catalog_service_pb2 as pb

MOST_NEW_PAGES = 3
REPEATED_PAGES = 2
"""Committed pages that are sent once more, as by a client that does not know how far it came."""


class Streamer:
    """One stream: it asks how far it is committed, and goes on a little before that."""

    def __init__(self, marketplace: str, goods: Goods, ledger: Ledger) -> None:
        self.marketplace = marketplace
        self.stream_id = f"{goods.name}-stream"
        self._goods = goods
        self._ledger = ledger
        self._pages: list[Sent] = []
        self._committed = 0

    def work(self, caller: Caller, over: threading.Event) -> None:
        """Send until the server is gone, which `over` says beforehand."""
        alive = self.settle(caller)
        while alive and not over.is_set():
            alive = self.send_next(caller)
        if not alive and not over.wait(1):
            self._ledger.report(Promise.REFUSED, f"{self.stream_id}: the server went away by itself")

    def settle(self, caller: Caller) -> bool:
        """Ask how far the stream is committed, and send what is missing; false if the server is gone."""
        asked = self._call(caller, [pb.IngestEventsRequest(stream_id=self.stream_id, offset=1)])
        if asked is None:
            return False
        self._reach(asked.committed_offset)
        return self._deliver(caller)

    def send_next(self, caller: Caller) -> bool:
        """Send a few new pages in one call; false if the server is gone."""
        for _ in range(self._goods.chance.randint(1, MOST_NEW_PAGES)):
            page = self._new_page(len(self._pages) + 1)
            self._pages.append(self._ledger.send(self.marketplace, PAGE, page))
        return self._deliver(caller)

    def _deliver(self, caller: Caller) -> bool:
        """Send the pages that are not committed, and a few that are."""
        if self._committed == len(self._pages):
            return True
        missing = self._pages[self._committed :]
        again = self._pages[max(0, self._committed - REPEATED_PAGES) : self._committed]
        answer = self._call(caller, [page.request for page in (*again, *missing)])
        if answer is None:
            return False
        items = sum(_items(page.request) for page in missing)
        if answer.accepted > items:
            what = f"{items} items were missing, {answer.accepted} were stored"
            self._ledger.report(Promise.TWICE, f"{self.stream_id}, pages from {self._committed + 1} on: {what}")
        self._reach(answer.committed_offset)
        return True

    def _call(self, caller: Caller, pages: Sequence[Any]) -> pb.IngestEventsResponse | None:
        """The answer to one call; `None` if the server is gone. While it is too busy, only the offset is asked."""
        while True:
            try:
                answer = caller.catalog.IngestEvents(iter(pages), metadata=caller.metadata, timeout=20)
            except grpc.RpcError as error:
                if is_gone(error):
                    return None
                if error.code() not in COME_BACK_LATER:
                    what = f"{self.stream_id}: {error.code().name}: {error.details()}"
                    self._ledger.report(Promise.REFUSED, what)
                time.sleep(PAUSE_SECONDS)
                pages = [pb.IngestEventsRequest(stream_id=self.stream_id, offset=1)]
                continue
            if answer.refused_items:
                self._ledger.report(Promise.REFUSED, f"{self.stream_id}: {answer.refused}")
            return answer

    def _reach(self, committed: int) -> None:
        """Take every page up to this one for acknowledged."""
        if committed < self._committed:
            what = f"committed up to {self._committed} was acknowledged, {committed} is told now"
            self._ledger.report(Promise.LOST, f"{self.stream_id}: {what}")
        if committed > len(self._pages):
            what = f"{len(self._pages)} pages were sent, {committed} are told to be committed"
            self._ledger.report(Promise.TWICE, f"{self.stream_id}: {what}")
        for offset, page in enumerate(self._pages[self._committed : committed], start=self._committed + 1):
            self._ledger.acknowledge(page, pb.IngestEventsResponse(committed_offset=offset))
        self._committed = max(self._committed, min(committed, len(self._pages)))

    def _new_page(self, offset: int) -> pb.IngestEventsRequest:
        goods, count = self._goods, self._goods.chance.randint(1, 8)
        page = pb.IngestEventsRequest(stream_id=self.stream_id, offset=offset)
        match goods.chance.choice(("orders", "orders", "prices", "listings")):
            case "orders":
                page.orders.events.extend(goods.order_events(count))
            case "prices":
                page.prices.prices.extend(goods.price_elsewhere() for _ in range(count))
            case _:
                page.listings.listings.extend(goods.new_listing() for _ in range(count))
        return page


def _items(page: Any) -> int:
    """How many items a page has."""
    told = getattr(page, page.WhichOneof("page"))
    ((_, items),) = told.ListFields()
    return len(items)
