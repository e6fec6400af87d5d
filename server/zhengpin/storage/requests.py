"""Answers given to request ids, so that a call sent twice is done once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, literal_column, select, tuple_

from zhengpin.storage import tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_REQUESTS = tables.requests.c
_BY_ID = select(_REQUESTS.payload_digest, _REQUESTS.answer).where(
    _REQUESTS.marketplace == HERE,
    _REQUESTS.method == bindparam("method"),
    _REQUESTS.request_id == bindparam("request_id"),
)
_BY_IDS = select(_REQUESTS.request_id, _REQUESTS.payload_digest, _REQUESTS.answer).where(
    among(tables.requests, "requests", "method", "request_id")
)
FORGOTTEN_AT_ONCE = 1000
"""Answers that one statement drops: nobody else writes meanwhile."""
_OLD = (
    select(_REQUESTS.method, _REQUESTS.request_id)
    .where(_REQUESTS.marketplace == HERE, _REQUESTS.added_at < bindparam("moment", type_=_REQUESTS.added_at.type))
    .order_by(_REQUESTS.added_at)
    .limit(literal_column(str(FORGOTTEN_AT_ONCE)))
)
_FORGET = delete(tables.requests).where(
    _REQUESTS.marketplace == HERE, tuple_(_REQUESTS.method, _REQUESTS.request_id).in_(_OLD)
)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What a request was answered, and which payload it had."""

    payload_digest: str
    answer: bytes


@dataclass(frozen=True, slots=True)
class RequestReader:
    """Requests as they were answered."""

    scope: Scope

    def find(self, method: str, request_id: str) -> StoredAnswer | None:
        """What the request was answered, if it was."""
        row = self.scope.row(_BY_ID, method=method, request_id=request_id)
        return None if row is None else StoredAnswer(row.payload_digest, row.answer)

    def find_many(self, method: str, request_ids: Collection[str]) -> dict[str, StoredAnswer]:
        """What requests were answered, by id; those that were not are left out."""
        if not request_ids:
            return {}
        rows = self.scope.rows(_BY_IDS, requests=[(method, each) for each in request_ids])
        return {row.request_id: StoredAnswer(row.payload_digest, row.answer) for row in rows}


@dataclass(frozen=True, slots=True)
class Requests(RequestReader):
    """Requests, to be read and added to.

    A unit of work looks a request up before it keeps its answer. Nobody else writes meanwhile, so what it does not find
    stays new until it is committed.
    """

    def add(self, method: str, request_id: str, payload_digest: str, answer: bytes, now: datetime) -> None:
        """Keep the answer to a request that is known to be new in this unit of work."""
        self.add_many(method, [(request_id, StoredAnswer(payload_digest, answer))], now)

    def add_many(self, method: str, answers: Sequence[tuple[str, StoredAnswer]], now: datetime) -> None:
        """`add` for many requests of one method."""
        if not answers:
            return
        self.scope.insert(
            tables.requests,
            (
                {
                    "method": method,
                    "request_id": request_id,
                    "payload_digest": stored.payload_digest,
                    "answer": stored.answer,
                    "added_at": now,
                }
                for request_id, stored in answers
            ),
        )

    def replace(self, method: str, request_id: str, payload_digest: str, answer: bytes, now: datetime) -> None:
        """Keep this answer to a request instead of the one before; it is as old as a new one."""
        row = {
            "method": method,
            "request_id": request_id,
            "payload_digest": payload_digest,
            "answer": answer,
            "added_at": now,
        }
        self.scope.upsert(tables.requests, [row])

    def forget_before(self, moment: datetime) -> int:
        """Drop the oldest answers given before the moment, at most `FORGOTTEN_AT_ONCE`, and tell how many those are."""
        return self.scope.change(_FORGET, moment=moment)
