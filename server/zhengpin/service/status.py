"""Errors as gRPC statuses with `google.rpc` details: the only place where the two meet."""

from __future__ import annotations

from uuid import uuid4

import grpc
import structlog
from google.protobuf import any_pb2, duration_pb2
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from zhengpin.errors import (
    DeadlinePassed,
    Fault,
    InvalidInput,
    NotFound,
    RequestIdReused,
    Unavailable,
    ZhengpinError,
)

DOMAIN = "zhengpin"

log = structlog.get_logger(__name__)


def status_of(error: Exception) -> status_pb2.Status:  # noqa: PLR0911  one line an error
    """The status that answers an error; an unexpected one is logged and answered with a reference id."""
    match error:
        case InvalidInput():
            return _status(code_pb2.INVALID_ARGUMENT, error, "INVALID_INPUT", _bad_request(error))
        case NotFound():
            resource = error_details_pb2.ResourceInfo(
                resource_type=f"zhengpin.v1.{error.kind}", resource_name=error.name, description=str(error)
            )
            return _status(code_pb2.NOT_FOUND, error, "NOT_FOUND", resource)
        case RequestIdReused():
            return _status(code_pb2.ALREADY_EXISTS, error, "REQUEST_ID_REUSED")
        case DeadlinePassed():
            return _status(code_pb2.DEADLINE_EXCEEDED, error, "DEADLINE_PASSED")
        case Overloaded():
            return _status(code_pb2.RESOURCE_EXHAUSTED, error, "OVERLOADED", _retry_info(error))
        case Unavailable():
            return _status(code_pb2.UNAVAILABLE, error, "UNAVAILABLE", _retry_info(error))
        case Fault():
            return _status(code_pb2.INTERNAL, error, "INTERNAL_FAULT")
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


def _status(code: int, error: ZhengpinError, reason: str, *details: Message) -> status_pb2.Status:
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
