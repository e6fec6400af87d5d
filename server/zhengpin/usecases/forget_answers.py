"""Forget the answers to requests that nobody may send again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from zhengpin.storage.marketplaces import WITH_ANSWERS
from zhengpin.storage.requests import FORGOTTEN_AT_ONCE
from zhengpin.storage.store import Store

KEPT = timedelta(days=7)
"""How long the same request id gets the same answer (the contract's promise)."""


class ForgetAnswers:
    """Keep the store of answers from growing without end."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> Iterator[int]:
        """Drop what was answered longer ago than `KEPT`, in every marketplace; tell page by page how many it were.

        Each page is a unit of work of its own, so that others write in between, and whoever asks may stop after any.
        """
        before = self._clock() - KEPT
        for marketplace in self._store.marketplaces(WITH_ANSWERS):
            forgotten = FORGOTTEN_AT_ONCE
            while forgotten == FORGOTTEN_AT_ONCE:
                with self._store.begin(marketplace, FORGOTTEN_AT_ONCE) as unit:
                    forgotten = unit.requests.forget_before(before)
                yield forgotten
