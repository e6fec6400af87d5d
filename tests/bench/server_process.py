"""A `zhengpin-server serve` in a process of its own, on a database of the benchmark's."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.memory import rss_mb

START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A running server."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Give the processor time that the server has taken so far, in the program and in the kernel."""
        return sum(map(_cpu_seconds, self._processes()))

    def memory_mb(self) -> float:
        """Give what the server holds in memory, its workers included; pages that they share count for each."""
        return sum(map(rss_mb, self._processes()))

    def _processes(self) -> tuple[str, ...]:
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return (str(self.pid), *workers)


def _cpu_seconds(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100  # Linux counts in hundredths of a second


@contextmanager
def serving(folder: Path, database: str, *options: str) -> Generator[ServerProcess]:
    """Serve until the block is left; the log goes to `folder/server.log`."""
    port_file = folder / "port"
    command = [sys.executable, "-m", "zhengpin", "serve", "--listen", "127.0.0.1:0", "--database", database]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port-file", str(port_file), *options], stdout=log, stderr=log, cwd=folder
        )
        try:
            yield ServerProcess(_port(port_file, process), process.pid)
        finally:
            process.terminate()
            process.wait()


def _port(port_file: Path, process: subprocess.Popen[bytes]) -> int:
    end = time.monotonic() + START_SECONDS
    while not port_file.exists():
        if process.poll() is not None or time.monotonic() > end:
            log = (port_file.parent / "server.log").read_text(encoding="utf-8")
            raise RuntimeError(f"the server did not start:\n{log[-2000:]}")
        time.sleep(0.05)
    return int(port_file.read_text())
