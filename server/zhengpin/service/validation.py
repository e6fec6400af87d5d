"""Every violation of a message at once: the contract's own rules, and the few that it can't express.

An ordinary message is known by its quick check; protovalidate is asked only about the others, and has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator

import protovalidate
from google.protobuf.message import Message

from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.offer import offer_violations
from zhengpin.service.pattern_words import pattern_in_words
from zhengpin.service.quick_check import is_surely_valid
from zhengpin.v1 import listing_pb2, screening_service_pb2

_validator = protovalidate.Validator()

_NUL = "\0"
_SHOWN = 60
_OF_PEOPLE = frozenset({"buyer_id", "voter_id", "invited_by", "token"})
"""Fields for pseudonyms and keyed tokens. What is none may be a name or a phone number, and answers are kept: it is not
repeated."""
MOST_EXPLAINED = 200
"""Explanations in one answer; each takes about 20 kB, and a message has 16 MiB."""


def check(message: Message) -> None:
    """Raise `InvalidInput` with every violation of a message.

    Items of batches are checked one by one, and what the prices of an offer say of one another where they are read
    (`convert.offer`).
    """
    explanations = tuple(_explanation_violations(message))
    if not explanations and is_surely_valid(message):
        return
    violations = (*_contract_violations(message), *explanations, *_of_its_offer(message))
    if violations:
        raise InvalidInput(*violations)


def _contract_violations(message: Message) -> Iterator[FieldViolation]:
    """What the rules in protos/ say."""
    for violation in _validator.collect_violations(message):
        elements = violation.proto.field.elements if violation.proto.field else ()
        path = "".join(_path_step(element) for element in elements).lstrip(".")
        repeats = not elements or elements[-1].field_name not in _OF_PEOPLE
        yield FieldViolation(path or message.DESCRIPTOR.name, _description(violation, repeats=repeats))


def _path_step(element: object) -> str:
    """One step of a path as people write it: `.offer`, `.images[3]`, `.attributes["colour"]`."""
    subscript = getattr(element, "subscript", None)
    name = f".{getattr(element, 'field_name', '')}"
    if subscript is None:
        return name
    key = getattr(subscript, "value", subscript)
    return f'{name}["{_shown(key)}"]' if isinstance(key, str) else f"{name}[{key}]"


def _shown(key: str) -> str:
    """A key as it can be read: NUL ends a text for much of what shows or stores one."""
    return key.replace(_NUL, r"\0")


def _description(violation: protovalidate.Violation, *, repeats: bool) -> str:
    """What is wrong; `repeats` with the value where it is short enough to be read."""
    text = violation.proto.message
    value = violation.field_value
    if value == "" and violation.proto.rule_id in {"string.pattern", "string.uuid", "string.uuid_empty"}:
        return "is missing: give it"
    if violation.proto.rule_id == "string.not_contains" and violation.rule_value == _NUL:
        return "contains the character NUL (U+0000), which no text may have: take it out"
    if violation.proto.rule_id == "string.pattern":
        text = pattern_in_words(violation.rule_value) or text
        if len(value) > _SHOWN:
            return f"{text}, but has {len(value)}"
    shown = repr(value) if repeats and isinstance(value, (str, int, float)) else ""
    return f"{text}, but is {shown}" if shown and len(shown) <= _SHOWN else text


def _explanation_violations(message: Message) -> Iterator[FieldViolation]:
    """An answer with too many explanations would be larger than a message may be."""
    if isinstance(message, screening_service_pb2.BatchScreenListingsRequest):
        path, requests = "requests", message.requests
    elif isinstance(message, screening_service_pb2.StreamScreenListingsRequest):
        path, requests = "page.requests", message.page.requests
    else:
        return
    explained = sum(request.explain for request in requests) if len(requests) > MOST_EXPLAINED else 0
    if explained > MOST_EXPLAINED:
        yield FieldViolation(
            path, f"{explained} items ask to explain: ask for at most {MOST_EXPLAINED} explanations in one batch"
        )


def _of_its_offer(message: Message) -> Iterator[FieldViolation]:
    if isinstance(message, listing_pb2.Listing):
        yield from offer_violations(message.offer, "offer")
    elif isinstance(message, screening_service_pb2.ScreenListingRequest):
        yield from offer_violations(message.listing.offer, "listing.offer")
