"""A server that is made to be killed: one database, one life after the other."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Self

from faults.server_host import ServerHost

START_SECONDS = 60


class NoServer(Exception):
    """A server did not come up; the text ends with its log."""


class MortalServer:
    """`zhengpin-server serve` on one database; its log and its port lie in a folder."""

    def __init__(self, host: ServerHost, database: str, folder: Path, options: tuple[str, ...] = ()) -> None:
        self.database = database
        self._host = host
        self._options = options
        self._port_file = folder / "port"
        self._log = folder / "server.log"
        self._pid: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Begin a life, and wait for nothing."""
        self._port_file.unlink(missing_ok=True)
        place = ("--listen", "127.0.0.1:0", "--port-file", str(self._port_file))
        self._pid = self._host.serve(("serve", "--database", self.database, *place, *self._options), self._log)

    def port(self) -> int:
        """The port, as soon as calls are taken; raises `NoServer` if that never happens."""
        end = time.monotonic() + START_SECONDS
        while not self._port_file.exists():
            if time.monotonic() > end:
                log = self._log.read_text(encoding="utf-8", errors="replace")
                raise NoServer(f"the server did not come up within {START_SECONDS} s:\n{log[-2000:]}")
            time.sleep(0.01)
        return int(self._port_file.read_text())

    def kill(self) -> None:
        """End its life by SIGKILL, with all its processes at once; a dead one stays dead."""
        if self._pid is not None:
            self._host.kill(self._pid)
            self._pid = None
