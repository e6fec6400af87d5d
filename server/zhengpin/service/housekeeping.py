"""What the server does by itself from time to time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import structlog

from zhengpin.errors import ZhengpinError

EVERY_SECONDS = 3600.0
PAUSE_SECONDS = 0.1
"""Between two parts of a round: other processes that wait to write to SQLite look no less often than this."""

log = structlog.get_logger(__name__)


class Housekeeping:
    """A thread that does one thing again and again until the server stops."""

    def __init__(
        self,
        task: Callable[[], Iterator[int]],
        stopping: threading.Event,
        every_seconds: float = EVERY_SECONDS,
        name: str = "housekeeping",
    ) -> None:
        """Let a round of the task do its work part by part, and tell after each how much was done."""
        self._name = name
        self._task = task
        self._stopping = stopping
        self._every_seconds = every_seconds
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin with the first round at once."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the part of a round that is under way, once the server is stopping."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._tell(self._round())
            except ZhengpinError as problem:  # a busy store: the next round will do it
                log.warning("housekeeping put off", task=self._name, why=str(problem))
            except Exception:  # one bad round must not be the last
                log.exception("housekeeping failed", task=self._name)
            if self._stopping.wait(self._every_seconds):
                return

    def _tell(self, done: int) -> None:
        """Log a round; of one that comes every few seconds only if it did anything."""
        tell = log.info if done or self._every_seconds >= EVERY_SECONDS else log.debug
        tell("housekeeping", task=self._name, done=done)

    def _round(self) -> int:
        """Do a round, as far as it goes until the server stops; tell how much was done."""
        done = 0
        for part in self._task():
            done += part
            if self._stopping.wait(PAUSE_SECONDS):
                break
        return done
