"""What happens around every call: room, validation, statuses for errors, one line of log."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import grpc
import structlog
from google.protobuf.message import Message

from zhengpin.service.status import Overloaded, abort
from zhengpin.service.validation import check

log = structlog.get_logger(__name__)

Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
OUR_SERVICES = "/zhengpin.v1."

_KINDS: Mapping[tuple[bool, bool], tuple[str, Callable[..., Handler]]] = {
    (False, False): ("unary_unary", grpc.unary_unary_rpc_method_handler),
    (False, True): ("unary_stream", grpc.unary_stream_rpc_method_handler),
    (True, False): ("stream_unary", grpc.stream_unary_rpc_method_handler),
    (True, True): ("stream_stream", grpc.stream_stream_rpc_method_handler),
}
"""By (request is a stream, answer is a stream): where a handler keeps its method, and how one is made."""


class Around(grpc.ServerInterceptor):
    """Wraps each method of Zhengpin's own services; health, reflection and channelz are left alone."""

    def __init__(self, most_calls: int, most_streams: int) -> None:
        """Take `most_calls` at once, of which `most_streams` may be streams; refuse the others with `RetryInfo`."""
        self._calls = threading.BoundedSemaphore(most_calls)
        self._streams = threading.BoundedSemaphore(most_streams)

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Handler | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler | None:
        """Wrap the method's handler in the form of its kind."""
        handler = continuation(handler_call_details)
        if handler is None or not handler_call_details.method.startswith(OUR_SERVICES):
            return handler
        method = handler_call_details.method.rpartition("/")[2]
        field, make = _KINDS[bool(handler.request_streaming), bool(handler.response_streaming)]
        inner = getattr(handler, field)
        if handler.response_streaming:
            wrapped: Callable[..., Any] = self._streaming(method, inner)
        else:
            wrapped = self._answering(method, inner, self._streams if handler.request_streaming else self._calls)
        return make(wrapped, handler.request_deserializer, handler.response_serializer)

    def _answering(
        self, method: str, inner: Callable[..., Any], room: threading.BoundedSemaphore
    ) -> Callable[..., Any]:
        """A method that answers once."""

        def call(request: Any, context: grpc.ServicerContext) -> Any:
            with _Logged(method), _Taken(room, context):
                try:
                    if isinstance(request, Message):
                        check(request)
                    return inner(request, context)
                except Exception as error:  # noqa: BLE001  every error becomes a status
                    _end(context, error)

        return call

    def _streaming(self, method: str, inner: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """A method that answers with a stream."""

        def call(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
            with _Logged(method), _Taken(self._streams, context):
                try:
                    if isinstance(request, Message):
                        check(request)
                    yield from inner(request, context)
                except Exception as error:  # noqa: BLE001  every error becomes a status
                    _end(context, error)

        return call


def _end(context: grpc.ServicerContext, error: Exception) -> None:
    """Answer an error, unless the caller is gone and nobody would read it."""
    if context.is_active():
        abort(context, error)
    raise error


class _Taken:
    """A place among the calls that run at once."""

    def __init__(self, room: threading.BoundedSemaphore, context: grpc.ServicerContext) -> None:
        self._room = room
        self._context = context

    def __enter__(self) -> None:
        if not self._room.acquire(blocking=False):
            abort(self._context, Overloaded("too many calls at once: send it again a little later", 0.5))

    def __exit__(self, *_: object) -> None:
        self._room.release()


class _Logged:
    """One line a call, with how long it took."""

    def __init__(self, method: str) -> None:
        self._method = method

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        milliseconds = round((time.perf_counter() - self._start) * 1000, 1)
        log.info("call", method=self._method, ms=milliseconds, ok=kind is None)
