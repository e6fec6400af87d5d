"""What the supervisor does with workers that fail, played by small programs."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from server_processes import alive, until
from zhengpin.errors import WorkerFailed
from zhengpin.settings import Settings
from zhengpin.supervisor import Patience, Supervisor

SERVES = """\
import json, os, sys, time
number, settings, folder = int(sys.argv[-1]), json.loads(sys.stdin.readline()), sys.argv[1]
open(os.path.join(folder, f"{number}-{os.getpid()}"), "w").close()
def serve(): print(json.dumps({"problem": ""}), flush=True)
def wait(): sys.stdin.read()
"""
HASTY = Patience(first_pause=0.01, longest_pause=0.04, steady=60, quick_deaths=4, closing=0.5)


def a_supervisor(folder: Path, body: str, patience: Patience = HASTY, **settings: Any) -> Supervisor:
    """A supervisor of two workers that run a few lines of Python."""
    command = (sys.executable, "-c", SERVES + body, str(folder))
    return Supervisor(Settings(**{"workers": 2, "grace_seconds": 1, **settings}), command, patience)


def started(folder: Path) -> list[tuple[int, int]]:
    """Number and process id of every worker that was started, in that order."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    return [(int(number), int(pid)) for number, pid in (file.name.split("-") for file in files)]


async def run_until_ready(supervisor: Supervisor) -> None:
    """Run a supervisor, and let its workers drain once all of them serve."""
    ready = asyncio.Event()
    watch = asyncio.create_task(supervisor.run(ready.set))
    await ready.wait()
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch


def test_workers_are_ready_together_and_end_with_the_supervisor(tmp_path: Path) -> None:
    asyncio.run(run_until_ready(a_supervisor(tmp_path, "time.sleep(number / 10); serve(); wait()")))
    assert sorted(number for number, _ in started(tmp_path)) == [1, 2]
    assert not any(alive(pid) for _, pid in started(tmp_path))


def test_settings_reach_the_workers_as_they_are(tmp_path: Path) -> None:
    settings = Settings(workers=1, database="sqlite:////somewhere/z.db", packs=tmp_path, threads=7, grace_seconds=1)
    told = tmp_path / "settings.json"
    body = f"open({str(told)!r}, 'w').write(json.dumps(settings)); serve(); wait()"
    asyncio.run(run_until_ready(Supervisor(settings, (sys.executable, "-c", SERVES + body, str(tmp_path)), HASTY)))
    assert Settings.model_validate_json(told.read_text()) == settings


def test_a_worker_that_does_not_drain_is_killed(tmp_path: Path) -> None:
    began = time.monotonic()
    asyncio.run(run_until_ready(a_supervisor(tmp_path, "serve(); wait(); time.sleep(60)", grace_seconds=0)))
    assert time.monotonic() - began < 30
    assert not any(alive(pid) for _, pid in started(tmp_path))


def test_a_worker_that_says_why_it_can_not_start_ends_the_service_with_its_words(tmp_path: Path) -> None:
    body = "print(json.dumps({'problem': 'no such packs'})) if number == 2 else (serve(), wait())"
    with pytest.raises(WorkerFailed, match=r"^no such packs$"):
        asyncio.run(a_supervisor(tmp_path, body).run(lambda: None))
    assert not any(alive(pid) for _, pid in started(tmp_path))


@pytest.mark.parametrize(("end", "told"), [("sys.exit(3)", "exit code 3"), ("os.kill(os.getpid(), 9)", "SIGKILL")])
def test_a_worker_that_dies_before_it_serves_ends_the_service(tmp_path: Path, end: str, told: str) -> None:
    with pytest.raises(WorkerFailed, match=told):
        asyncio.run(a_supervisor(tmp_path, end).run(lambda: None))


def test_a_worker_that_dies_again_and_again_ends_the_service(tmp_path: Path) -> None:
    body = "serve(); sys.exit(7) if number == 2 else wait()"
    with pytest.raises(WorkerFailed, match=r"worker 2 died 4 times in a row soon after its start: exit code 7"):
        asyncio.run(a_supervisor(tmp_path, body).run(lambda: None))
    numbers = [number for number, _ in started(tmp_path)]
    assert (numbers.count(1), numbers.count(2)) == (1, 4)
    assert not any(alive(pid) for _, pid in started(tmp_path))


def test_a_worker_that_lived_long_is_always_replaced(tmp_path: Path) -> None:
    patience = Patience(first_pause=0.01, longest_pause=0.01, steady=0.0, quick_deaths=2)

    async def run_through_six_lives() -> None:
        watch = asyncio.create_task(supervisor.run(lambda: None))
        await asyncio.to_thread(until, lambda: len(started(tmp_path)) >= 6)
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch

    supervisor = a_supervisor(tmp_path, "serve()", patience, workers=1)
    asyncio.run(run_through_six_lives())
    assert {number for number, _ in started(tmp_path)} == {1}
    assert not any(alive(pid) for _, pid in started(tmp_path))


def test_pauses_double_up_to_a_bound() -> None:
    patience = Patience(first_pause=0.5, longest_pause=3.0)
    assert [patience.pause(deaths) for deaths in range(6)] == [0.5, 0.5, 1.0, 2.0, 3.0, 3.0]
