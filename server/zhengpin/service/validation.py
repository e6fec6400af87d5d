"""Every violation of a message at once: the contract's own rules, and the few that it can't express."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import protovalidate
from google.protobuf.message import Message

from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.v1 import listing_pb2, screening_service_pb2

_validator = protovalidate.Validator()

OFFER_PRICES = ("single_price", "was_price", "merchant_discount", "platform_subsidy", "campaign_floor", "unit_cost")
_SHOWN = 60
MOST_EXPLAINED = 200
"""Explanations in one answer; each takes about 20 kB, and a message has 16 MiB."""


def check(message: Message) -> None:
    """Raise `InvalidInput` with every violation of a message, items of batches excepted."""
    violations = tuple(_contract_violations(message)) + tuple(_further_violations(message))
    if violations:
        raise InvalidInput(*violations)


def _contract_violations(message: Message) -> Iterator[FieldViolation]:
    """What the rules in protos/ say."""
    for violation in _validator.collect_violations(message):
        elements = violation.proto.field.elements if violation.proto.field else ()
        path = "".join(_path_step(element) for element in elements).lstrip(".")
        yield FieldViolation(path or message.DESCRIPTOR.name, _description(violation))


def _path_step(element: object) -> str:
    """One step of a path as people write it: `.offer`, `.images[3]`, `.attributes["colour"]`."""
    subscript = getattr(element, "subscript", None)
    name = f".{getattr(element, 'field_name', '')}"
    if subscript is None:
        return name
    key = getattr(subscript, "value", subscript)
    return f'{name}["{key}"]' if isinstance(key, str) else f"{name}[{key}]"


def _description(violation: protovalidate.Violation) -> str:
    """What is wrong, with the value where it is short enough to be read."""
    text = violation.proto.message
    value = violation.field_value
    if value == "" and violation.proto.rule_id in {"string.pattern", "string.uuid", "string.uuid_empty"}:
        return "is missing: give it"
    shown = repr(value) if isinstance(value, (str, int, float)) else ""
    return f"{text}, but is {shown}" if shown and len(shown) <= _SHOWN else text


def _further_violations(message: Message) -> Iterable[FieldViolation]:
    if isinstance(message, listing_pb2.Listing):
        return _offer_violations(message.offer, "offer")
    if isinstance(message, screening_service_pb2.ScreenListingRequest):
        return _offer_violations(message.listing.offer, "listing.offer")
    if isinstance(message, screening_service_pb2.BatchScreenListingsRequest):
        return _explanation_violations(message, "requests")
    if isinstance(message, screening_service_pb2.StreamScreenListingsRequest):
        return _explanation_violations(message.page, "page.requests")
    return ()


def _explanation_violations(
    batch: screening_service_pb2.BatchScreenListingsRequest, path: str
) -> Iterator[FieldViolation]:
    """An answer with too many explanations would be larger than a message may be."""
    explained = sum(request.explain for request in batch.requests)
    if explained > MOST_EXPLAINED:
        yield FieldViolation(
            path, f"{explained} items ask to explain: ask for at most {MOST_EXPLAINED} explanations in one batch"
        )


def _offer_violations(offer: listing_pb2.Offer, path: str) -> Iterator[FieldViolation]:
    """All prices of an offer are in one currency, and each group size has one price."""
    given = {field.name for field, _ in offer.ListFields()}
    prices = [(name, getattr(offer, name)) for name in OFFER_PRICES if name in given]
    prices += [(f"group_tiers[{place}].price", tier.price) for place, tier in enumerate(offer.group_tiers)]
    for name, price in prices[1:]:
        if price.currency_code != prices[0][1].currency_code:
            yield FieldViolation(
                f"{path}.{name}",
                f"is in {price.currency_code!r}, but {prices[0][0]} is in {prices[0][1].currency_code!r}: "
                "give all prices of an offer in one currency",
            )
    sizes = [tier.size for tier in offer.group_tiers]
    for place, size in enumerate(sizes):
        if size in sizes[:place]:
            yield FieldViolation(f"{path}.group_tiers[{place}].size", f"{size} stands twice: give each group size once")
