"""How far streams of events are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from zhengpin.storage import tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_STREAMS = tables.streams.c
_OFFSET = select(_STREAMS.committed_offset).where(
    _STREAMS.marketplace == HERE, _STREAMS.stream_id == bindparam("stream_id")
)


@dataclass(frozen=True, slots=True)
class StreamReader:
    """Streams as far as they came."""

    scope: Scope

    def committed_offset(self, stream_id: str) -> int:
        """The page up to which everything is committed; 0 if none is."""
        row = self.scope.row(_OFFSET, stream_id=stream_id)
        return 0 if row is None else int(row.committed_offset)


@dataclass(frozen=True, slots=True)
class Streams(StreamReader):
    """Streams, to be read and moved on."""

    def advance(self, stream_id: str, offset: int, now: datetime) -> None:
        """Note that everything up to this page is committed with this unit of work; never goes back."""
        if offset > self.committed_offset(stream_id):
            row = {"stream_id": stream_id, "committed_offset": offset, "advanced_at": now}
            self.scope.upsert(tables.streams, [row])
