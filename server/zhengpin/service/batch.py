"""Batches: each item is read alone, so that a bad one never fails its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from google.protobuf.message import Message

from zhengpin.errors import InvalidInput, ZhengpinError
from zhengpin.service.status import status_of
from zhengpin.v1 import batch_pb2

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Sorted(Generic[Item]):
    """A batch's items: the good ones with their places, and what is wrong with the others."""

    good: tuple[tuple[int, Item], ...]
    problems: dict[int, ZhengpinError]


def sort_items(messages: Iterable[Any], read: Callable[[Any], Item]) -> Sorted[Item]:
    """Read each message."""
    good: list[tuple[int, Item]] = []
    problems: dict[int, ZhengpinError] = {}
    for place, message in enumerate(messages):
        try:
            good.append((place, read(message)))
        except InvalidInput as problem:
            problems[place] = problem
    return Sorted(tuple(good), problems)


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
