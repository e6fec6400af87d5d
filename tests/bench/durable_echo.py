"""A server that does nothing but what any answer after a commit needs: `python -m bench.durable_echo FOLDER`.

Each call's bytes are appended to a file in the folder, the file is synced to the disk, and an answer of the size of a
verdict goes back. What it takes at one moment is what this machine takes at that moment for gRPC and the disk, so it
serves as a measure for whatever is timed beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc

ANSWER = bytes(1000)
"""As large as a verdict with a few reasons."""
SERVICE, METHOD = "bench.Echo", "Keep"


@contextmanager
def echoing(folder: Path) -> Generator[int]:
    """Run the server in a process of its own until the block is left, and give its port."""
    command = [sys.executable, "-m", "bench.durable_echo", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.communicate()  # closes its input, which ends it


def _serve(folder: Path) -> None:
    file = os.open(folder / "echo", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def keep(request: bytes, _context: grpc.ServicerContext) -> bytes:
        os.write(file, request)
        os.fdatasync(file)
        return ANSWER

    server = grpc.server(ThreadPoolExecutor(1), options=[("grpc.so_reuseport", 0)])
    methods: dict[str, grpc.RpcMethodHandler[bytes, bytes]] = {METHOD: grpc.unary_unary_rpc_method_handler(keep)}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, methods),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop(0).wait()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
