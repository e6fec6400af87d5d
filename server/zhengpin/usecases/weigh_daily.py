"""Weigh the votes of every marketplace once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from zhengpin.storage.marketplaces import WITH_VOTES
from zhengpin.storage.store import Store

if TYPE_CHECKING:
    from zhengpin.usecases.weigh_votes import WeighVotes

EVERY: Final = timedelta(days=1)


class WeighDaily:
    """Weigh the votes of each marketplace in which a day has passed since that was last done to the end."""

    def __init__(self, store: Store, clock: Callable[[], datetime], open_job: Callable[[], WeighVotes]) -> None:
        """Open the job when there is something to weigh: what it needs takes long to import."""
        self._store = store
        self._clock = clock
        self._open_job = open_job

    def __call__(self) -> Iterator[int]:
        """Weigh part by part; tell after each how much was done."""
        for marketplace in self._store.marketplaces(WITH_VOTES):
            if self._is_due(marketplace):
                yield from (part.done for part in self._open_job()(marketplace))

    def _is_due(self, marketplace: str) -> bool:
        with self._store.read(marketplace) as reader:
            last = reader.weighing.weighed_at()
        return last is None or self._clock() - last >= EVERY
