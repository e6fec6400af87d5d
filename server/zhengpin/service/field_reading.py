"""How one field of a message is read: the lines that test what it holds and make what it becomes."""

from __future__ import annotations

from typing import Any, Final, Protocol

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from zhengpin.service.made import NO_DEFAULT, Made, Maker
from zhengpin.service.rule_tests import HANDLED_APART, UNSURE, RuleTests, is_flat, size_tests
from zhengpin.v1 import validate_pb2

_INDENT: Final = "    "
_NOT_IGNORED: Final = frozenset(
    {FieldDescriptor.CPPTYPE_FLOAT, FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_ENUM}
)
"""Zero values that are tested all the same: -0.0 is none to protovalidate, and an enum's becomes something."""


class Readers(Protocol):
    """The functions that read the types of messages that a field may hold."""

    made: Made
    tests: RuleTests

    def named(self, kind: Descriptor) -> str | None:
        """Give the name of a type's function; `None` where nothing of it need be read."""

    def known(self, name: str, what: Any) -> str:
        """Let the code know something by a name; give the name."""


def local(field: str) -> str:
    """Name the variable that holds a field."""
    return f"its_{field}"


class FieldReading:
    """The lines that read one field, into a variable if it is wanted."""

    def __init__(self, readers: Readers, field: FieldDescriptor, maker: Maker | None) -> None:
        """Want the fields that the maker takes."""
        self._readers = readers
        self._field = field
        self._its = local(field.name)
        self._wanted = maker is not None and field.name in maker.parameters
        self._default = maker.parameters[field.name] if maker is not None and self._wanted else NO_DEFAULT
        self._rules = field.GetOptions().Extensions[validate_pb2.field]
        self._is_ignored = self._rules.ignore == validate_pb2.IGNORE_ALWAYS
        if self._is_ignored:
            self._rules = validate_pb2.FieldRules()

    def lines(self) -> list[str]:
        """Write them; none where nobody asks for the field."""
        body = self._body()
        if not body and not self._wanted and not self._rules.required:
            return []
        read = f"{self._its} = message.{self._field.name}"
        if not self._field.has_presence:
            return [read, *self._never_absent(body)]
        return self._where_given(read, body)

    def _body(self) -> list[str]:
        """Test what the field holds, and make what it becomes."""
        if self._is_ignored and not self._wanted:
            return []
        if not self._field.is_repeated:
            return self._of_one(self._field, self._rules, self._its, wanted=self._wanted)
        return self._of_map() if is_map(self._field) else self._of_list()

    def _never_absent(self, body: list[str]) -> list[str]:
        """A field that doesn't know whether it was given; its zero value says nothing."""
        if self._rules.required:
            return [*demand(self._its), *body]
        if (
            body
            and self._rules.ignore == validate_pb2.IGNORE_IF_ZERO_VALUE
            and self._field.cpp_type not in _NOT_IGNORED
        ):
            body = [f"if {self._its}:", *indented(body)]
        if self._default and self._default is not NO_DEFAULT and self._field.enum_type is None:
            body = [*body, f"{self._its} = {self._its} or {self._default_name()}"]
        return body

    def _where_given(self, read: str, body: list[str]) -> list[str]:
        """A field that knows whether it was given is looked at only then; what is no zero value was given."""
        is_given = given(self._field)
        if self._field.message_type is not None:
            first, then = [], [read, *body]
        else:
            first, then, is_given = [read], body, f"{self._its} or {is_given}"
        if self._rules.required:
            return [*first, *demand(is_given), *then]
        where_not = [f"{self._its} = {self._default_name()}"] if self._wanted else []
        if not then:
            return [*first, f"if not ({is_given}):", *indented(where_not)]
        lines = [*first, f"if {is_given}:", *indented(then)]
        return [*lines, "else:", *indented(where_not)] if where_not else lines

    def _default_name(self) -> str:
        if self._default is NO_DEFAULT:
            raise TypeError(f"{self._field.full_name} may be left out, but what it becomes then is not known")
        if self._default is None:
            return "None"
        return self._readers.known(f"default_{self._field.full_name.replace('.', '_')}", self._default)

    def _of_list(self) -> list[str]:
        rules, field = self._rules.repeated, self._field
        each = self._of_one(field, rules.items, "item", wanted=False)
        sizes = [*self._unsure_of_several(), *demand(*size_tests(rules, self._its))]
        if self._wanted and field.message_type is not None:
            loop = [f"{self._its} = tuple([{self._made_of(field, 'item')} for item in {self._its}])"]
        else:
            loop = [f"{self._its} = tuple({self._its})"] if self._wanted else []
            loop += [f"for item in {self._its}:", *indented(each)] if each else []
        return self._unless_empty(sizes, loop, may_be_empty=not rules.min_items)

    def _of_map(self) -> list[str]:
        rules, entry = self._rules.map, self._field.message_type.fields_by_name  # type: ignore[union-attr]
        keys = self._of_one(entry["key"], rules.keys, "key", wanted=False)
        items = self._of_one(entry["value"], rules.values, "item", wanted=False)
        sizes = [*self._unsure_of_several(), *demand(*size_tests(rules, self._its))]
        pairs = f"{self._its}.items()"
        loop = [f"{self._its} = tuple(sorted({pairs}))"] if self._wanted else []
        pairs = self._its if self._wanted else pairs
        loop += [f"for key, item in {pairs}:", *indented([*keys, *items])] if keys or items else []
        return self._unless_empty(sizes, loop, may_be_empty=not rules.min_pairs)

    def _unless_empty(self, sizes: list[str], loop: list[str], *, may_be_empty: bool) -> list[str]:
        """What is mostly empty is tested only where it isn't: to go through nothing takes its time too."""
        if not may_be_empty or not (sizes or loop):
            return [*sizes, *loop]
        lines = [f"if {self._its}:", *indented([*sizes, *loop])]
        return [*lines, "else:", *indented([f"{self._its} = ()"])] if self._wanted else lines

    def _unsure_of_several(self) -> list[str]:
        read = HANDLED_APART | {"repeated", "map"}
        return demand(UNSURE) if any(kind.name not in read for kind, _ in self._rules.ListFields()) else []

    def _of_one(self, field: FieldDescriptor, rules: Any, value: str, *, wanted: bool) -> list[str]:
        """Read a single value, or each of several; `value` is the variable that holds it."""
        if rules.ignore == validate_pb2.IGNORE_ALWAYS and not wanted:
            return []
        tests = demand(*self._readers.tests.of_value(field, rules, value))
        made = self._made_of(field, value) if wanted else self._tested(field, value)
        becomes = f"{value} = {made}" if wanted else made
        lines = [*tests, becomes] if made not in {"", value} else tests
        return [*_parts(field, value), *lines] if lines else []

    def _tested(self, field: FieldDescriptor, value: str) -> str:
        kind = field.message_type
        reader = None if kind is None or is_flat(kind) else self._readers.named(kind)
        return f"{reader}({value})" if reader else ""

    def _made_of(self, field: FieldDescriptor, value: str) -> str:
        kind, made = field.message_type, self._readers.made
        if field.enum_type is not None:
            members = made.enums[field.enum_type.full_name]
            return f"{self._readers.known(f'{field.enum_type.name}_members', members)}[{value}]"
        if kind is None:
            return value
        if not is_flat(kind):
            return f"{self._readers.named(kind)}({value})"
        maker = made.values[kind.full_name]
        parts = ", ".join(f"{value}_{part}" for part in maker.parameters)
        return f"{self._readers.known(f'make_{kind.name}', maker.make)}({parts})"


def is_map(field: FieldDescriptor) -> bool:
    """Whether a field is a map."""
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def given(field: FieldDescriptor) -> str:
    """Ask whether a field was given."""
    return f"message.HasField({field.name!r})"


def demand(*tests: str) -> list[str]:
    """Be unsure unless all tests hold."""
    return [f"if not ({' and '.join(tests)}): raise Unsure"] if tests else []


def indented(lines: list[str]) -> list[str]:
    """Set lines under another."""
    return [_INDENT + line for line in lines]


def _parts(field: FieldDescriptor, value: str) -> list[str]:
    """A flat message is read where it stands."""
    kind = field.message_type
    return [f"{value}_{part.name} = {value}.{part.name}" for part in kind.fields] if kind and is_flat(kind) else []
