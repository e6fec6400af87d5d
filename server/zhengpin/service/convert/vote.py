"""Voters and votes on their way in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from zhengpin.detectors.matching import product_key
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import Image, Listing
from zhengpin.domain.vote import OF_ONE_LISTING, Purchase, Target, TargetKind, Vote, Voter, VoteTag
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.listing import image_from_proto
from zhengpin.service.convert.scalars import EnumPair, moment_from_proto
from zhengpin.v1 import vote_pb2 as pb


class Opinion(Enum):
    """What a vote says; the value tells whether it recommends."""

    RECOMMEND = True
    WARN = False


OPINIONS: Final = EnumPair(Opinion, pb.Opinion, "OPINION_")
TAGS: Final = EnumPair(VoteTag, pb.VoteTag, "VOTE_TAG_")

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Whoever was registered before was so by a clock that stood still, or in another unit of time."""

_NO_GOODS = "names no article of trade: give a GTIN of 8, 12, 13 or 14 digits with a right check digit, or the listing"
_NO_PLACE = "has no letter and no digit: give the name of a place"


def target_of(  # noqa: PLR0917  the message has these fields, and one of them is given
    listing_id: str = "",
    gtin: str = "",
    product_key: str = "",
    brand_id: str = "",
    factory_id: str = "",
    origin: str = "",
) -> Target:
    """What a vote speaks of; raises `ValueError` for a code or a place that names nothing.

    Which product a listing offers is looked up later.
    """
    if listing_id:
        return Target(TargetKind.PRODUCT, f"{OF_ONE_LISTING}{listing_id}")
    if gtin:
        return Target(TargetKind.PRODUCT, _product_with(gtin))
    if product_key:
        return Target(TargetKind.PRODUCT, product_key)
    if brand_id:
        return Target(TargetKind.BRAND, brand_id)
    if factory_id:
        return Target(TargetKind.FACTORY, factory_id)
    return Target(TargetKind.ORIGIN, place_named(origin))


def place_named(origin: str) -> str:
    """A place as places are compared; raises `ValueError` for a text that names none."""
    name = normalised_name(origin)
    if not name:
        raise ValueError(_NO_PLACE)
    return name


def _product_with(gtin: str) -> str:
    key = product_key(Listing("", "", gtin=gtin))
    if not key:
        raise ValueError(_NO_GOODS)
    return key


def target_from_proto(message: pb.VoteTarget, field: str = "target") -> Target:
    """What a vote speaks of; raises `InvalidInput` for a code or a place that names nothing."""
    name = message.WhichOneof("subject") or ""
    try:
        return target_of(**{name: getattr(message, name)})
    except ValueError as problem:
        raise InvalidInput(FieldViolation(f"{field}.{name}", str(problem))) from problem


def vote_of(  # noqa: PLR0917  the message has these fields
    vote_id: str,
    voter_id: str,
    target: Target,
    opinion: Opinion,
    cast_at: datetime,
    tags: Iterable[int] = (),
    text: str = "",
    images: tuple[Image, ...] = (),
    purchase: Purchase | None = None,
    predicted_share: float | None = None,
) -> Vote:
    """A vote as it was cast; tags are the contract's numbers."""
    of_listing = target.kind is TargetKind.PRODUCT and target.key.startswith(OF_ONE_LISTING)
    return Vote(
        vote_id=vote_id,
        voter_id=voter_id,
        target=target,
        recommends=opinion.value,
        cast_at=cast_at,
        tags=tuple([TAGS.from_proto(tag) for tag in tags]),
        text=text,
        images=images,
        purchase=purchase,
        predicted_share=predicted_share,
        listing_id=target.key.removeprefix(OF_ONE_LISTING) if of_listing else "",
    )


def vote_from_proto(message: pb.Vote) -> Vote:
    """A vote; raises `InvalidInput` for a target that can't be."""
    return vote_of(
        message.vote_id,
        message.voter_id,
        target_from_proto(message.target),
        OPINIONS.from_proto(message.opinion),
        moment_from_proto(message, "cast_at"),
        message.tags,
        message.text,
        tuple([image_from_proto(image) for image in message.images]),
        Purchase(message.purchase.order_id, message.purchase.proof) if message.HasField("purchase") else None,
        message.predicted_share if message.HasField("predicted_share") else None,
    )


def voter_from_proto(message: pb.Voter) -> Voter:
    """A voter; raises `InvalidInput` for one from before there were marketplaces."""
    voter = Voter(
        voter_id=message.voter_id,
        registered_at=moment_from_proto(message, "registered_at"),
        supplier_id=message.supplier_id,
        invited_by=message.invited_by,
        banned=message.banned,
    )
    if not is_of_our_time(voter):
        registered = voter.registered_at.isoformat(timespec="seconds")
        raise InvalidInput(FieldViolation("registered_at", f"must not lie before {EARLIEST:%Y}, but is {registered}"))
    return voter


def is_of_our_time(voter: Voter) -> bool:
    """Whether anybody can have registered then. No vote is cast before its voter was registered."""
    return voter.registered_at >= EARLIEST
