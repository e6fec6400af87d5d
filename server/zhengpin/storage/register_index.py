"""The index of a whole register of brands, which the process keeps and one thread at a time brings up to date.

That of a small register is made by whoever asks first, the others wait. That of a large one is made in the background:
until it is ready, the latest one serves, or none.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from zhengpin.detectors.lookalikes import GrowingIndex
from zhengpin.domain.brand import Brand
from zhengpin.storage import codec, tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

MOST_INDEXED = 30_000
"""Brands. A larger register gets no index."""
MOST_AT_ONCE = 1000
"""Brands that are indexed while the caller waits: 0.1 s."""
_HERE = tables.brands.c.marketplace == HERE
_BODIES = select(tables.brands.c.body).where(_HERE).limit(MOST_INDEXED + 1)
_IDS = select(tables.brands.c.brand_id).where(_HERE).limit(MOST_AT_ONCE + 1)


@dataclass(frozen=True, slots=True)
class Indexed:
    """The register as of a revision, or a later one."""

    revision: int
    index: GrowingIndex | None
    """`None` of a register that is empty or too large, and before the first index is ready."""


class RegisterIndex:
    """The latest index of one marketplace's register. Safe to share between threads."""

    def __init__(self) -> None:
        """Start without an index."""
        self._latest = Indexed(-1, None)
        self._turn = threading.Lock()
        """Held to look whether the index is up to date, and to index a small register."""
        self._indexing = threading.Thread()

    def latest(self, scope: Scope, revision: int) -> Indexed:
        """The index as of the revision, if that can be had at once; else the one that there is meanwhile."""
        if self._is_kept_up(revision):
            return self._latest
        with self._turn:
            latest = self._latest
            if self._is_kept_up(revision):
                return latest
            if len(scope.rows(_IDS)) <= MOST_AT_ONCE:
                self._renew(scope.rows(_BODIES), revision)
                return self._latest
            background = (scope.connection.engine, scope.marketplace, revision)
            self._indexing = threading.Thread(
                target=self._renew_aside, args=background, name="register index", daemon=True
            )
            self._indexing.start()
            return latest

    def _is_kept_up(self, revision: int) -> bool:
        return self._latest.revision >= revision or self._indexing.is_alive()

    def _renew_aside(self, engine: Engine, marketplace: str, revision: int) -> None:
        """Renew from what is committed by now: it may be ahead of the revision, and then is found the same later."""
        with engine.begin() as connection:
            rows = Scope(connection, marketplace).rows(_BODIES)
        self._renew(rows, revision)

    def _renew(self, rows: Sequence[Any], revision: int) -> None:
        if not 0 < len(rows) <= MOST_INDEXED:
            self._latest = Indexed(revision, None)
            return
        brands = frozenset(_known_by_name(codec.BRAND.from_text(row.body)) for row in rows)
        known = self._latest.index
        self._latest = Indexed(revision, known.grown_to(brands) if known else GrowingIndex(brands))


def _known_by_name(brand: Brand) -> Brand:
    """A brand with nothing but its names, so that a change of anything else leaves the index as it is."""
    return Brand(brand.brand_id, brand.name, brand.aliases)
