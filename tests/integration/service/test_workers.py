"""Several worker processes behind one port: one service to its callers, whatever happens to one of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from callers import Caller, a_listing_message, an_id
from conftest import ON_POSTGRES
from learning import told_labels
from server_processes import SERVER, ServerProcess, a_server_process, alive, until
from telling import TOLD, signals_of
from zhengpin.storage import Store
from zhengpin.v1 import catalog_service_pb2, model_service_pb2

SERVING = health_pb2.HealthCheckResponse.SERVING


@pytest.fixture(scope="module", params=["sqlite", ON_POSTGRES])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A fresh database of each of the two engines."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('data') / 'zhengpin.db'}"
        return
    with request.getfixturevalue("postgres").new_database() as url:
        yield url


@pytest.fixture(scope="module")
def served(database: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerProcess]:
    """Two workers that no test harms."""
    with a_server_process(tmp_path_factory.mktemp("served"), "--workers", "2", database=database) as server:
        yield server


@pytest.fixture
def harmed(database: str, tmp_path: Path) -> Generator[ServerProcess]:
    """Two workers for one test alone."""
    with a_server_process(tmp_path, "--workers", "2", database=database) as server:
        yield server


@contextmanager
def one_caller_each(port: int) -> Iterator[tuple[Caller, Caller]]:
    """A caller of worker 1 and one of worker 2, of one marketplace that nobody used before.

    The kernel chooses the worker of each connection, so as many are opened as it takes.
    """
    marketplace = f"m-{uuid4().hex[:12]}"
    with ExitStack() as opened:
        found: dict[int, Caller] = {}
        for _ in range(100):
            caller = opened.enter_context(Caller(port, marketplace))
            found.setdefault(worker_of(caller), caller)
            if len(found) == 2:
                break
        yield found[1], found[2]


def worker_of(caller: Caller) -> int:
    """The number of the worker that a caller is connected to: each is healthy under its own name alone."""
    (number,) = (number for number in (1, 2) if health_of(caller, f"worker-{number}") == SERVING)
    return number


def health_of(caller: Caller, service: str) -> int | None:
    """What a worker says of a service's health; `None` for one that it doesn't know."""
    try:
        request = health_pb2.HealthCheckRequest(service=service)
        return int(health_pb2_grpc.HealthStub(caller.channel).Check(request, timeout=20).status)
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.NOT_FOUND:
            return None
        raise


def stored(caller: Caller, listing_id: str) -> str:
    """The title of a stored listing."""
    request = catalog_service_pb2.GetListingRequest(listing_id=listing_id)
    return str(caller.call("GetListing", request).listing.title)


def verdict_ids(caller: Caller) -> list[str]:
    return [verdict.verdict_id for verdict in caller.list_verdicts(page_size=1000).verdicts]


def test_every_worker_says_that_it_serves(served: ServerProcess) -> None:
    with one_caller_each(served.port) as callers:
        for caller in callers:
            for service in ("", "zhengpin.v1.CatalogService", "zhengpin.v1.ScreeningService"):
                assert health_of(caller, service) == SERVING


def test_what_one_worker_stored_the_other_sees_at_once(served: ServerProcess) -> None:
    with one_caller_each(served.port) as callers:
        for number in range(20):
            one, other = callers if number % 2 else reversed(callers)
            one.store(a_listing_message(f"l-{number}", title=f"Haolin pan no. {number}"))
            assert stored(other, f"l-{number}") == f"Haolin pan no. {number}"
            verdict = one.screen(f"l-{number}")
            assert verdict_ids(other)[0] == verdict.verdict_id


@pytest.mark.parametrize("told", TOLD)
def test_what_one_worker_was_told_the_other_judges_by_at_once(served: ServerProcess, told: str) -> None:
    with one_caller_each(served.port) as (one, other):
        before = signals_of(other)
        assert signals_of(one) == before
        TOLD[told](one)
        after = signals_of(other)
        assert after != before
        assert signals_of(one) == after


def test_writers_through_both_workers_at_once_lose_nothing(served: ServerProcess) -> None:
    with one_caller_each(served.port) as callers, ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda n: callers[n % 2].screen(a_listing_message(f"l-{n}")), range(80))
        answered = {verdict.listing_id: verdict.verdict_id for verdict in answers}
        assert len(answered) == 80
        for caller in callers:
            assert set(verdict_ids(caller)) == set(answered.values())


def test_a_request_that_comes_to_both_workers_at_once_is_carried_out_once(served: ServerProcess) -> None:
    with one_caller_each(served.port) as callers, ThreadPoolExecutor(8) as pool:
        for number in range(10):
            listing, request_id = a_listing_message(f"l-{number}"), an_id()
            answers = pool.map(lambda n: callers[n % 2].screen(listing, request_id=request_id), range(8))  # noqa: B023
            assert len({verdict.verdict_id for verdict in answers}) == 1
        assert len(verdict_ids(callers[0])) == 10


def test_a_worker_that_was_killed_leaves_the_other_serving_and_is_replaced(harmed: ServerProcess) -> None:
    killed = harmed.pid_of(1)
    with one_caller_each(harmed.port) as (_, second):
        second.screen(a_listing_message())
        os.kill(killed, signal.SIGKILL)
        for number in range(20):
            second.screen(a_listing_message(f"l-{number}"))
    until(lambda: harmed.pid_of(1) != killed)
    assert "killed by SIGKILL" in harmed.told()
    assert harmed.workers() == {harmed.pid_of(1), harmed.pid_of(2)}
    with one_caller_each(harmed.port) as callers:
        for caller in callers:
            caller.screen(a_listing_message())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_running_calls_finish_in_both_workers(harmed: ServerProcess, number: signal.Signals) -> None:
    workers = harmed.workers()
    with one_caller_each(harmed.port) as callers, ThreadPoolExecutor(8) as pool:
        running = [pool.submit(callers[n % 2].screen, a_listing_message(f"l-{n}")) for n in range(60)]
        time.sleep(0.05)
        os.kill(harmed.process.pid, number)
        finished = [each.result().verdict_id for each in running if not each.exception()]
        assert harmed.process.wait(30) == 0
    assert not any(map(alive, workers))
    assert len(finished) == len(set(finished))
    assert "Traceback" not in harmed.told()
    assert {line["worker"] for line in harmed.logged() if line["event"] == "call"} == {1, 2}
    assert {line["worker"] for line in harmed.logged() if line["event"] == "housekeeping"} == {1}


def test_a_supervisor_that_was_killed_leaves_no_worker(harmed: ServerProcess) -> None:
    workers = harmed.workers()
    assert len(workers) == 2
    harmed.process.kill()
    until(lambda: not any(map(alive, workers)), seconds=20)
    assert "Traceback" not in harmed.told()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", harmed.port))


def test_a_worker_that_hangs_does_not_outlive_its_supervisor() -> None:
    hangs = "import threading, time, zhengpin.worker as w; w.follow(threading.Event(), 0.2); time.sleep(60)"
    ended = subprocess.run([sys.executable, "-c", hangs], stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert ended.returncode == -signal.SIGALRM


def test_a_worker_whose_supervisor_was_killed_at_once_ends_in_silence() -> None:
    command = [sys.executable, "-m", "zhengpin.worker", "1"]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_the_supervisor_does_not_load_grpc(served: ServerProcess) -> None:
    loaded = {pid: Path(f"/proc/{pid}/maps").read_text() for pid in (served.process.pid, *served.workers())}
    assert {pid for pid, maps in loaded.items() if "cygrpc" in maps} == served.workers()


def test_settings_that_can_not_work_are_told_once(tmp_path: Path) -> None:
    ended = a_start_that_fails(tmp_path, "--workers", "3", "--packs", "/no/such/packs")
    assert ended.returncode == 1
    assert ended.stderr.count("/no/such/packs") == 1
    assert "Traceback" not in ended.stderr


def test_a_number_of_workers_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    ended = a_start_that_fails(tmp_path, "--workers", "65")
    assert ended.returncode == 2
    assert "ZHENGPIN_WORKERS: Input should be less than or equal to 64" in ended.stderr


def test_a_second_service_does_not_join_the_port(served: ServerProcess, tmp_path: Path) -> None:
    taken = f"127.0.0.1:{served.port}"
    for workers in ("1", "2"):
        ended = a_start_that_fails(tmp_path, "--workers", workers, "--listen", taken)
        assert ended.returncode == 1
        assert f"can't listen on {taken}" in ended.stderr


def a_start_that_fails(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What a server that can't start leaves behind."""
    command = [*SERVER, "serve", "--listen", "127.0.0.1:0", "--database", f"sqlite:///{folder / 'z.db'}", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_one_worker_is_one_process(tmp_path: Path) -> None:
    with a_server_process(tmp_path, "--workers", "1") as server, Caller(server.port, "m") as caller:
        assert not server.workers()
        caller.screen(a_listing_message())


def test_a_promotion_by_one_worker_holds_in_the_other_from_the_next_screening_on(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGPIN_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("ZHENGPIN_SHIPPED_MODELS", str(tmp_path / "none"))
    with (
        a_server_process(tmp_path, "--workers", "2", database=database) as server,
        one_caller_each(server.port) as (one, other),
    ):
        with closing(Store(database)) as store:
            told_labels(store, 60, 140, marketplace=one.marketplace)
        assert other.screen(a_listing_message("before")).degraded == ["model absent"]
        version = one.train()[-1].trained.model.version
        promotion: dict[str, Any] = {"version": version, "stage": "MODEL_STAGE_LIVE", "actor": "an analyst"}
        forced = model_service_pb2.PromoteModelRequest(request_id=an_id(), force=True, note="the first", **promotion)
        one.call("PromoteModel", forced)
        assert other.screen(a_listing_message("after")).degraded == ["model loading"]
        until(lambda: other.screen(a_listing_message("later")).risk.model_version == version)
        one.call("RollbackModel", model_service_pb2.RollbackModelRequest(request_id=an_id(), actor="an analyst"))
        assert other.screen(a_listing_message("again")).degraded == ["model absent"]
