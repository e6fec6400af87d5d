"""A client process that screens new listings, many calls at a time, for some seconds: `python -m bench.load …`.

It opens its channels, each on a connection of its own, and serialises every request before the clock starts. Then each
caller makes one call after another over its channel. The last line on standard output says how many were answered.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import grpc

from bench.ingest_workload import Market
from zhengpin.v1 import screening_service_pb2

CHANNELS = 8
CALLERS = 32
MARKETPLACE = (("zhengpin-marketplace", "market"),)


@dataclass(frozen=True, slots=True)
class Load:
    """What a client got through."""

    calls: int
    seconds: float
    cpu_seconds: float
    """The client's own processor time."""


def load_from_a_process(port: int, seconds: float, most: int, name: str) -> Load:
    """Run a client in a process of its own. `name` begins the ids of its listings; `most` bounds their number."""
    command = [sys.executable, "-m", "bench.load", str(port), str(seconds), str(most), name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Load(**json.loads(done.stdout.splitlines()[-1]))


def open_channel(port: int) -> grpc.Channel:
    """Open a channel on a connection of its own."""
    options = [("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", 64 << 20)]
    return grpc.insecure_channel(f"127.0.0.1:{port}", options)


def new_listings(market: Market, count: int, name: str) -> list[bytes]:
    """Requests to screen listings that the server doesn't know yet, in their wire form."""
    listings = list(market.listings(count).listings)
    for place, listing in enumerate(listings):
        listing.listing_id = f"{name}-{place:07}"
    return [screening_service_pb2.ScreenListingRequest(listing=each).SerializeToString() for each in listings]


def screen_listing(channel: grpc.Channel) -> Any:
    """Make `ScreenListing` on bytes, so that the client's own work is small."""
    return channel.unary_unary("/zhengpin.v1.ScreeningService/ScreenListing", None, None)


def load(port: int, seconds: float, requests: Sequence[bytes]) -> Load:
    """Call until the time is over or nothing is left to send."""
    left = iter(requests)
    with ExitStack() as opened:
        channels = [opened.enter_context(open_channel(port)) for _ in range(CHANNELS)]
        for channel in channels:
            grpc.channel_ready_future(channel).result(timeout=30)
        callers = opened.enter_context(ThreadPoolExecutor(CALLERS))
        cpu, start = time.process_time(), time.perf_counter()
        end = start + seconds
        counts = callers.map(lambda n: _calls(screen_listing(channels[n % CHANNELS]), left, end), range(CALLERS))
        calls = sum(counts)
        return Load(calls, time.perf_counter() - start, time.process_time() - cpu)


def _calls(call: Any, left: Iterator[bytes], end: float) -> int:
    """One call after another; how many they were. A call that fails ends the benchmark."""
    done = 0
    while time.perf_counter() < end:
        request = next(left, None)
        if request is None:
            break
        call(request, metadata=MARKETPLACE, timeout=60)
        done += 1
    return done


def _run() -> None:
    parser = argparse.ArgumentParser(prog="bench.load")
    for name, kind in (("port", int), ("seconds", float), ("most", int), ("name", str)):
        parser.add_argument(name, type=kind)
    asked = parser.parse_args()
    market = Market(sum(asked.name.encode()), datetime.now(UTC))
    done = load(asked.port, asked.seconds, new_listings(market, asked.most, asked.name))
    sys.stdout.write(json.dumps(asdict(done)) + "\n")


if __name__ == "__main__":
    _run()
