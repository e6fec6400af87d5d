"""Votes of shop owners: who recommends what, or warns of it. A purchase is not needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhengpin.domain.listing import Image
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.word import Word

OF_ONE_LISTING: Final = "listing:"
"""What the keys of products begin with that can't be told over their sellers: the listing's id follows."""


class TargetKind(Word):
    """What a vote speaks of."""

    PRODUCT = "product"
    BRAND = "brand"
    FACTORY = "factory"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One product, brand, factory or place of origin."""

    kind: TargetKind
    key: str
    """A product's key over its sellers (of goods whose product can't be told, `listing:` and the listing's id), a
    brand's or factory's id, or the normalised name of a place."""


class VoteTag(Word):
    """A reason that the voter ticked."""

    GENUINE = "genuine"
    FAKE = "fake"
    GOOD_QUALITY = "good_quality"
    POOR_QUALITY = "poor_quality"
    AS_DESCRIBED = "as_described"
    NOT_AS_DESCRIBED = "not_as_described"
    FAIR_PRICE = "fair_price"
    OVERPRICED = "overpriced"
    GOOD_SERVICE = "good_service"
    POOR_SERVICE = "poor_service"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a voter gives as proof of having bought the goods."""

    order_id: str = ""
    """An order that was told; then it is looked up."""
    proof: str = ""
    """A receipt's URI or hash; kept for people, and counts for nothing until somebody has looked."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes. Whatever could name a person stays with the marketplace: the id is a pseudonym."""

    voter_id: str
    registered_at: datetime
    supplier_id: str = ""
    """The supplier whose shop the voter owns or works for."""
    invited_by: str = ""
    """The voter who brought this one in."""
    banned: bool = False
    """The marketplace takes no votes of this one any more, and those before don't count."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Vote:
    """One opinion of one voter on one target, as it was cast."""

    vote_id: str
    voter_id: str
    target: Target
    recommends: bool
    """True recommends, false warns."""
    cast_at: datetime
    tags: tuple[VoteTag, ...] = ()
    text: str = ""
    images: tuple[Image, ...] = ()
    purchase: Purchase | None = None
    predicted_share: float | None = None
    """What share of owners will recommend it, as the voter guesses: from 0 to 1. For analysts, not for the count."""
    listing_id: str = ""
    """The listing that the voter had before it, where it voted on one."""


class WhyNotCounted(Word):
    """Why a vote is left out of the count. It stays in the log, and may count again."""

    SUPERSEDED = "superseded"
    """The voter has said something else of the target since."""
    BANNED = "banned"
    """The marketplace has banned the voter."""
    OWN_TARGET = "own_target"
    """The voter's own goods, brand or factory."""
    BURST = "burst"
    """Cast in an alarmed window: far more votes than this target's own past explains, by voters who look arranged."""
    DRIP = "drip"
    """Cast in an alarmed window: one-sided votes, a few a day, by voters who look arranged."""
    LOCKSTEP = "lockstep"
    """Cast together with others who vote on the same targets in the same days, again and again."""
    DENSE_BLOCK = "dense_block"
    """Cast by a block of voters who share far more targets than chance would give them."""


class PurchaseProof(Word):
    """What the order that a vote names proved when the vote was counted last."""

    PROVEN = "proven"
    """The voter's own purchase of what the vote is on."""
    UNPROVEN = "unproven"
    """No purchase of the voter's: somebody else bought or named it first, it bought something else, or was undone."""
    ORDER_UNKNOWN = "order_unknown"
    """Nothing, for nobody has told of the order."""
    NAMED_FIRST = "named_first"
    """A purchase that is believed in part: nobody told who the buyer is, and the voter was the first to name it."""


@dataclass(frozen=True, slots=True)
class CountedVote:
    """A vote with what it counts."""

    vote: Vote
    weight: float
    """From 0 to 1; 0 if it does not count."""
    why_not: WhyNotCounted | None = None
    window_id: str = ""
    """The excluded window that it lies in."""
    purchase: PurchaseProof | None = None
    """Of votes that name an order, until another takes their place."""
