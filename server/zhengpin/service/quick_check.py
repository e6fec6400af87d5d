"""Quick checks: generated functions that know an ordinary message when they see one.

Each is generated from the annotations that protovalidate reads too. It answers true only for a message in which
protovalidate would find nothing; whatever it isn't sure of, protovalidate judges and explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from zhengpin.service.rule_tests import HANDLED_APART, UNSURE, RuleTests, size_tests
from zhengpin.v1 import validate_pb2

QuickCheck: TypeAlias = Callable[[Any], bool]

_INDENT = "    "
_FLOATS = frozenset({FieldDescriptor.CPPTYPE_FLOAT, FieldDescriptor.CPPTYPE_DOUBLE})


_checks: dict[type[Message], QuickCheck] = {}


def is_surely_valid(message: Message) -> bool:
    """Whether a message surely keeps the contract, with all its parts; false where only protovalidate knows."""
    kind = type(message)
    check = _checks.get(kind)
    if check is None:
        check = _checks[kind] = quick_check(kind)
    return check(message)


def quick_check(kind: type[Message]) -> QuickCheck:
    """Generate the check of one type of messages."""
    checks = _Checks()
    name = checks.named(cast("Descriptor", kind.DESCRIPTOR))
    check: QuickCheck = checks.namespace[name]
    return check


class _Checks:
    """One function for each type of message that a message may contain."""

    def __init__(self) -> None:
        self._tests = RuleTests()
        self.namespace = self._tests.namespace
        self._names: dict[str, str] = {}
        self._free: set[str] = set()
        """Types that no rule binds: nothing of theirs need be read."""

    def named(self, descriptor: Descriptor) -> str:
        """Give the name of a type's function; a type may contain itself."""
        name = self._names.get(descriptor.full_name)
        if name is None:
            name = self._names[descriptor.full_name] = f"is_{descriptor.full_name.replace('.', '_')}"
            body = list(self._message(descriptor))
            if not body:
                self._free.add(name)
            source = "\n".join([f"def {name}(message):", *_indented([*body, "return True"])])
            exec(compile(source, f"<quick check of {descriptor.full_name}>", "exec"), self.namespace)  # noqa: S102
        return name

    def _message(self, descriptor: Descriptor) -> Iterator[str]:
        if descriptor.GetOptions().HasExtension(validate_pb2.message):
            yield from _demand(UNSURE)
        for oneof in descriptor.oneofs:
            if oneof.GetOptions().Extensions[validate_pb2.oneof].required:
                yield from _demand(f"message.WhichOneof({oneof.name!r})")
        for field in descriptor.fields:
            yield from self._field(field)

    def _field(self, field: FieldDescriptor) -> list[str]:
        rules = field.GetOptions().Extensions[validate_pb2.field]
        if rules.ignore == validate_pb2.IGNORE_ALWAYS:
            return []
        demands = self._demands(field, rules)
        if field.has_presence:
            return _where_given(field, demands, required=rules.required)
        if rules.required:
            demands = [*_demand("value"), *demands]
        elif demands and rules.ignore == validate_pb2.IGNORE_IF_ZERO_VALUE and field.cpp_type not in _FLOATS:
            demands = ["if value:", *_indented(demands)]  # not for floats: -0.0 is no zero value
        return [f"value = message.{field.name}", *demands] if demands else []

    def _demands(self, field: FieldDescriptor, rules: validate_pb2.FieldRules) -> list[str]:
        """Write the demands on what a field holds, which stands in the variable `value`."""
        if not field.is_repeated:
            return self._demands_of_one(field, rules, "value")
        read = HANDLED_APART | {"repeated", "map"}
        unsure = _demand(UNSURE) if any(kind.name not in read for kind, _ in rules.ListFields()) else []
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            return [*unsure, *self._demands_of_map(field.message_type, rules.map)]
        return [*unsure, *self._demands_of_list(field, rules.repeated)]

    def _demands_of_list(self, field: FieldDescriptor, rules: validate_pb2.RepeatedRules) -> list[str]:
        each = self._demands_of_one(field, rules.items, "item")
        loop = ["for item in value:", *_indented(each)] if each else []
        return [*_demand(*size_tests(rules, "value")), *loop]

    def _demands_of_map(self, entry: Descriptor, rules: validate_pb2.MapRules) -> list[str]:
        keys = self._demands_of_one(entry.fields_by_name["key"], rules.keys, "key")
        items = self._demands_of_one(entry.fields_by_name["value"], rules.values, "item")
        loop = ["for key, item in value.items():", *_indented([*keys, *items])] if keys or items else []
        return [*_demand(*size_tests(rules, "value")), *loop]

    def _demands_of_one(self, field: FieldDescriptor, rules: validate_pb2.FieldRules, value: str) -> list[str]:
        """Write the demands on a single value, or on each of several; `value` is the variable that holds it."""
        if rules.ignore == validate_pb2.IGNORE_ALWAYS:
            return []
        tests = self._tests.of_value(field, rules, value)
        if field.message_type is not None:
            name = self.named(field.message_type)
            tests += [] if name in self._free else [f"{name}({value})"]
        return _demand(*tests)


def _where_given(field: FieldDescriptor, demands: list[str], *, required: bool) -> list[str]:
    """A field that knows whether it was given is looked at only then."""
    given = f"message.HasField({field.name!r})"
    value = f"value = message.{field.name}"
    if required:
        return [*_demand(given), value, *demands]
    return [f"if {given}:", *_indented([value, *demands])] if demands else []


def _demand(*tests: str) -> list[str]:
    return [f"if not ({' and '.join(tests)}): return False"] if tests else []


def _indented(lines: list[str]) -> list[str]:
    return [_INDENT + line for line in lines]
