"""Take a long stream page by page, so that a break loses nothing and repeats nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.storage.store import Store
from zhengpin.usecases.record_facts import FactKind, Problems, record
from zhengpin.usecases.supplier_profiling import SUPPLIER_PROFILING, SupplierProfiling


class IngestStream:
    """Store pages of a stream, each with its offset in one commit."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], profiles: SupplierProfiling = SUPPLIER_PROFILING
    ) -> None:
        """Take what keeps the profiles of suppliers."""
        self._store = store
        self._clock = clock
        self._profiles = profiles

    def committed_offset(self, marketplace: str, stream_id: str) -> int:
        """How far the stream is committed; 0 for a new one."""
        with self._store.read(marketplace) as reader:
            return reader.streams.committed_offset(stream_id)

    def __call__(
        self, marketplace: str, stream_id: str, offset: int, kind: FactKind, items: Sequence[Any]
    ) -> Problems | None:
        """Store one page; `None` if it was committed before. Raises `InvalidInput` if pages before it are missing."""
        with self._store.begin(marketplace, len(items)) as unit:
            committed = unit.streams.committed_offset(stream_id)
            if offset <= committed:
                return None
            if offset > committed + 1:
                raise InvalidInput(
                    FieldViolation(
                        "offset", f"page {offset} came, but {committed + 1} is next: send the pages in order"
                    )
                )
            problems = record(unit, kind, items, self._clock(), self._profiles)
            unit.streams.advance(stream_id, offset, self._clock())
        return problems
