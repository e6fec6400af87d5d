"""What is kept of votes so that one more is an addition: however many there were, it costs the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.vote import Target, Voter, WhyNotCounted


@quickly_made
@dataclass(frozen=True, slots=True)
class CurrentVote:
    """What a voter says of a target now, and what that counts."""

    target: Target
    voter_id: str
    vote_id: str
    recommends: bool
    cast_at: datetime
    circle: str
    """`KnownVoter.counts_with`, as it was when the vote was weighed."""
    strength: float = 0.0
    """What is known of it alone when it is cast, from 0 to 1: purchase, age of the voter, relation to the target."""
    at_most: float = 1.0
    """What it can count by the voter's age and relation, from 0 to 1."""
    bought: bool = False
    """The voter has ordered the goods, as was told."""
    related: bool = False
    """The voter belongs to a competitor of the target, or was invited by its owner's or a competitor's people."""
    trust: float = 0.0
    """In the voter, as it stands in the sums. What a vote weighs by the two tells `reputation.weights`."""
    why_not: WhyNotCounted | None = None
    """`None` where it counts."""
    window_id: str = ""
    """The excluded window that it lies in."""
    told_late: float = 0.0
    """By how many seconds (`reputation.behaviour.told_late`)."""


@quickly_made
@dataclass(frozen=True, slots=True)
class CircleTally:
    """The counted votes of one circle on one target. Weights are grown to one moment for all votes."""

    recommends: int = 0
    warns: int = 0
    recommend_squares: float = 0.0
    """Sum of the squares of grown weights."""
    warn_squares: float = 0.0


@quickly_made
@dataclass(frozen=True, slots=True)
class VoteTally:
    """The votes on one target."""

    recommend_votes: int = 0
    """Current votes, counted or not."""
    warn_votes: int = 0
    counted_recommend_votes: int = 0
    counted_warn_votes: int = 0
    recommend: float = 0.0
    """What its circles count for it, grown."""
    warn: float = 0.0
    circles: int = 0
    """Of which any vote counts."""
    backing: float = 0.0
    """Sum of the squared trust in those whose votes count."""
    praise: float = 0.0
    """Sum of squared trust × opinion, +1 or −1."""


@dataclass(frozen=True, slots=True)
class VoteHour:
    """How many votes a target got in one hour, counted or not."""

    hour: int
    """Hours since 1970, UTC."""
    recommends: int = 0
    warns: int = 0


@quickly_made
@dataclass(frozen=True, slots=True)
class VoterTrust:
    """How far a voter's votes count, and the sums that this comes from. Moments are seconds since 1970, UTC."""

    voter_id: str
    trust: float
    """From 0 to 1."""
    votes: int
    first_at: float
    """When the first of them was cast, so much later as it was told late; so is it with `last_at` and what follows."""
    last_at: float
    unhurried: float = 0.0
    """Sum over votes of p / (p + 1), p the pause before in days."""
    day_squares: float = 0.0
    """Sum over days of the squared number of votes."""
    on_last_day: float = 0.0
    """Votes on the day of the last one."""
    proven: float = 0.0
    """How much the votes of others could prove of this one's."""
    agreed: float = 0.0
    """How much of that agreed with it."""
    second_opinion: float | None = None
    """By another method, from 0 to 1; `None` before the first full solve."""
    solved_at: datetime | None = None
    """When trust was last solved for all voters together."""
    acquaintances: str = ""
    """The circle that it belonged to then with those whom it meets on targets again and again; empty without any."""


@dataclass(frozen=True, slots=True)
class KnownVoter:
    """Somebody who comes to vote, with what must be known of it."""

    voter: Voter
    trust: VoterTrust | None = None
    """`None` for one who has not voted yet."""
    inviter_supplier_id: str = ""
    """Whose shop the voter's inviter owns or works for."""

    @property
    def counts_with(self) -> str:
        """The circle that its votes count with: its acquaintances', as far as it was seen among them, or its own."""
        acquaintances = "" if self.trust is None else self.trust.acquaintances
        return acquaintances or self.circle

    @property
    def circle(self) -> str:
        """Acquaintances, whose opinions are not independent: who was invited by one voter or out of one shop.

        With them goes whoever invited them, and all of that shop whom nobody invited.
        """
        inviter_or_self = self.voter.invited_by or self.voter.voter_id
        shop = self.inviter_supplier_id if self.voter.invited_by else self.voter.supplier_id
        return f"shop:{shop}" if shop else inviter_or_self


@dataclass(frozen=True, slots=True)
class ListingOrigin:
    """What listings of a target say it comes from. Empty text where they don't say."""

    suppliers: float
    """How many say just this; of one whose listings say several things, each has its share."""
    category: str = ""
    brand: str = ""
    """Its normalised name."""
    factory_id: str = ""
    origin: str = ""
    """The normalised name of a place."""
    sole_supplier_id: str = ""
    """Whose all of them are; empty if several suppliers say so."""
