"""What backends sent and what they were answered, kept outside the server so that it outlives it."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from google.protobuf.message import Message

from faults.told_apart import told_apart


class Promise(StrEnum):
    """What the server promises, named for how it is broken."""

    LOST = "acknowledged_lost"
    """What was acknowledged is not there, or not as it was acknowledged."""
    TWICE = "applied_twice"
    """Something is there that was not asked for so often."""
    CHANGED = "answers_changed"
    """One request got two different answers, or one id served two payloads."""
    REFUSED = "wrongly_refused"
    """A good request was refused, or the server went away by itself."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken promise, in words."""

    promise: Promise
    what: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A request, or one page of a stream, as a backend sent it at least once."""

    number: int
    """In the order of first sending."""
    marketplace: str
    method: str
    request: Message

    def __str__(self) -> str:
        """Short enough for a report, and enough to find it again."""
        named = getattr(self.request, "request_id", "") or getattr(self.request, "stream_id", "")
        return f"{self.marketplace} {self.method} {named or 'without a request id'} (request {self.number})"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A request with its first answer. A page's answer is the offset that covered it."""

    sent: Sent
    answer: Message


class Ledger:
    """Every request with its answer; many threads write to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: list[Sent] = []
        self._answers: dict[int, Message] = {}
        self._refused: set[int] = set()
        self._breaches: list[Breach] = []

    def send(self, marketplace: str, method: str, request: Message) -> Sent:
        """Write a request down before it is sent."""
        with self._lock:
            sent = Sent(len(self._sent), marketplace, method, request)
            self._sent.append(sent)
        return sent

    def acknowledge(self, sent: Sent, answer: Message) -> None:
        """Write an answer down; one that differs from an earlier answer to the same request is a breach."""
        with self._lock:
            first = self._answers.setdefault(sent.number, answer)
        if in_bytes(first) != in_bytes(answer):
            before, now = told_apart(first, answer)
            self.report(Promise.CHANGED, f"{sent}: first {before}, then {now}")

    def refuse(self, sent: Sent, why: str) -> None:
        """Note that a good request was refused: it is no longer in doubt."""
        with self._lock:
            self._refused.add(sent.number)
        self.report(Promise.REFUSED, f"{sent}: {why}")

    def report(self, promise: Promise, what: str) -> None:
        """Note a broken promise."""
        with self._lock:
            self._breaches.append(Breach(promise, what))

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """What the backends themselves saw broken."""
        with self._lock:
            return tuple(self._breaches)

    @property
    def in_doubt(self) -> tuple[Sent, ...]:
        """Requests that were sent and neither answered nor refused."""
        with self._lock:
            return tuple(
                sent for sent in self._sent if sent.number not in self._answers and sent.number not in self._refused
            )

    @property
    def answered(self) -> int:
        """How many requests have an answer."""
        with self._lock:
            return len(self._answers)

    def acknowledged(self, without: Collection[int] = ()) -> tuple[Acknowledged, ...]:
        """Requests with their answers in the order of sending, but for those numbers."""
        with self._lock:
            return tuple(
                Acknowledged(self._sent[number], answer)
                for number, answer in sorted(self._answers.items())
                if number not in without
            )


def in_bytes(message: Message) -> bytes:
    """A message in the bytes by which two are compared."""
    return message.SerializeToString(deterministic=True)
