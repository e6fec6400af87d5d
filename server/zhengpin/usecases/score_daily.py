"""Score the suppliers of every marketplace once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from zhengpin.errors import ZhengpinError
from zhengpin.storage.marketplaces import WITH_SCORES
from zhengpin.storage.store import Store

if TYPE_CHECKING:
    from zhengpin.usecases.score_all import ScoreAll

log = structlog.get_logger()


class ScoreDaily:
    """Score the suppliers of each marketplace in which that was not done to the end today (UTC)."""

    def __init__(self, store: Store, clock: Callable[[], datetime], open_job: Callable[[], ScoreAll]) -> None:
        """Open the job when there is anybody to score: what it needs takes long to import."""
        self._store = store
        self._clock = clock
        self._open_job = open_job

    def __call__(self) -> Iterator[int]:
        """Score part by part; tell after each how much was done. A marketplace where that fails keeps none from its."""
        for marketplace in self._store.marketplaces(WITH_SCORES):
            try:
                if self._is_due(marketplace):
                    yield from (part.done for part in self._open_job()(marketplace))
            except ZhengpinError:  # of the store, not of what it holds
                raise
            except Exception:
                log.exception("marketplace not scored", marketplace=marketplace)

    def _is_due(self, marketplace: str) -> bool:
        with self._store.read(marketplace) as reader:
            latest = reader.score_priors.latest()
        today = self._clock().astimezone(UTC).date()
        return latest is None or latest.finished_at is None or latest.table.fitted_on < today
