"""Servers in processes of their own, as they run outside tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVER = (sys.executable, "-m", "zhengpin")


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A server that takes calls."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def workers(self) -> set[int]:
        """The process ids of its workers; empty where it is one process."""
        return children_of(self.process.pid)

    def pid_of(self, worker: int) -> int:
        """The process id of a worker by its number, as the supervisor told it last."""
        serving = [line for line in self.logged() if line["event"] == "worker serves" and line["worker"] == worker]
        return int(serving[-1]["pid"])

    def logged(self) -> list[dict[str, Any]]:
        """What it and its workers logged up to now."""
        return [json.loads(line) for line in self.told().splitlines() if line.startswith("{")]

    def told(self) -> str:
        """What it wrote to standard error up to now."""
        return self.log.read_text(encoding="utf-8")


@contextmanager
def a_server_process(folder: Path, *options: str, database: str = "") -> Iterator[ServerProcess]:
    """Serve on a free port, by default from an SQLite file in the folder; ended by its own id whatever happens."""
    port_file, log = folder / "port", folder / "log"
    port_file.unlink(missing_ok=True)
    database = database or f"sqlite:///{folder / 'z.db'}"
    command = [*SERVER, "serve", "--listen", "127.0.0.1:0", "--database", database, "--port-file", str(port_file)]
    with log.open("wb") as errors:
        told_of_each_call = {**os.environ, "ZHENGPIN_LOG_LEVEL": "debug"}
        process = subprocess.Popen([*command, *options], stderr=errors, env=told_of_each_call)
    try:
        until(lambda: port_file.exists() or process.poll() is not None)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield ServerProcess(process, int(port_file.read_text()), log)
    finally:
        workers = children_of(process.pid)
        process.kill()
        process.wait()
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


def children_of(pid: int) -> set[int]:
    """The process ids of a process's children; empty if it is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    return set()


def alive(pid: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something has happened; fail if it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
