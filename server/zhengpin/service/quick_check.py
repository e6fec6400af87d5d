"""Quick checks: whether a message surely keeps the contract."""

from __future__ import annotations

from google.protobuf.message import Message

from zhengpin.service.quick_reader import QuickReader, quick_reader

_checks: dict[type[Message], QuickReader] = {}


def is_surely_valid(message: Message) -> bool:
    """Whether a message surely keeps the contract, with all its parts; false where only protovalidate knows."""
    kind = type(message)
    check = _checks.get(kind)
    if check is None:
        check = _checks[kind] = quick_reader(kind)
    try:
        check(message)
    except ValueError:
        return False
    return True
