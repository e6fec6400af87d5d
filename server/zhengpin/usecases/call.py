"""One call of a marketplace, and answering it once however often it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhengpin.domain.quick_init import quickly_made
from zhengpin.errors import DeadlinePassed, RequestIdReused
from zhengpin.storage.requests import RequestReader


def never_expires() -> bool:
    """For calls without a deadline."""
    return False


@quickly_made
@dataclass(frozen=True, slots=True)
class Call:
    """Who asks, for what, and under which idempotency key."""

    marketplace: str
    method: str
    request_id: str = ""
    """Empty for calls that write nothing."""
    payload_digest: str = ""
    """SHA-256 of the request, in hexadecimal."""
    expired: Callable[[], bool] = never_expires
    """Whether the caller's deadline has passed, or the caller is gone."""

    def check_deadline(self, *, is_under_way: bool = False) -> None:
        """Stop before anything, or any more, is written for a caller who waits no longer."""
        if self.expired():
            raise DeadlinePassed(self.method, is_under_way=is_under_way)


def answered(requests: RequestReader, call: Call) -> bytes | None:
    """What was answered to this call before, as it was kept; `None` for a new one.

    Raises `RequestIdReused` if the same id came with another payload.
    """
    if not call.request_id:
        return None
    stored = requests.find(call.method, call.request_id)
    if stored is None:
        return None
    if stored.payload_digest != call.payload_digest:
        raise RequestIdReused(call.request_id)
    return stored.answer


def replayed(requests: RequestReader, call: Call) -> Any | None:
    """What `answered` gives, where it was kept by `sealed`."""
    answer = answered(requests, call)
    return None if answer is None else json.loads(answer)


def sealed(answer: Any) -> bytes:
    """An answer in the form in which it is kept for replays."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
