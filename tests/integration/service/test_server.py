"""The server around the services: health, reflection, channelz, room, and how it starts and stops."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_channelz.v1 import channelz_pb2, channelz_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from callers import Caller, a_listing_message, an_id, reason_of, status_of_error
from zhengpin.bootstrap import Service
from zhengpin.settings import Settings
from zhengpin.v1 import screening_service_pb2

SERVER = [sys.executable, "-m", "zhengpin"]


@contextmanager
def a_process(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server in a process of its own, and its port; ended by its own id whatever happens."""
    port_file = folder / "port"
    port_file.unlink(missing_ok=True)
    command = [*SERVER, "serve", "--listen", "127.0.0.1:0", "--database", f"sqlite:///{folder / 'z.db'}"]
    process = subprocess.Popen([*command, "--port-file", str(port_file), *options], stderr=subprocess.PIPE, text=True)
    try:
        end = time.monotonic() + 60
        while not port_file.exists():
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < end
            time.sleep(0.05)
        yield process, int(port_file.read_text())
    finally:
        process.kill()
        process.communicate()


def test_the_server_says_that_it_serves(caller: Caller) -> None:
    stub = health_pb2_grpc.HealthStub(caller.channel)
    for service in ("", "zhengpin.v1.CatalogService", "zhengpin.v1.ScreeningService"):
        answer = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=20)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_reflection_lists_the_services(caller: Caller) -> None:
    services = set(ProtoReflectionDescriptorDatabase(caller.channel).get_services())
    assert services >= {"zhengpin.v1.CatalogService", "zhengpin.v1.ScreeningService", "grpc.health.v1.Health"}


def test_channelz_knows_the_server(caller: Caller) -> None:
    answer = channelz_pb2_grpc.ChannelzStub(caller.channel).GetServers(channelz_pb2.GetServersRequest(), timeout=20)
    assert answer.server


@pytest.mark.parametrize("module", ["grpc_admin", "grpc_csds", "envoy", "xds"])
def test_packages_that_overwrite_others_are_absent(module: str) -> None:
    assert importlib.util.find_spec(module) is None


def test_a_full_server_refuses_with_a_hint_when_to_come_back(tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 'z.db'}", listen="127.0.0.1:0", streams=1, grace_seconds=1)
    with Service(settings) as service, Caller(service.start(), "m") as caller:
        request = screening_service_pb2.WatchVerdictsRequest()
        first = caller.screening.WatchVerdicts(request, metadata=caller.metadata, timeout=20)
        next(first)
        with pytest.raises(grpc.RpcError) as caught:
            next(caller.screening.WatchVerdicts(request, metadata=caller.metadata, timeout=20))
        first.cancel()
    status = status_of_error(caught.value)
    retry = error_details_pb2.RetryInfo()
    assert (caught.value.code(), reason_of(status)) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED")
    assert any(detail.Unpack(retry) for detail in status.details)
    assert retry.retry_delay.ToMilliseconds() > 0


def test_a_passed_deadline_leaves_nothing_half_done(caller: Caller) -> None:
    listings = [a_listing_message(f"l-{number}") for number in range(400)]
    requests = [screening_service_pb2.ScreenListingRequest(listing=each) for each in listings]
    batch = screening_service_pb2.BatchScreenListingsRequest(request_id=an_id(), requests=requests)
    with pytest.raises(grpc.RpcError) as caught:
        caller.screening.BatchScreenListings(batch, metadata=caller.metadata, timeout=0.05)
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    time.sleep(1)
    assert len(caller.list_verdicts(page_size=1000).verdicts) in {0, 400}


def test_a_bad_pack_stops_the_start_with_every_problem(tmp_path: Path, packs: Path) -> None:
    (packs / "bad.yaml").write_text(
        "name: bad\nversion: 1\nrules:\n"
        "  - id: one\n    when: price.paid < 'cheap'\n    severity: high\n    family: price\n    action: hold\n"
        "    on_missing: skip\n    because: {zh: 低, en: low}\n    source: test\n"
        "  - id: two\n    when: price.paidd < 3\n    severity: huge\n    family: price\n    action: hold\n"
        "    on_missing: skip\n    because: {zh: 低, en: low}\n    source: test\n",
        encoding="utf-8",
    )
    command = [*SERVER, "serve", "--packs", str(packs), "--database", f"sqlite:///{tmp_path / 'z.db'}"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    problems = ended.stderr
    assert "one" in problems
    assert "two" in problems
    assert "price.paid" in problems
    assert "did you mean" in problems
    assert "huge" in problems
    assert "Traceback" not in problems


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--database", "sqlite:////no/such/folder/z.db"], "/no/such/folder"),
        (["--listen", "256.256.256.256:1"], "256.256.256.256:1"),
        (["--packs", "/no/such/packs"], "/no/such/packs"),
    ],
)
def test_settings_that_can_not_work_are_told_in_a_line(tmp_path: Path, options: list[str], named: str) -> None:
    command = [*SERVER, "serve", "--database", f"sqlite:///{tmp_path / 'z.db'}", "--listen", "127.0.0.1:0", *options]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert named in ended.stderr.replace("\n", "")
    assert "Traceback" not in ended.stderr


def test_sigterm_lets_running_calls_finish(tmp_path: Path) -> None:
    with a_process(tmp_path) as (process, port), Caller(port, "m") as caller, ThreadPoolExecutor(4) as pool:
        caller.screen(a_listing_message())
        running = [pool.submit(caller.screen, a_listing_message(f"l-{number}")) for number in range(40)]
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGTERM)
        finished = [each for each in running if not each.exception()]
        assert process.wait(20) == 0
    with a_process(tmp_path) as (_, port), Caller(port, "m") as caller:
        stored = {verdict.verdict_id for verdict in caller.list_verdicts(page_size=1000).verdicts}
        assert {each.result().verdict_id for each in finished} <= stored
