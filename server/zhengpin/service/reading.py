"""Reading a message: an ordinary one in one pass, any other by the plain way that can explain what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from google.protobuf.message import Message

from zhengpin.service.made import Made
from zhengpin.service.quick_reader import quick_reader
from zhengpin.service.validation import check

Value = TypeVar("Value")


def reader(kind: type[Message], made: Made, convert: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """Give what checks messages of one type and makes what they become; it raises `InvalidInput` with every violation.

    `made` says what the type and its parts become; `convert` is the plain converter of a message that was checked, and
    comes to the same value.
    """
    quick: Callable[[Any], Value] = quick_reader(kind, made)

    def read(message: Any) -> Value:
        try:
            return quick(message)
        except ValueError:
            check(message)
            return convert(message)

    return read
