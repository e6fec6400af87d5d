"""Several worker processes on one port: starts them, replaces those that die, and leaves none behind.

The supervisor takes no calls itself and never loads gRPC: a fault of a worker can't reach it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from zhengpin.errors import WorkerFailed
from zhengpin.settings import Settings
from zhengpin.worker_process import WORKER, WorkerProcess

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """When a worker that died is started anew, and when no more. Times are in seconds."""

    first_pause: float = 0.5
    """Before the second life; doubles with each quick death."""
    longest_pause: float = 30.0
    steady: float = 60.0
    """A worker that lived less died quickly."""
    quick_deaths: int = 5
    """How many quick deaths of a worker in a row end the whole service."""

    closing: float = 10.0
    """How much longer than its running calls a worker may take to close what it has open, before it is killed."""

    def pause(self, quick_deaths: int) -> float:
        """How long to wait after the n-th quick death in a row; after a steady life, n is 0."""
        return min(self.first_pause * 2.0 ** max(quick_deaths - 1, 0), self.longest_pause)


class Supervisor:
    """Keeps as many workers as the settings ask for, until its task is cancelled; then they drain."""

    def __init__(self, settings: Settings, command: Sequence[str] = WORKER, patience: Patience | None = None) -> None:
        """Workers get these very settings, so `listen` names the port that they share."""
        self._settings = settings
        self._command = command
        self._patience = patience or Patience()
        self._serving = {number: asyncio.Event() for number in range(1, settings.workers + 1)}

    async def run(self, ready: Callable[[], None]) -> None:
        """Call `ready` once every worker takes calls.

        WorkerFailed if one can't start, or dies quickly again and again; by then the others are drained and gone.
        """
        try:
            async with asyncio.TaskGroup() as keepers:
                for number in self._serving:
                    keepers.create_task(self._keep(number))
                for serving in self._serving.values():
                    await serving.wait()
                ready()
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def _keep(self, number: int) -> None:
        """Run a worker, and another one in its place whenever it ends."""
        quick_deaths = 0
        while True:
            began = time.monotonic()
            why = await self._one_life(number)
            if not self._serving[number].is_set():
                raise WorkerFailed(why)
            quick_deaths = quick_deaths + 1 if time.monotonic() - began < self._patience.steady else 0
            if quick_deaths >= self._patience.quick_deaths:
                raise WorkerFailed(f"worker {number} died {quick_deaths} times in a row soon after its start: {why}")
            pause = self._patience.pause(quick_deaths)
            log.error("worker died", worker=number, why=why, started_anew_in_s=pause)
            await asyncio.sleep(pause)

    async def _one_life(self, number: int) -> str:
        """Run a worker to its end and tell why it ended; cancelled, let it drain."""
        worker = await WorkerProcess.start(number, self._settings, self._command)

        def serving() -> None:
            log.info("worker serves", worker=number, pid=worker.pid)
            self._serving[number].set()

        try:
            return await worker.life(serving)
        finally:
            await worker.end(self._settings.grace_seconds + self._patience.closing)
