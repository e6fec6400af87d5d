"""What messages become: for each type a function whose parameters bear the names of the message's fields."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from google.protobuf.message import Message

from zhengpin.domain.quick_init import quick_factory

NO_DEFAULT: Final = MISSING


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes the value of one type of messages."""

    make: Callable[..., Any]
    """Raises `ValueError` for parts of which no value can be made."""
    parameters: Mapping[str, Any]
    """The fields it takes, in its order, with what each is where nothing is said, or `NO_DEFAULT`.

    `message` stands for the message itself.
    """
    is_right: Callable[[Any], bool] | None = None
    """What the value must keep beyond the contract's rules."""


def maker(make: Callable[..., Any], is_right: Callable[[Any], bool] | None = None) -> Maker:
    """Read the parameters of a frozen dataclass, or of a function that makes a value."""
    if is_dataclass(make):
        return Maker(quick_factory(make), {part.name: _default_of(part) for part in fields(make)}, is_right)
    signature = inspect.signature(make)
    given = {
        name: NO_DEFAULT if parameter.default is parameter.empty else parameter.default
        for name, parameter in signature.parameters.items()
    }
    return Maker(make, given, is_right)


def _default_of(part: Any) -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory()


@dataclass(frozen=True, slots=True)
class Made:
    """What types of messages and enums become, by their full names."""

    values: Mapping[str, Maker] = field(default_factory=dict)
    enums: Mapping[str, Mapping[int, Any]] = field(default_factory=dict)

    def and_of(self, kind: type[Message], maker: Maker) -> Made:
        """The same, and what one more type of messages becomes."""
        return replace(self, values={**self.values, kind.DESCRIPTOR.full_name: maker})


NOTHING: Final = Made()
"""Messages are only tested."""
