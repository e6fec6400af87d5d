"""Backends of a marketplace: one request after the other, each sent until it is answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import grpc
from grpc_status import rpc_status

from callers import Caller
from faults.applied import DELETE, SCREEN, SCREEN_BATCH
from faults.goods import Goods
from faults.ledger import Ledger, Promise, Sent
from zhengpin.v1 import catalog_service_pb2 as catalog
from zhengpin.v1 import screening_service_pb2 as screening

MOST_TRIES = 200
PAUSE_SECONDS = 0.02
SENT_TWICE_AT_ONCE = 0.1
"""The share of requests that an impatient backend sends a second time before the first answer."""
COME_BACK_LATER = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED}
LARGE = 60
"""Items of a batch that is large enough to be cut off in its middle."""


class Fate(IntEnum):
    """What became of a request, the best last."""

    PUT_OFF = 0
    GONE = 1
    SETTLED = 2


class Backend:
    """A client that gives no request up: what was in doubt when the server died is sent first to the next one."""

    def __init__(self, marketplace: str, goods: Goods, ledger: Ledger) -> None:
        self.marketplace = marketplace
        self._goods = goods
        self._ledger = ledger
        self._doubt: Sent | None = None

    def work(self, caller: Caller, over: threading.Event) -> None:
        """Send until the server is gone, which `over` says beforehand."""
        while not over.is_set():
            if not self.send_next(caller):
                if not over.wait(1):
                    self._ledger.report(Promise.REFUSED, f"{self._doubt}: the server went away by itself")
                return

    def send_next(self, caller: Caller) -> bool:
        """Send what is in doubt, or else something new, until it is answered; false if the server is gone."""
        if self._doubt is None:
            method, request = self._next_request()
            self._doubt = self._ledger.send(self.marketplace, method, request)
        return self.settle(caller)

    def settle(self, caller: Caller) -> bool:
        """Send what is in doubt until it is answered; false if the server is gone."""
        if self._doubt is None:
            return True
        copies = 2 if self._goods.chance.random() < SENT_TWICE_AT_ONCE else 1
        for _ in range(MOST_TRIES):
            fate = self._try(caller, self._doubt, copies)
            if fate is Fate.GONE:
                return False
            if fate is Fate.SETTLED:
                self._doubt = None
                return True
            time.sleep(PAUSE_SECONDS)
        self._ledger.refuse(self._doubt, f"{MOST_TRIES} times the server was too busy")
        self._doubt = None
        return True

    def _try(self, caller: Caller, sent: Sent, copies: int) -> Fate:
        """Send it as often as that at once, and tell the best of what became of it."""
        stub = getattr(caller.catalog, sent.method, None) or getattr(caller.screening, sent.method)
        calls = [stub.future(sent.request, metadata=caller.metadata, timeout=20) for _ in range(copies)]
        return max(self._fate(sent, call) for call in calls)

    def _fate(self, sent: Sent, call: Any) -> Fate:
        try:
            self._ledger.acknowledge(sent, call.result())
        except grpc.RpcError as error:
            if is_gone(error):
                return Fate.GONE
            if error.code() in COME_BACK_LATER:
                return Fate.PUT_OFF
            self._ledger.refuse(sent, f"{error.code().name}: {error.details()}")
        return Fate.SETTLED

    def _next_request(self) -> tuple[str, Any]:
        makers, weights = zip(*_MAKERS, strict=True)
        (make,) = self._goods.chance.choices(makers, weights)
        return make(self._goods)  # type: ignore[no-any-return]


def is_gone(error: grpc.RpcError) -> bool:
    """Whether a call ended without a word of the server: all its refusals come with a status of their own."""
    return rpc_status.from_call(error) is None


def _screen(goods: Goods) -> tuple[str, Any]:
    return SCREEN, _screening(goods, request_id=goods.request_id(), explain=goods.chance.random() < 0.2)


def _screening(goods: Goods, **options: Any) -> screening.ScreenListingRequest:
    """A new listing, a known one at another price, or a known one by its id."""
    known = goods.known_listing()
    drawn = goods.chance.random()
    if known is not None and drawn < 0.15:
        return screening.ScreenListingRequest(listing_id=known.listing_id, **options)
    listing = goods.repriced_listing() if drawn < 0.3 else goods.new_listing()
    return screening.ScreenListingRequest(listing=listing, **options)


def _screen_batch(goods: Goods) -> tuple[str, Any]:
    items = [
        screening.ScreenListingRequest(
            listing=goods.new_listing(), request_id=goods.request_id() if goods.chance.random() < 0.5 else ""
        )
        for _ in range(_size(goods))
    ]
    if goods.chance.random() < 0.3:
        items.append(screening.ScreenListingRequest(listing_id=f"{goods.name}-unknown"))
    return SCREEN_BATCH, screening.BatchScreenListingsRequest(request_id=goods.request_id(), requests=items)


def _upsert(goods: Goods) -> tuple[str, Any]:
    known = goods.repriced_listing() if goods.chance.random() < 0.5 else goods.returned_listing()
    listings = [known, *(goods.new_listing() for _ in range(_size(goods)))]
    return "UpsertListings", catalog.UpsertListingsRequest(request_id=goods.request_id(), listings=listings)


def _record_prices(goods: Goods) -> tuple[str, Any]:
    prices = [goods.price() for _ in range(_size(goods))]
    if goods.chance.random() < 0.3:
        refused = goods.price()
        refused.listing_id = f"{goods.name}-unknown"
        prices.append(refused)
    return "RecordPrices", catalog.RecordPricesRequest(request_id=goods.request_id(), prices=prices)


def _record_orders(goods: Goods) -> tuple[str, Any]:
    events = goods.order_events(_size(goods))
    return "RecordOrders", catalog.RecordOrdersRequest(request_id=goods.request_id(), events=events)


def _delete(goods: Goods) -> tuple[str, Any]:
    known = goods.known_listing()
    if known is None:
        return _screen(goods)
    goods.delete(known.listing_id)
    return DELETE, catalog.DeleteListingRequest(request_id=goods.request_id(), listing_id=known.listing_id)


def _size(goods: Goods) -> int:
    """Mostly small, so that there are many commits."""
    return LARGE if goods.chance.random() < 0.04 else goods.chance.randint(1, 6)


_MAKERS: tuple[tuple[Callable[[Goods], tuple[str, Any]], int], ...] = (
    (_screen, 40),
    (_record_orders, 20),
    (_record_prices, 12),
    (_screen_batch, 12),
    (_upsert, 10),
    (_delete, 6),
)
"""How often each kind of request is sent."""
