"""The desk at which single listings are screened: those that come at the same time are screened as one page.

A page costs little more than its first listing: one snapshot, one commit. And one thread that judges is faster than
many that contend for the interpreter. No thread waits for a page to fill: whoever finds the desk free leads, and those
who come meanwhile are the next page, led by the first of them. The next page begins when the one before is stored and
not when it is only judged: pages that overlap are smaller, and cost more in all than the wait for the disk.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeAlias
from uuid import uuid4

import structlog

from zhengpin.errors import DeadlinePassed, Fault, ZhengpinError
from zhengpin.usecases.call import Call
from zhengpin.usecases.screening import ITEM_METHOD, Screening, ScreeningOutcome

MOST_AT_ONCE = 64
"""Listings in one page."""

log = structlog.get_logger(__name__)


ScreenPage: TypeAlias = Callable[[Call, Sequence[Screening]], Sequence[ScreeningOutcome]]
"""Screens a page of listings of one marketplace; gives each item's outcome."""


class _Visitor:
    """One call at the desk, and what comes of it."""

    __slots__ = ("call", "leads", "outcome", "screening", "turn")

    def __init__(self, call: Call, screening: Screening) -> None:
        self.call = call
        self.screening = screening
        self.outcome: ScreeningOutcome | None = None
        self.leads = False
        self.turn = threading.Lock()
        """Taken until the visitor may lead, or has an outcome."""
        self.turn.acquire()

    def stays(self) -> bool:
        """Whether the caller still waits; for one who doesn't nothing is done."""
        if self.call.expired():
            self.outcome = DeadlinePassed(self.call.method)
        return self.outcome is None


class ScreeningDesk:
    """Screens single listings, together where they come together."""

    def __init__(self, screen_page: ScreenPage) -> None:
        """Take what screens the pages."""
        self._screen_page = screen_page
        self._lock = threading.Lock()
        self._waiting: deque[_Visitor] = deque()
        self._led = False

    def __call__(self, call: Call, screening: Screening) -> ScreeningOutcome:
        """Screen one listing: its verdict, or what was wrong with it."""
        visitor = _Visitor(call, screening)
        with self._lock:
            self._waiting.append(visitor)
            visitor.leads, self._led = not self._led, True
        if not visitor.leads:
            visitor.turn.acquire()
        if visitor.leads:
            self._lead()
        return visitor.outcome or _fault("a visitor left the desk without an outcome")

    def _lead(self) -> None:
        """Screen the page of those who wait; the first of them is the one who leads."""
        page = self._next_page()
        try:
            self._screen(page)
        finally:
            self._hand_over()
            for visitor in page[1:]:
                visitor.turn.release()

    def _next_page(self) -> list[_Visitor]:
        """Those who wait, of one marketplace."""
        with self._lock:
            page = [self._waiting.popleft()]
            marketplace = page[0].call.marketplace
            while self._waiting and len(page) < MOST_AT_ONCE and self._waiting[0].call.marketplace == marketplace:
                page.append(self._waiting.popleft())
        return page

    def _hand_over(self) -> None:
        """Let the first of those who came meanwhile lead the next page."""
        with self._lock:
            self._led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].turn.release()

    def _screen(self, page: Sequence[_Visitor]) -> None:
        """Screen a page; where something in it fails it whole, each alone, so that only the one at fault suffers."""
        call = Call(page[0].call.marketplace, ITEM_METHOD)
        page = [visitor for visitor in page if visitor.stays()]
        try:
            outcomes = self._screen_page(call, [visitor.screening for visitor in page])
            for visitor, outcome in zip(page, outcomes, strict=True):
                visitor.outcome = outcome
        except ZhengpinError as error:
            for visitor in page:
                visitor.outcome = error
        except Exception as error:  # noqa: BLE001  it is logged, or tried again with each of them alone
            if len(page) == 1:
                page[0].outcome = _fault("screening failed", error)
            else:
                for visitor in page:
                    self._screen([visitor])


def _fault(what: str, error: Exception | None = None) -> Fault:
    fault = Fault(uuid4().hex)
    log.error(what, reference=fault.reference, exc_info=error)
    return fault
