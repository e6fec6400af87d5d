"""The answers to batches, item by item: a bad one never fails its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.message import Message

from zhengpin.errors import ZhengpinError
from zhengpin.service.status import status_of
from zhengpin.v1 import batch_pb2


def batch_response(ids: Sequence[str], problems: dict[int, ZhengpinError]) -> batch_pb2.BatchResponse:
    """How each item fared, in the request's order."""
    response = batch_pb2.BatchResponse(accepted=len(ids) - len(problems))
    for place, each in enumerate(ids):
        response.results.add(index=place, id=each)
    for place, problem in problems.items():
        response.results[place].error.CopyFrom(status_of(problem))
    return response


def ids_of(messages: Sequence[Message]) -> list[str]:
    """Items' own ids: by the contract's habit their first field."""
    if not messages:
        return []
    name = messages[0].DESCRIPTOR.fields[0].name
    return [getattr(message, name) for message in messages]
