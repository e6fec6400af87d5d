"""A client process that screens as it is told, one line of JSON after another: `python -m bench.screening_client FILE`.

The file holds serialised requests; a line says which of them go to which port, and in what form. What the client itself
does for a call is the same whatever server it calls.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import grpc

from zhengpin.v1 import screening_service_pb2 as pb

SERVICE = "/zhengpin.v1.ScreeningService"
Call = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Task:
    """So many callers that call one port for some seconds, over so many connections."""

    port: int
    callers: int
    channels: int
    seconds: float
    batches: bool
    """The requests are batches of listings, and not single ones."""
    first: int
    """The first request of the file to send; each is sent once."""
    most: int
    """Requests to send; with the last of them the task ends."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task."""

    calls: int
    p50: float
    """Seconds."""
    rate: float
    """Calls a second."""
    refused: int
    """Items of batches that were not screened."""


class Client:
    """The client process as its parent sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, task: Task) -> Result:
        """Have a task done."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(task)) + "\n")
        self._process.stdin.flush()
        return Result(**json.loads(self._process.stdout.readline()))


@contextmanager
def client_of(requests: Path) -> Generator[Client]:
    """Run a client until the block is left."""
    command = [sys.executable, "-m", "bench.screening_client", str(requests)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Client(process)
        process.communicate()


def write_requests(path: Path, requests: Sequence[bytes]) -> None:
    """Write requests so that the client can read them."""
    with path.open("wb") as file:
        for request in requests:
            file.write(len(request).to_bytes(4, "big") + request)


def _read_requests(path: Path) -> list[bytes]:
    whole, place, requests = path.read_bytes(), 0, []
    while place < len(whole):
        size = int.from_bytes(whole[place : place + 4], "big")
        requests.append(whole[place + 4 : place + 4 + size])
        place += 4 + size
    return requests


def _do(task: Task, requests: Sequence[bytes]) -> Result:
    method = "BatchScreenListings" if task.batches else "ScreenListing"
    decode: Any = pb.BatchScreenListingsResponse.FromString if task.batches else None
    options = [("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", 64 << 20)]
    with ExitStack() as opened:
        calls: list[Call] = []
        for _ in range(task.channels):
            channel = opened.enter_context(grpc.insecure_channel(f"127.0.0.1:{task.port}", options))
            grpc.channel_ready_future(channel).result(timeout=30)
            call: Any = channel.unary_unary(f"{SERVICE}/{method}", None, decode)  # bytes go out as they are
            calls.append(call)
        callers = opened.enter_context(ThreadPoolExecutor(task.callers))
        left = iter(requests[task.first : task.first + task.most])
        start = time.perf_counter()
        end = start + task.seconds
        done = list(callers.map(lambda n: _calls(calls[n % len(calls)], left, end), range(task.callers)))
        seconds = time.perf_counter() - start
    times = [each for taken, _ in done for each in taken]
    return Result(len(times), median(times), len(times) / seconds, sum(refused for _, refused in done))


def _calls(call: Call, left: Iterator[bytes], end: float) -> tuple[list[float], int]:
    """One call after another: what each took, and how many listings were refused."""
    times, refused = [], 0
    for request in left:
        start = time.perf_counter()
        if start > end:
            break
        answer = call(request)
        times.append(time.perf_counter() - start)
        if isinstance(answer, pb.BatchScreenListingsResponse):
            refused += sum(result.HasField("error") for result in answer.results)
    return times, refused


def _run() -> None:
    requests = _read_requests(Path(sys.argv[1]))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(_do(Task(**json.loads(line)), requests))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _run()
