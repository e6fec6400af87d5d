"""Batches: each item is checked and converted alone, so that a bad one never fails its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from google.protobuf.message import Message

from zhengpin.errors import InvalidInput, ZhengpinError
from zhengpin.service.status import status_of
from zhengpin.service.validation import check
from zhengpin.v1 import batch_pb2

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Sorted(Generic[Item]):
    """A batch's items: the good ones with their places, and what is wrong with the others."""

    good: tuple[tuple[int, Item], ...]
    problems: dict[int, ZhengpinError]


def sort_items(messages: Sequence[Any], convert: Callable[[Any], Item]) -> Sorted[Item]:
    """Check and convert each message."""
    good: list[tuple[int, Item]] = []
    problems: dict[int, ZhengpinError] = {}
    for place, message in enumerate(messages):
        try:
            check(message)
            good.append((place, convert(message)))
        except InvalidInput as problem:
            problems[place] = problem
    return Sorted(tuple(good), problems)


def batch_response(ids: Sequence[str], problems: dict[int, ZhengpinError]) -> batch_pb2.BatchResponse:
    """How each item fared, in the request's order."""
    results = [
        batch_pb2.ItemResult(index=place, id=each, error=status_of(problems[place]) if place in problems else None)
        for place, each in enumerate(ids)
    ]
    return batch_pb2.BatchResponse(results=results, accepted=len(ids) - len(problems))


def first_field(message: Message) -> str:
    """An item's own id: by the contract's habit its first field."""
    return str(getattr(message, message.DESCRIPTOR.fields[0].name))
