"""A bare screening service that judges nothing: `python -m bench.echo PORT`, 0 for any free one.

The same server class as Zhengpin's own, with as many threads and without interceptors; it decodes the request and
answers a ready verdict, which it reads from standard input. What it takes is what gRPC itself takes here, and so the
measure for what a screening takes beside it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import grpc

from zhengpin.v1 import screening_service_pb2, verdict_pb2

SERVICE = screening_service_pb2.DESCRIPTOR.services_by_name["ScreeningService"].full_name
THREADS = 48
"""As many as the service has by default: for calls and for streams."""


@contextmanager
def echoing(verdict: verdict_pb2.Verdict, processes: int) -> Generator[int]:
    """Run so many processes on one port until the block is left, and give the port."""
    with ExitStack() as running:
        port = 0
        for _ in range(processes):
            port = running.enter_context(_process(verdict, port))
        yield port


@contextmanager
def _process(verdict: verdict_pb2.Verdict, port: int) -> Generator[int]:
    command = [sys.executable, "-m", "bench.echo", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(verdict.SerializeToString().hex() + "\n")
        process.stdin.flush()
        yield int(process.stdout.readline())
        process.communicate()  # closes its input, which ends it


def _serve(port: int) -> None:
    verdict = verdict_pb2.Verdict.FromString(bytes.fromhex(sys.stdin.readline()))
    server = grpc.server(ThreadPoolExecutor(THREADS), options=[("grpc.so_reuseport", 1)])
    screen_listing = grpc.unary_unary_rpc_method_handler(
        lambda _request, _context: verdict,
        request_deserializer=screening_service_pb2.ScreenListingRequest.FromString,
        response_serializer=verdict_pb2.Verdict.SerializeToString,
    )
    handlers = grpc.method_handlers_generic_handler(SERVICE, {"ScreenListing": screen_listing})
    server.add_generic_rpc_handlers((handlers,))
    port = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop(0).wait()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
