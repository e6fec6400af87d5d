"""Standings: what the votes on a target add up to, and on which board that puts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.hit import Text
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.vote import Target
from zhengpin.domain.word import Word


class Board(Word):
    """Where a target stands in public."""

    UNLISTED = "unlisted"
    RED = "red"
    """Recommended."""
    BLACK = "black"
    """Warned of."""


class Proposal(Word):
    """What a standing proposes for the listings of its target. None of these delists, holds or demotes alone."""

    BOOST = "boost"
    LABEL = "label"
    DEMOTE = "demote"
    """For at most seven days, and only beside evidence of another family."""
    ORDER_SAMPLE = "order_sample"
    """Buy one and have it tested."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Parent:
    """What a target comes from: a product's brand, factory or origin, a factory's origin."""

    target: Target
    certainty: float
    """From 0 to 1: the share of the target's listings that say so."""
    share: float
    """The share that would recommend the parent, as it stood."""
    usual: float
    """The mean share of the parent's own kind and category."""
    effective_votes: float
    """How much the parent's share rests on, its own parents apart."""


@dataclass(frozen=True, slots=True)
class VoteCounts:
    """Votes by what became of them; of current votes, one a voter."""

    recommend: int = 0
    warn: int = 0
    counted_recommend: int = 0
    counted_warn: int = 0
    excluded: int = 0


@quickly_made
@dataclass(frozen=True, slots=True)
class Standing:
    """What the votes on one target add up to, each weighted by trust."""

    target: Target
    board: Board
    share: float
    """The share of owners that would recommend it: posterior mean, from 0 to 1."""
    low: float
    """Lower end of the 90 % credible interval."""
    high: float
    effective_votes: float
    """What its votes count together: as many fresh ones of strangers whom everybody trusts."""
    circles: int
    """How many circles of acquaintances the counted votes come from."""
    counts: VoteCounts
    category_share: float
    """The mean share of its kind and category, that it is compared with."""
    as_of: datetime
    since: datetime | None = None
    """Since when it stands on this board."""
    parents: tuple[Parent, ...] = ()
    proposes: tuple[Proposal, ...] = ()
    reasons: tuple[Text, ...] = ()
    alarmed: bool = False
    """A window of its votes is left out of the count, and nobody has decided on it yet."""


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A target that crossed a border: its listings are judged anew."""

    number: int
    """In the order in which changes were stored."""
    target: Target
    before: Board
    after: Board
    changed_at: datetime
