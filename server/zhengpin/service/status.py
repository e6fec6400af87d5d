"""Errors as gRPC statuses with `google.rpc` details: the only place where the two meet."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import grpc
import structlog
from google.protobuf import any_pb2, duration_pb2
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from zhengpin.errors import (
    AlreadyRunning,
    DeadlinePassed,
    Fault,
    InvalidInput,
    InvalidModel,
    NotFound,
    RequestIdReused,
    Unavailable,
    WrongState,
    ZhengpinError,
)

DOMAIN = "zhengpin"

log = structlog.get_logger(__name__)


_WITHOUT_DETAILS: Mapping[type[ZhengpinError], tuple[int, str]] = {
    RequestIdReused: (code_pb2.ALREADY_EXISTS, "REQUEST_ID_REUSED"),
    DeadlinePassed: (code_pb2.DEADLINE_EXCEEDED, "DEADLINE_PASSED"),
    WrongState: (code_pb2.FAILED_PRECONDITION, "WRONG_STATE"),
    InvalidModel: (code_pb2.FAILED_PRECONDITION, "INVALID_MODEL"),
    AlreadyRunning: (code_pb2.RESOURCE_EXHAUSTED, "ALREADY_RUNNING"),
    Fault: (code_pb2.INTERNAL, "INTERNAL_FAULT"),
}
"""Status and reason of the errors whose text says all."""


def status_of(error: Exception) -> status_pb2.Status:
    """The status that answers an error; an unexpected one is logged and answered with a reference id."""
    match error:
        case InvalidInput():
            return _status(code_pb2.INVALID_ARGUMENT, "INVALID_INPUT", error, _bad_request(error))
        case NotFound():
            resource = error_details_pb2.ResourceInfo(
                resource_type=f"zhengpin.v1.{error.kind}", resource_name=error.name, description=str(error)
            )
            return _status(code_pb2.NOT_FOUND, "NOT_FOUND", error, resource)
        case Overloaded():
            return _status(code_pb2.RESOURCE_EXHAUSTED, "OVERLOADED", error, _retry_info(error))
        case Unavailable():
            return _status(code_pb2.UNAVAILABLE, "UNAVAILABLE", error, _retry_info(error))
        case ZhengpinError() if type(error) in _WITHOUT_DETAILS:
            return _status(*_WITHOUT_DETAILS[type(error)], error)
        case _:
            return status_of(_fault(error))


class Overloaded(Unavailable):
    """More calls at once than this process takes."""


def abort(context: grpc.ServicerContext, error: Exception) -> None:
    """End a call with an error's status."""
    context.abort_with_status(rpc_status.to_status(status_of(error)))


def _fault(error: Exception) -> Fault:
    fault = Fault(uuid4().hex)
    log.error("unexpected fault", reference=fault.reference, exc_info=error)
    return fault


def _status(code: int, reason: str, error: ZhengpinError, *details: Message) -> status_pb2.Status:
    info = error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN)
    if isinstance(error, Fault):
        info.metadata["reference"] = error.reference
    packed = [any_pb2.Any() for _ in range(len(details) + 1)]
    for holder, detail in zip(packed, (info, *details), strict=True):
        holder.Pack(detail)
    return status_pb2.Status(code=code, message=str(error), details=packed)


def _bad_request(error: InvalidInput) -> error_details_pb2.BadRequest:
    violations = [
        error_details_pb2.BadRequest.FieldViolation(field=each.field, description=each.description)
        for each in error.violations
    ]
    return error_details_pb2.BadRequest(field_violations=violations)


def _retry_info(error: Unavailable) -> error_details_pb2.RetryInfo:
    delay = duration_pb2.Duration()
    delay.FromMilliseconds(int(error.retry_after_seconds * 1000))
    return error_details_pb2.RetryInfo(retry_delay=delay)
