"""One vote of the simulated marketplace, and what it really is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhengpin.domain.vote import Vote, Voter


class VoteStory(StrEnum):
    """How a vote came about."""

    USUAL = "usual"
    CROWD = "crowd"
    """A television programme showed the goods."""
    FOLLOWERS = "followers"
    """An opinion leader showed the goods, and followers bought them."""
    STAFF = "staff"
    """People of one warehouse, who know the goods that they pack."""
    ACQUAINTANCES = "acquaintances"
    """Friends who bought together."""
    CAMOUFLAGE = "camouflage"
    """An ordinary vote of an account that also votes for money. Nobody ordered it, so it is not arranged."""
    BURST = "burst"
    DRIP = "drip"
    FARM = "farm"
    """One of many jobs of the same accounts."""
    RING = "ring"
    """Shops of a ring praise their own and warn of a rival."""

    @property
    def arranged(self) -> bool:
        """Whether somebody ordered the vote, so that it should not count."""
        return self in _ARRANGED

    @property
    def looks_like(self) -> str:
        """What sort of arranged vote this honest one is taken for; empty for ordinary ones."""
        return _LOOKS_LIKE.get(self, "")


_ARRANGED = frozenset({VoteStory.BURST, VoteStory.DRIP, VoteStory.FARM, VoteStory.RING})
_LOOKS_LIKE = {
    VoteStory.CROWD: VoteStory.BURST,
    VoteStory.FOLLOWERS: VoteStory.BURST,
    VoteStory.STAFF: VoteStory.FARM,
    VoteStory.ACQUAINTANCES: VoteStory.RING,
}


@dataclass(frozen=True, slots=True)
class Plot:
    """What votes have in common that came about together."""

    story: VoteStory
    name: str = ""
    """Of this crowd, group of friends or brigade; empty for ordinary votes. It means nothing outside the simulation."""


USUAL = Plot(VoteStory.USUAL)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote with the truth about it, which is told to nobody but those who measure."""

    vote: Vote
    voter: Voter
    plot: Plot
