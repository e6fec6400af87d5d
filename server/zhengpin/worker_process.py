"""A worker as its supervisor sees it: a process, and two pipes to it.

Its standard input brings the settings, and stays open for as long as the worker shall serve: when it ends, the worker
drains and ends too. Nothing more is needed to stop it, and a supervisor that was killed leaves no worker behind. Its
standard output brings back one line: that it takes calls, or why it can't.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Self

from zhengpin.settings import Settings

WORKER = (sys.executable, "-m", "zhengpin.worker")

LONGEST_REPORT = 1 << 20
"""Bytes: the problems of many rule packs."""


class WorkerProcess:
    """One life of a worker."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid

    @classmethod
    async def start(cls, number: int, settings: Settings, command: Sequence[str] = WORKER) -> Self:
        """Start `command` as the worker of that number."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, str(number), stdin=pipe, stdout=pipe, limit=LONGEST_REPORT
        )
        assert process.stdin
        process.stdin.write(settings.model_dump_json().encode() + b"\n")
        return cls(process)

    async def life(self, serving: Callable[[], None]) -> str:
        """Call `serving` once it takes calls, wait for its end, and tell why it ended."""
        assert self._process.stdout
        said = await self._process.stdout.readline()
        problem = str(json.loads(said)["problem"]) if said else ""
        if said and not problem:
            serving()
        code = await self._process.wait()
        return problem or _ending(code)

    async def end(self, within_seconds: float) -> None:
        """Let it drain; kill it if it is not gone in time."""
        assert self._process.stdin
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), within_seconds)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
