"""One of several server processes on a port: `python -m zhengpin.worker NUMBER`, started by the supervisor alone.

What goes over its standard input and output is told in `worker_process.py`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import suppress

from zhengpin.bootstrap import Service
from zhengpin.errors import ZhengpinError
from zhengpin.garbage import seldom_collected
from zhengpin.logs import set_up_logs
from zhengpin.settings import Settings

INPUT, OUTPUT, ERRORS = 0, 1, 2
CLOSING_SECONDS = 20.0
"""How much longer than its running calls a worker may take to close what it has open; the supervisor waits less."""


def main() -> None:
    """Serve until the supervisor closes our input or is gone, or until SIGTERM."""
    number = int(sys.argv[1])
    told = sys.stdin.buffer.readline()
    if not told:
        return  # the supervisor was killed as it started us
    settings = Settings.model_validate_json(told)
    set_up_logs(settings, number)
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    # Ctrl-C reaches every process of the terminal; the supervisor tells us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    most_seconds = settings.grace_seconds + CLOSING_SECONDS
    threading.Thread(target=follow, args=(done, most_seconds), name="supervisor", daemon=True).start()
    try:
        with Service(settings, worker=number) as service, seldom_collected():
            service.start()
            _report("")
            done.wait()
    except ZhengpinError as problem:
        _report(str(problem))
        sys.exit(1)


def follow(done: threading.Event, most_seconds: float) -> None:
    """Wait for the end of our input, and set `done`; a process that takes longer than `most_seconds` to end is killed.

    The supervisor would kill it too, but it may be gone. The input is read unbuffered, for a thread that waits with a
    buffer's lock hinders the exit.
    """
    while os.read(INPUT, 1):
        pass
    signal.setitimer(signal.ITIMER_REAL, most_seconds)  # the kernel ends who has no handler for SIGALRM
    done.set()


def _report(problem: str) -> None:
    """Say that we serve, or why we can't; from then on, whatever is printed goes to standard error."""
    with suppress(BrokenPipeError):  # the supervisor is gone: our input tells it too
        sys.stdout.write(json.dumps({"problem": problem}) + "\n")
        sys.stdout.flush()
    os.dup2(ERRORS, OUTPUT)


if __name__ == "__main__":
    main()
