"""Starts servers in a fifth of a second: it has imported the program once, and each server is a fork of it.

A server is `zhengpin-server serve` to the letter, in a process and a group of its own. Run as a program, this file
obeys lines of JSON on its standard input and answers each with one: `{"serve": [argument, …], "log": file}` with the
process's id, `{"reap": id}` with what `waitpid` says. At the end of its input it kills what still runs.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self


class ServerHost:
    """The program, ready to serve."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()

    def serve(self, arguments: Sequence[str], log: Path) -> int:
        """Start a server, and give the id of its process and group."""
        return int(self._ask({"serve": list(arguments), "log": str(log)}))

    def kill(self, pid: int) -> int:
        """Kill a server with all processes of its group at once (SIGKILL), and give what `waitpid` says."""
        os.killpg(pid, signal.SIGKILL)
        return int(self._ask({"reap": pid}))

    def _ask(self, order: dict[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the host of the servers has ended: what it wrote to standard error says why")
        return answer


def _serve(arguments: Sequence[str], log: str) -> NoReturn:
    """Become a server."""
    from zhengpin.__main__ import main  # noqa: PLC0415  imported by the parent already

    nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream, target in enumerate((nothing, written, written)):
        os.dup2(target, stream)
    sys.argv = ["zhengpin-server", *arguments]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        os._exit(code)


def _obey() -> None:
    # Not the tests, but the parent of every server pays for these.
    import zhengpin.__main__  # noqa: PLC0415
    import zhengpin.bootstrap  # noqa: F401, PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, and with them our input
    running: set[int] = set()
    while line := sys.stdin.readline():
        order = json.loads(line)
        if "reap" in order:
            running.discard(order["reap"])
            print(os.waitpid(order["reap"], 0)[1], flush=True)  # noqa: T201  the answer
            continue
        pid = os.fork()
        if not pid:
            _serve(order["serve"], order["log"])
        os.setpgid(pid, pid)  # a group of its own before anyone hears of it
        running.add(pid)
        print(pid, flush=True)  # noqa: T201  the answer
    for pid in running:
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    _obey()
