"""A channel to one server, and how a call over it is made."""

from __future__ import annotations

import time
from typing import Protocol, TypeVar, cast

import grpc
from google.protobuf.message import Message

from zhengpin_client.channels import Channels
from zhengpin_client.errors import Busy, FailedCall, ZhengpinError, from_call
from zhengpin_client.methods import DEADLINES, service_config

_MOST_ANSWER_BYTES = 64 * 1024 * 1024
"""A page of explained verdicts is larger than what a server takes as a request."""

Request = TypeVar("Request", bound=Message)
Answer = TypeVar("Answer", bound=Message)
Asked_contra = TypeVar("Asked_contra", contravariant=True)
Answered_co = TypeVar("Answered_co", covariant=True)


class Method(Protocol[Asked_contra, Answered_co]):
    """A unary method of a generated stub."""

    def __call__(
        self,
        request: Asked_contra,
        /,
        timeout: float | None = None,
        metadata: tuple[tuple[str, str], ...] | None = None,
    ) -> Answered_co:
        """Call it."""


def _open(target: str, credentials: grpc.ChannelCredentials | None) -> grpc.Channel:
    """Open one channel, on a connection of its own: without saying so, gRPC would put several on the same one."""
    options = [
        ("grpc.service_config", service_config()),
        ("grpc.enable_retries", 1),
        ("grpc.max_receive_message_length", _MOST_ANSWER_BYTES),
        ("grpc.use_local_subchannel_pool", 1),
    ]
    if credentials is None:
        return grpc.insecure_channel(target, options)
    return grpc.secure_channel(target, credentials, options)


class Connection:
    """A channel whose calls name one marketplace. Safe to share between threads."""

    def __init__(
        self,
        target: str,
        marketplace: str,
        timeout: float | None = None,
        credentials: grpc.ChannelCredentials | None = None,
        connections: int = 1,
    ) -> None:
        """Open the channel; the first call connects. `timeout`, in seconds, replaces every unary method's deadline."""
        opened = [_open(target, credentials) for _ in range(connections)]
        self.channel = opened[0] if len(opened) == 1 else Channels(opened)
        self.target = target
        self.metadata = (("zhengpin-marketplace", marketplace),)
        self._timeout = timeout

    def call(
        self, name: str, method: Method[Request, Answer], request: Request, timeout: float | None = None
    ) -> Answer:
        """Call a unary method within its deadline, coming back as often as the server asks for within it."""
        deadline = timeout or self._timeout or DEADLINES[name]
        ends = time.monotonic() + deadline
        while True:
            try:
                return method(request, timeout=ends - time.monotonic(), metadata=self.metadata)
            except grpc.RpcError as error:
                failure = from_call(cast("FailedCall", error), name, self.target, deadline)
                if not isinstance(failure, Busy) or time.monotonic() + failure.retry_after_seconds >= ends:
                    raise failure from None  # the failure says all that the status said
                time.sleep(failure.retry_after_seconds)

    def failure(self, error: grpc.RpcError, method: str) -> ZhengpinError:
        """Say what a broken stream means."""
        return from_call(cast("FailedCall", error), method, self.target, None)
