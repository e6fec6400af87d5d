"""Watch the learned models of every marketplace: those in shadow as verdicts come, the live ones once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import structlog

from zhengpin.domain.model_stage import THE_SHIPPED_ONE
from zhengpin.errors import InvalidModel, NotFound
from zhengpin.storage.marketplaces import WITH_VERDICTS
from zhengpin.storage.store import Store

Look: TypeAlias = Callable[[str], Iterator[int]]
"""Is given a marketplace, and tells part by part how many verdicts it has looked at."""

log = structlog.get_logger(__name__)


class WatchModels:
    """Do in each marketplace that a model serves what is due."""

    def __init__(self, store: Store, shipped: str, open_looks: Callable[[], Sequence[Look]]) -> None:
        """Open the looks when there is a model to look at: they take seconds to import."""
        self._store = store
        self._shipped = shipped
        self._open_looks = open_looks

    def __call__(self) -> Iterator[int]:
        """Look part by part; a model that can't be loaded is told in the log, and the others are looked at."""
        watched = [each for each in self._store.marketplaces(WITH_VERDICTS) if self._has_model(each)]
        looks = self._open_looks() if watched else ()
        for marketplace in watched:
            for look in looks:
                try:
                    yield from look(marketplace)
                except (InvalidModel, NotFound) as problem:
                    log.warning("model unreadable", marketplace=marketplace, why=str(problem))

    def _has_model(self, marketplace: str) -> bool:
        with self._store.read(marketplace) as reader:
            return bool(self._shipped) or reader.models.serving() != THE_SHIPPED_ONE
