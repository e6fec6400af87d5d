"""Every error that a call to Zhengpin raises, in one tree.

ZhengpinError
├── Rejected          the request breaks a rule of the contract: `violations` names every field
├── NotFound          no such thing in this marketplace
├── RequestIdReused   one request id, two payloads
├── WrongState        what is asked does not fit what is there now
├── Busy              the server takes no more work now: `retry_after_seconds` says when it will
├── Unreachable       no server answers at this address
└── DeadlinePassed    no answer in time: whether it was carried out is not known

Anything else that a server answers (a fault of its own, a refused key) is a plain `ZhengpinError` in its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

import grpc
from google.protobuf.message import DecodeError
from google.rpc import code_pb2, error_details_pb2, status_pb2

_DETAILS = "grpc-status-details-bin"
_Detail = TypeVar("_Detail", error_details_pb2.ResourceInfo, error_details_pb2.BadRequest)


class ZhengpinError(Exception):
    """The root of every error that a call raises."""


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One field, and what is wrong with it."""

    field: str
    description: str

    def __str__(self) -> str:
        """Read as `field: what is wrong`."""
        return f"{self.field}: {self.description}" if self.field else self.description


class Rejected(ZhengpinError):
    """The request breaks a rule of the contract; sending it again unchanged can't succeed."""

    def __init__(self, message: str, violations: tuple[FieldViolation, ...] = ()) -> None:
        """Keep every violation; the text names them all."""
        super().__init__("; ".join(map(str, violations)) if violations else message)
        self.violations = violations


class NotFound(ZhengpinError):
    """No such thing in this marketplace."""

    def __init__(self, message: str, kind: str = "", name: str = "") -> None:
        """Name the kind ("listing") and the id that was asked for, where the server told them."""
        super().__init__(message)
        self.kind = kind
        self.name = name


class RequestIdReused(ZhengpinError):
    """One request id was sent with two different payloads: send a new id with a new payload."""


class WrongState(ZhengpinError):
    """What is asked does not fit what is there now; the text says what to do instead."""


class Busy(ZhengpinError):
    """The server takes no more work now."""

    def __init__(self, message: str, retry_after_seconds: float) -> None:
        """Say when the server wants to be asked again."""
        super().__init__(f"{message} (asked to come back in {retry_after_seconds:g} s)")
        self.said = message
        self.retry_after_seconds = retry_after_seconds


class Unreachable(ZhengpinError):
    """No server answers at this address."""

    def __init__(self, target: str, reason: str) -> None:
        """Name the address, and what gRPC says of it."""
        super().__init__(
            f"No Zhengpin server answers at {target} ({reason}): "
            f"start it with `zhengpin-server serve`, or name another address"
        )
        self.target = target
        self.reason = reason


class DeadlinePassed(ZhengpinError):
    """No answer in time. The call may have been carried out: the same request_id makes asking again harmless."""

    def __init__(self, method: str, deadline: float | None) -> None:
        """Name the method, and the seconds that it had, where there was one deadline."""
        waited = f"within {deadline:g} s" if deadline is not None else "in time"
        super().__init__(f"{method} was not answered {waited}: ask again with the same request_id, or allow more time")
        self.method = method


class FailedCall(Protocol):
    """What a failed gRPC call tells of itself."""

    def code(self) -> grpc.StatusCode:
        """The status."""

    def details(self) -> str | None:
        """The status's text."""

    def trailing_metadata(self) -> tuple[tuple[str, str | bytes], ...] | None:
        """What the server sent after its answer."""


def from_call(call: FailedCall, method: str, target: str, deadline: float | None) -> ZhengpinError:
    """Turn a failed call into an error that says what to do; `deadline` in seconds."""
    status = _status_of(call)
    code = call.code()
    if code is grpc.StatusCode.UNAVAILABLE and retry_delay(status) is None:
        return Unreachable(target, call.details() or "")
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return DeadlinePassed(method, deadline)
    return from_status(status)


def from_status(status: status_pb2.Status) -> ZhengpinError:
    """Turn a `google.rpc.Status`, of a call or of one item of a batch, into an error."""
    delay = retry_delay(status)
    if delay is not None:
        return Busy(status.message, delay)
    if status.code == code_pb2.NOT_FOUND:
        resource = _detail(status, error_details_pb2.ResourceInfo())
        return NotFound(status.message, resource.resource_type, resource.resource_name)
    if status.code == code_pb2.ALREADY_EXISTS:
        return RequestIdReused(status.message)
    if status.code == code_pb2.FAILED_PRECONDITION:
        return WrongState(status.message)
    if status.code in {code_pb2.INVALID_ARGUMENT, code_pb2.RESOURCE_EXHAUSTED, code_pb2.OUT_OF_RANGE}:
        found = _detail(status, error_details_pb2.BadRequest()).field_violations
        return Rejected(status.message, tuple(FieldViolation(each.field, each.description) for each in found))
    return ZhengpinError(f"{code_pb2.Code.Name(status.code)}: {status.message}")


def retry_delay(status: status_pb2.Status) -> float | None:
    """When the server wants to be asked again, in seconds from now; `None` if it didn't say."""
    found = error_details_pb2.RetryInfo()
    if not any(each.Is(found.DESCRIPTOR) and each.Unpack(found) for each in status.details):
        return None
    return float(found.retry_delay.seconds + found.retry_delay.nanos / 1e9)


def _detail(status: status_pb2.Status, empty: _Detail) -> _Detail:
    """The status's detail of this type, or `empty`."""
    for each in status.details:
        if each.Is(empty.DESCRIPTOR):
            each.Unpack(empty)
            break
    return empty


def _status_of(call: FailedCall) -> status_pb2.Status:
    """The call's rich status; where the server sent none, its plain code and text."""
    for key, value in call.trailing_metadata() or ():
        if key == _DETAILS and isinstance(value, bytes):
            try:
                return status_pb2.Status.FromString(value)
            except DecodeError:
                break
    number, _ = call.code().value
    return status_pb2.Status(code=number, message=call.details() or "")
