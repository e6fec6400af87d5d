"""Several connections to one server, used as one channel.

A server with several workers gets connections, not calls, shared out between them by its kernel: over a single
connection only one worker works.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from types import TracebackType
from typing import Any, Self

import grpc


class Channels(grpc.Channel):
    """Channels that take turns: every call goes over the next one. Safe to share between threads."""

    def __init__(self, channels: Sequence[grpc.Channel]) -> None:
        """Close the channels with this one."""
        self._channels = tuple(channels)

    def unary_unary(self, *arguments: Any, **options: Any) -> Any:
        """Make a method that answers once."""
        return _InTurn([channel.unary_unary(*arguments, **options) for channel in self._channels])

    def unary_stream(self, *arguments: Any, **options: Any) -> Any:
        """Make a method that answers with a stream."""
        return _InTurn([channel.unary_stream(*arguments, **options) for channel in self._channels])

    def stream_unary(self, *arguments: Any, **options: Any) -> Any:
        """Make a method that is asked with a stream."""
        return _InTurn([channel.stream_unary(*arguments, **options) for channel in self._channels])

    def stream_stream(self, *arguments: Any, **options: Any) -> Any:
        """Make a method that is asked and answers with streams."""
        return _InTurn([channel.stream_stream(*arguments, **options) for channel in self._channels])

    def subscribe(self, callback: Callable[[grpc.ChannelConnectivity], None], try_to_connect: bool = False) -> None:
        """Tell of each channel how it is connected."""
        for channel in self._channels:
            channel.subscribe(callback, try_to_connect)

    def unsubscribe(self, callback: Callable[[grpc.ChannelConnectivity], None]) -> None:
        """Tell it no more."""
        for channel in self._channels:
            channel.unsubscribe(callback)

    def close(self) -> None:
        """Close every channel."""
        for channel in self._channels:
            channel.close()

    def __enter__(self) -> Self:
        """Use it as a context manager to have it closed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close every channel."""
        self.close()


class _InTurn:
    """One method over each of several channels."""

    def __init__(self, methods: Sequence[Callable[..., Any]]) -> None:
        self._following = cycle(methods)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._next()(*arguments, **options)

    def with_call(self, *arguments: Any, **options: Any) -> Any:
        return self._next().with_call(*arguments, **options)

    def future(self, *arguments: Any, **options: Any) -> Any:
        return self._next().future(*arguments, **options)

    def _next(self) -> Any:
        # One step of a cycle is one step of the interpreter, so threads need no lock.
        return next(self._following)
