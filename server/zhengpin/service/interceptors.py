"""What happens around every call: room, validation, statuses for errors, one line of log."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import grpc
import structlog
from google.protobuf.message import Message

from zhengpin.service.status import Overloaded, abort
from zhengpin.service.validation import check
from zhengpin.v1.screening_service_pb2 import ScreenListingRequest
from zhengpin.v1.supplier_service_pb2 import CheckSupplierRequest

Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
OUR_SERVICES = "/zhengpin.v1."
SLOW_SECONDS = 1.0

Room: TypeAlias = "deque[None]"
"""A `None` for each place that is free; taking and giving back are atomic."""

_KINDS: Mapping[tuple[bool, bool], tuple[str, Callable[..., Handler]]] = {
    (False, False): ("unary_unary", grpc.unary_unary_rpc_method_handler),
    (False, True): ("unary_stream", grpc.unary_stream_rpc_method_handler),
    (True, False): ("stream_unary", grpc.stream_unary_rpc_method_handler),
    (True, True): ("stream_stream", grpc.stream_stream_rpc_method_handler),
}
"""By (request is a stream, answer is a stream): where a handler keeps its method, and how one is made."""


READ_WHOLE = frozenset({ScreenListingRequest, CheckSupplierRequest})
"""Requests that their service reads whole, and checks as it reads them."""


class Around(grpc.ServerInterceptor):
    """Wraps each method of Zhengpin's own services; health, reflection and channelz are left alone."""

    def __init__(self, most_calls: int, most_streams: int) -> None:
        """Take `most_calls` at once, of which `most_streams` may be streams; refuse the others with `RetryInfo`."""
        self._calls: Room = deque([None] * most_calls)
        self._streams: Room = deque([None] * most_streams)
        self._wrapped: dict[Handler, Handler] = {}
        """Each method's handler is wrapped once; gRPC asks for it at every call."""
        self._log = structlog.get_logger(__name__).bind()  # bound once: that takes longer than to leave a line out

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Handler | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler | None:
        """Give the method's handler, wrapped."""
        handler = continuation(handler_call_details)
        if handler is None or not handler_call_details.method.startswith(OUR_SERVICES):
            return handler
        wrapped = self._wrapped.get(handler)
        if wrapped is None:
            method = handler_call_details.method.rpartition("/")[2]
            wrapped = self._wrapped[handler] = self._around(method, handler)
        return wrapped

    def _around(self, method: str, handler: Handler) -> Handler:
        """Wrap a handler in the form of its kind."""
        field, make = _KINDS[bool(handler.request_streaming), bool(handler.response_streaming)]
        inner = getattr(handler, field)
        if handler.response_streaming:
            wrapped: Callable[..., Any] = self._streaming(method, inner)
        else:
            wrapped = self._answering(method, inner, self._streams if handler.request_streaming else self._calls)
        return make(wrapped, handler.request_deserializer, handler.response_serializer)

    def _answering(self, method: str, inner: Callable[..., Any], room: Room) -> Callable[..., Any]:
        """A method that answers once."""

        def call(request: Any, context: grpc.ServicerContext) -> Any:
            with _Call(method, room, self._log, context):
                _check(request)
                return inner(request, context)

        return call

    def _streaming(self, method: str, inner: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """A method that answers with a stream."""

        def call(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
            with _Call(method, self._streams, self._log, context):
                _check(request)
                yield from inner(request, context)

        return call


def _check(request: Any) -> None:
    """Check a request that came whole; the parts of a stream are checked as they come."""
    if type(request) not in READ_WHOLE and isinstance(request, Message):
        check(request)


class _Call:
    """One call from its beginning to its end: it takes a place, gives it back, and leaves a line in the log.

    An error becomes the answer's status, unless the caller is gone and nobody would read it.
    """

    __slots__ = ("_begun", "_context", "_log", "_method", "_room")

    def __init__(self, method: str, room: Room, log: Any, context: grpc.ServicerContext) -> None:
        self._method = method
        self._room = room
        self._log = log
        self._context = context

    def __enter__(self) -> None:
        self._begun = time.perf_counter()
        try:
            self._room.pop()
        except IndexError:
            self._tell(ok=False)
            abort(self._context, Overloaded("too many calls at once: send it again a little later", 0.5))

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self._room.append(None)
        self._tell(ok=error is None)
        if isinstance(error, Exception) and self._context.is_active():
            abort(self._context, error)

    def _tell(self, *, ok: bool) -> None:
        """Log one line: of an ordinary call for those who debug, of one that failed or took long for everybody."""
        seconds = time.perf_counter() - self._begun
        tell = self._log.debug if ok and seconds < SLOW_SECONDS else self._log.info
        tell("call", method=self._method, ms=round(seconds * 1000, 1), ok=ok)
