"""Frozen values that are quick to make.

A frozen dataclass fills a new value through `object.__setattr__`, field by field. Here a value is filled while it
belongs to an open twin of its class, with the same slots, and then frozen in one step; nobody but who fills it has
seen it by then. A listing's 24 fields take 0.7 µs instead of 3.2 µs (CPython 3.11), and 0.5 µs through its factory,
which begins with the open twin and so spares the call of `__init__`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import update_wrapper
from typing import Any, ParamSpec, TypeVar

Value = TypeVar("Value")
Parameters = ParamSpec("Parameters")

_OPEN_UP = object.__dict__["__class__"].__set__


def quickly_made(kind: type[Value]) -> type[Value]:
    """Give a frozen dataclass with slots a quicker `__init__`; nothing else about it changes.

    Raises `TypeError` for a class whose `__init__` does more than to fill its fields.
    """
    quick = _written(kind, "__init__", "self", first="open_up(self, Open)", last="")
    type.__setattr__(kind, "__init__", update_wrapper(quick, kind.__init__))
    del quick.__wrapped__  # type: ignore[attr-defined]  # its signature has a sign of its own for a default to be made
    return kind


def quick_factory(kind: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """Give a function that makes a frozen dataclass's values from the same arguments, quicker than its class.

    Raises `TypeError` for a class whose `__init__` does more than to fill its fields.
    """
    return _written(kind, "make", first="self = Open()", last="return self")


def _written(kind: Any, name: str, *parameters: str, first: str, last: str) -> Callable[..., Any]:
    """Write a function that begins with an open twin, fills it, and freezes it."""
    parts = fields(kind)  # a TypeError is what anything but a dataclass deserves
    if hasattr(kind, "__post_init__") or any(part.kw_only or not part.init for part in parts):
        raise TypeError(f"{kind.__name__} does more at its making than to fill its fields in order")
    twin = type(f"Open{kind.__name__}", (), {"__slots__": kind.__slots__})
    namespace: dict[str, Any] = {"open_up": _OPEN_UP, "Open": twin, "Frozen": kind, "MISSING": MISSING}
    head = ", ".join([*parameters, *[_parameter(part, namespace) for part in parts]])
    body = [first, *[f"self.{part.name} = {_argument(part)}" for part in parts], "self.__class__ = Frozen", last]
    exec(f"def {name}({head}):\n    " + "\n    ".join(filter(None, body)), namespace)  # noqa: S102  as dataclasses do
    written: Callable[..., Any] = namespace[name]
    return written


def _parameter(part: Field[Any], namespace: dict[str, Any]) -> str:
    if part.default_factory is not MISSING:
        namespace[f"make_{part.name}"] = part.default_factory
        return f"{part.name}=MISSING"
    if part.default is not MISSING:
        namespace[f"default_{part.name}"] = part.default
        return f"{part.name}=default_{part.name}"
    return part.name


def _argument(part: Field[Any]) -> str:
    if part.default_factory is MISSING:
        return part.name
    return f"make_{part.name}() if {part.name} is MISSING else {part.name}"
