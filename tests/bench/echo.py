"""A bare service that does nothing for its answer: `python -m bench.echo PORT METHOD`, port 0 for any free one.

The same server class as Zhengpin's own, with as many threads and without interceptors; it decodes the request and
gives a ready answer, which it reads from standard input. What it takes is what gRPC itself takes here, and so the
measure for what the method takes beside it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import grpc
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from zhengpin.v1 import screening_service_pb2, supplier_service_pb2

SCREENING = screening_service_pb2.DESCRIPTOR.services_by_name["ScreeningService"]
SUPPLIERS = supplier_service_pb2.DESCRIPTOR.services_by_name["SupplierService"]
METHODS = {method.name: method for service in (SCREENING, SUPPLIERS) for method in service.methods}
THREADS = 48
"""As many as the service has by default: for calls and for streams."""


@contextmanager
def echoing(answer: Message, processes: int, method: str = "ScreenListing") -> Generator[int]:
    """Run so many processes on one port until the block is left, and give the port; they give one answer to all."""
    with ExitStack() as running:
        port = 0
        for _ in range(processes):
            port = running.enter_context(_process(answer, port, method))
        yield port


@contextmanager
def _process(answer: Message, port: int, method: str) -> Generator[int]:
    command = [sys.executable, "-m", "bench.echo", str(port), method]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(answer.SerializeToString().hex() + "\n")
        process.stdin.flush()
        yield int(process.stdout.readline())
        process.communicate()  # closes its input, which ends it


def _serve(port: int, name: str) -> None:
    method = METHODS[name]
    answer = GetMessageClass(method.output_type).FromString(bytes.fromhex(sys.stdin.readline()))
    server = grpc.server(ThreadPoolExecutor(THREADS), options=[("grpc.so_reuseport", 1)])
    handler = grpc.unary_unary_rpc_method_handler(
        lambda _request, _context: answer,
        request_deserializer=GetMessageClass(method.input_type).FromString,
        response_serializer=type(answer).SerializeToString,
    )
    handlers = grpc.method_handlers_generic_handler(method.containing_service.full_name, {name: handler})
    server.add_generic_rpc_handlers((handlers,))
    port = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop(0).wait()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
