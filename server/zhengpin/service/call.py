"""From a gRPC context to the call that a use case knows."""

from __future__ import annotations

import hashlib
import re

import grpc
from google.protobuf.message import Message

from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.usecases.call import Call

MARKETPLACE_KEY = "zhengpin-marketplace"
DEFAULT_MARKETPLACE = "default"
_MARKETPLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def marketplace_of(context: grpc.ServicerContext) -> str:
    """The marketplace that a call's metadata names; raises `InvalidInput` for a name that can't be one."""
    named = [value for key, value in context.invocation_metadata() or () if key == MARKETPLACE_KEY]
    if not named:
        return DEFAULT_MARKETPLACE
    if len(named) > 1 or not _MARKETPLACE.fullmatch(str(named[0])):
        raise InvalidInput(
            FieldViolation(
                f"metadata {MARKETPLACE_KEY}",
                "must be given once: 1 to 63 lower-case letters, digits and hyphens, a letter or digit first",
            )
        )
    return str(named[0])


def call_of(context: grpc.ServicerContext, method: str, request: Message) -> Call:
    """Who asks for what. `request_id` is read where the request has one; without one there is nothing to digest."""
    request_id = getattr(request, "request_id", "")
    return Call(
        marketplace=marketplace_of(context),
        method=method,
        request_id=request_id,
        payload_digest=digest_of(request) if request_id else "",
        expired=lambda: not context.is_active(),
    )


def digest_of(request: Message) -> str:
    """SHA-256 of a request in hexadecimal, the same for equal requests."""
    return hashlib.sha256(request.SerializeToString(deterministic=True)).hexdigest()
