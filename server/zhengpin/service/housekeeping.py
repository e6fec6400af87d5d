"""What the server does by itself from time to time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from zhengpin.errors import ZhengpinError

EVERY_SECONDS = 3600.0

log = structlog.get_logger(__name__)


class Housekeeping:
    """A thread that does one thing again and again until the server stops."""

    def __init__(
        self, task: Callable[[], int], stopping: threading.Event, every_seconds: float = EVERY_SECONDS
    ) -> None:
        self._task = task
        self._stopping = stopping
        self._every_seconds = every_seconds
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin with the first round at once."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the round that is under way, once the server is stopping."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                log.info("housekeeping", done=self._task())
            except ZhengpinError as problem:  # a busy store: the next round will do it
                log.warning("housekeeping put off", why=str(problem))
            if self._stopping.wait(self._every_seconds):
                return
