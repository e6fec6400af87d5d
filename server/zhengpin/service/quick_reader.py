"""Quick readers: generated functions that read an ordinary message once, test it, and make what it becomes.

Each is generated from the annotations that protovalidate reads too, and from the parameters of what the message
becomes, which bear the names of its fields. It gives a value only for a message in which protovalidate would find
nothing; whatever it isn't sure of, protovalidate and the plain converter judge and explain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from zhengpin.service.field_reading import FieldReading, demand, given, indented, local
from zhengpin.service.made import NOTHING, Made, Maker
from zhengpin.service.rule_tests import UNSURE, RuleTests
from zhengpin.v1 import validate_pb2

QuickReader: TypeAlias = Callable[[Any], Any]


class Unsure(ValueError):
    """A message that only protovalidate and its plain converter can judge."""


def quick_reader(kind: type[Message], made: Made = NOTHING) -> QuickReader:
    """Generate the reader of one type of messages; what becomes nothing is only tested.

    The reader raises `ValueError`, mostly as `Unsure`. Raises `TypeError` where a message can't become what it should.
    """
    readers = _Readers(made)
    descriptor = cast("Descriptor", kind.DESCRIPTOR)
    reader: QuickReader = readers.namespace[readers.named(descriptor) or readers.name(descriptor)]
    return reader


class _Readers:
    """One function for each type of message that a message may contain."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.tests = RuleTests()
        self.namespace = self.tests.namespace
        self.namespace["Unsure"] = Unsure
        self._written: set[str] = set()
        self._free: set[str] = set()
        """Types that become nothing and that no rule binds: nothing of theirs need be read."""

    def name(self, kind: Descriptor) -> str:
        """Name a type's function."""
        return f"read_{kind.full_name.replace('.', '_')}"

    def named(self, kind: Descriptor) -> str | None:
        """Write a type's function, once, and give its name; a type may contain itself. `None` for a free type."""
        name = self.name(kind)
        if name not in self._written:
            self._written.add(name)
            self._write(name, kind)
        return None if name in self._free else name

    def known(self, name: str, what: Any) -> str:
        """Let the code know something by a name; give the name."""
        self.namespace[name] = what
        return name

    def _write(self, name: str, kind: Descriptor) -> None:
        maker = self.made.values.get(kind.full_name)
        body = [*self._tested(kind, maker), *(self._made_of(kind, maker) if maker else [])]
        if not body:
            self._free.add(name)
        source = "\n".join([f"def {name}(message):", *indented(_finding_has_once(body) or ["pass"])])
        exec(compile(source, f"<quick reader of {kind.full_name}>", "exec"), self.namespace)  # noqa: S102

    def _tested(self, kind: Descriptor, maker: Maker | None) -> Iterator[str]:
        if kind.GetOptions().HasExtension(validate_pb2.message):
            yield from demand(UNSURE)
        for oneof in kind.oneofs:
            if oneof.GetOptions().Extensions[validate_pb2.oneof].required:
                yield from demand(" or ".join(given(field) for field in oneof.fields))
        for field in kind.fields:
            yield from FieldReading(self, field, maker).lines()

    def _made_of(self, kind: Descriptor, maker: Maker) -> Iterator[str]:
        unknown = maker.parameters.keys() - {"message", *kind.fields_by_name}
        if unknown:
            raise TypeError(f"{kind.full_name} has no field for {', '.join(sorted(unknown))}")
        taken = ", ".join("message" if name == "message" else local(name) for name in maker.parameters)
        value = f"{self.known(f'make_{kind.name}', maker.make)}({taken})"
        if maker.is_right is not None:
            yield f"value = {value}"
            yield from demand(f"{self.known(f'is_right_{kind.name}', maker.is_right)}(value)")
            value = "value"
        yield f"return {value}"


def _finding_has_once(body: list[str]) -> list[str]:
    """To find a message's method takes as long as to call it."""
    if sum("message.HasField" in line for line in body) < 2:  # noqa: PLR2004
        return body
    return ["has = message.HasField", *[line.replace("message.HasField", "has") for line in body]]
