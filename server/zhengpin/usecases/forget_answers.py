"""Forget the answers to requests that nobody may send again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from zhengpin.storage.store import Store

KEPT = timedelta(days=7)
"""How long the same request id gets the same answer (the contract's promise)."""


class ForgetAnswers:
    """Keep the store of answers from growing without end."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self) -> int:
        """Drop what was answered longer ago than `KEPT`, in every marketplace, and tell how many answers that were."""
        before = self._clock() - KEPT
        forgotten = 0
        for marketplace in self._store.marketplaces_with_answers():
            with self._store.begin(marketplace) as unit:
                forgotten += unit.requests.forget_before(before)
        return forgotten
