"""A quick check says of no message that it is right in which protovalidate finds something wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import protovalidate
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, text_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given, settings
from hypothesis import strategies as st

from callers import a_listing_message, a_moment, a_price_message, a_supplier_message, an_id, an_order_message, screening
from contract_messages import a_message, messages
from zhengpin.service.field_reading import is_map
from zhengpin.service.quick_check import is_surely_valid
from zhengpin.v1 import catalog_service_pb2, order_pb2, reputation_service_pb2, screening_service_pb2, validate_pb2

_validator = protovalidate.Validator()
_SERVICES = [
    *catalog_service_pb2.DESCRIPTOR.services_by_name.values(),
    *reputation_service_pb2.DESCRIPTOR.services_by_name.values(),
    *screening_service_pb2.DESCRIPTOR.services_by_name.values(),
]
REQUESTS = {method.input_type.full_name: method.input_type for service in _SERVICES for method in service.methods}


def _items_of(request: Descriptor) -> list[Descriptor]:
    return [field.message_type for field in request.fields if field.is_repeated and field.message_type is not None]


KINDS = REQUESTS | {item.full_name: item for request in REQUESTS.values() for item in _items_of(request)}
"""Every request of every service, and the items of its batches, which are checked one by one."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_quick_check_and_protovalidate_agree_on_every_request(kind: Descriptor, data: st.DataObject) -> None:
    message = data.draw(messages(kind))
    assert is_surely_valid(message) is (_validator.collect_violations(message) == [])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_right_messages_take_the_quick_way_and_wrong_ones_are_met_too(kind: Descriptor) -> None:
    chance = Random(7)  # noqa: S311  nothing secret is drawn
    assert all(is_surely_valid(a_message(kind, chance, 0)) for _ in range(30))
    assert any(not is_surely_valid(a_message(kind, chance, 0.3)) for _ in range(30))


ORDINARY: list[Message] = [
    a_listing_message(created_at=a_moment(), attributes={"colour": "red"}),
    a_supplier_message(),
    a_price_message(),
    an_order_message(),
    screening_service_pb2.ScreenListingRequest(request_id=an_id(), listing=a_listing_message()),
    screening_service_pb2.BatchScreenListingsRequest(request_id=an_id(), requests=[screening(a_listing_message())]),
    catalog_service_pb2.RecordPricesRequest(request_id=an_id(), prices=[a_price_message()]),
    catalog_service_pb2.RecordOrdersRequest(request_id=an_id(), events=[an_order_message(kind=0)]),
]


@pytest.mark.parametrize("message", ORDINARY, ids=lambda message: type(message).__name__)
def test_an_ordinary_message_needs_no_second_look(message: Message) -> None:
    assert is_surely_valid(message)


@pytest.mark.parametrize("stamp", [(0, -1), (0, 10**9), (-62_135_596_801, 0), (253_402_300_800, 0)])
def test_a_time_that_can_not_be_is_never_surely_right(stamp: tuple[int, int]) -> None:
    event = an_order_message(happened_at={"seconds": stamp[0], "nanos": stamp[1]})
    assert isinstance(event, order_pb2.OrderEvent)
    assert not is_surely_valid(event)


def test_no_text_of_any_request_may_hold_nul() -> None:
    held = [place for kind in KINDS.values() for place in _texts_under(kind, kind.full_name)]
    assert len(held) > 100
    assert [place for place, rules in held if not _refuses_nul(rules)] == []


def _texts_under(kind: Descriptor, place: str, above: frozenset[str] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Every text that a message of a type may hold, by its place, with its rules; a map's keys are texts too."""
    for field in kind.fields:
        rules, here = field.GetOptions().Extensions[validate_pb2.field], f"{place}.{field.name}"
        entry = field.message_type.fields_by_name if is_map(field) and field.message_type else {}
        parts = [(part, getattr(rules.map, f"{name}s")) for name, part in entry.items()]
        for part, ruled in parts or [(field, rules.repeated.items if field.is_repeated else rules)]:
            if part.cpp_type == FieldDescriptor.CPPTYPE_STRING:
                yield f"{here} ({part.name})", ruled.string
            elif part.message_type and part.message_type.full_name not in above | {"google.type.Money"}:
                yield from _texts_under(part.message_type, here, above | {kind.full_name})


_OF_NAMED_CHARACTERS = re.compile(r"\^(\(?\[([A-Za-z0-9._:/-]+|\^\\x00-\\x1f)\](\{[0-9,]+\})?(\)\?)?)+\$")


def _refuses_nul(rules: Any) -> bool:
    return rules.uuid or rules.not_contains == "\0" or bool(_OF_NAMED_CHARACTERS.fullmatch(rules.pattern))


_numbers = itertools.count()


def _message_with(kind: str, rules: str, *, repeated: bool = False, optional: bool = False) -> Descriptor:
    """Describe a message with one field `x` of a kind, under rules in text form."""
    number = next(_numbers)
    file = descriptor_pb2.FileDescriptorProto(name=f"odd{number}.proto", package=f"odd{number}", syntax="proto3")
    file.dependency.append("buf/validate/validate.proto")
    message = file.message_type.add(name="Odd")
    field = message.field.add(
        name="x",
        number=1,
        type=getattr(FieldDescriptor, f"TYPE_{kind.upper()}"),
        label=FieldDescriptor.LABEL_REPEATED if repeated else FieldDescriptor.LABEL_OPTIONAL,
    )
    if optional:
        message.oneof_decl.add(name="_x")
        field.oneof_index, field.proto3_optional = 0, True
    text_format.Parse(rules, field.options.Extensions[validate_pb2.field])
    pool = descriptor_pool.Default()
    pool.AddSerializedFile(file.SerializeToString())
    found: Descriptor = pool.FindMessageTypeByName(f"odd{number}.Odd")
    return found


KNOWN = [
    ("string", "required: true", {}),
    ("string", "required: true", {"optional": True}),
    ("string", "string { min_len: 2 max_len: 3 } ignore: IGNORE_IF_ZERO_VALUE", {}),
    ("string", "string { min_len: 2 } ignore: IGNORE_ALWAYS", {}),
    ("string", "string { uuid: false }", {}),
    ("string", "string { not_contains: 'x' }", {}),
    ("string", "repeated { min_items: 1 max_items: 2 items { string { min_len: 1 } } }", {"repeated": True}),
    ("string", "repeated { unique: true max_items: 3 }", {"repeated": True}),
    ("int32", "required: true int32 { gte: -5 }", {}),
    ("int64", "int64 { gt: 3 } ignore: IGNORE_IF_ZERO_VALUE", {}),
    ("uint64", "uint64 { lt: 18446744073709551615 }", {}),
    ("double", "double { finite: true }", {}),
    ("double", "double { gt: 0 lte: 1 }", {"optional": True}),
]


@pytest.mark.parametrize(("kind", "rules", "form"), KNOWN)
@given(data=st.data())
def test_rules_that_the_contract_does_not_combine_yet_agree_too(
    kind: str, rules: str, form: dict[str, bool], data: st.DataObject
) -> None:
    message = data.draw(messages(_described(kind, rules, form)))
    assert is_surely_valid(message) is (_validator.collect_violations(message) == [])


UNKNOWN = [
    ("string", "string { email: true }", {}),
    ("string", "string { const: 'a' }", {}),
    ("string", r"string { pattern: '^\\d+$' }", {}),
    ("string", "string { pattern: '[a-z]' }", {}),
    ("string", "cel { expression: 'this.size() < 3' }", {}),
    ("string", "cel { expression: 'this.size() < 3' }", {"repeated": True}),
    ("int32", "int32 { in: [0, 7] }", {}),
    ("int32", "int32 { const: 0 }", {}),
    ("double", "double { gte: 0 lt: inf }", {}),
    ("double", "required: true double { gte: -1 }", {}),
    ("double", "double { gt: 0 } ignore: IGNORE_IF_ZERO_VALUE", {}),
    ("int32", "int32 { gt: 10 lt: 5 }", {}),
    ("bytes", "bytes { max_len: 3 }", {}),
    ("bool", "bool { const: true }", {}),
]


@pytest.mark.parametrize(("kind", "rules", "form"), UNKNOWN)
def test_a_rule_that_is_not_known_is_left_to_protovalidate(kind: str, rules: str, form: dict[str, bool]) -> None:
    message = GetMessageClass(_described(kind, rules, form))()
    if form:
        message.x.extend(["a"])  # type: ignore[attr-defined]
    assert not is_surely_valid(message)


_known: dict[Any, Descriptor] = {}


def _described(kind: str, rules: str, form: dict[str, bool]) -> Descriptor:
    """A message with the field of a case; each is described once."""
    key = (kind, rules, *form)
    if key not in _known:
        _known[key] = _message_with(kind, rules, **form)
    return _known[key]
