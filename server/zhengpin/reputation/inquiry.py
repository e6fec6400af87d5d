"""What an inquiry into votes has before it: who cast each when, and what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from zhengpin.reputation.company import VoteTraits
from zhengpin.reputation.drips import usual_a_day
from zhengpin.reputation.silence import Silence
from zhengpin.reputation.timeline import DAY, Flags, Numbers, Places, Timeline
from zhengpin.reputation.unity import CircleUnity
from zhengpin.reputation.usual import Usual
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_columns import A_FEW, VoterColumns

REGULAR: Final = 30 * DAY
"""Whoever began to vote longer ago did not come for this one vote."""


@dataclass(frozen=True)
class Inquiry:
    """Columns have a row for each place of the timeline."""

    timeline: Timeline
    voter: Places
    traits: VoteTraits
    usual: Usual

    @classmethod
    def into(
        cls,
        votes: VoteColumns,
        voters: VoterColumns,
        bought: Flags,
        usual: Usual | None = None,
        counted: Flags | None = None,
    ) -> Inquiry:
        """Put together what is known; `bought` tells of each vote whether a purchase is proven.

        What is `usual` is worked out of the votes where it isn't known. Raises ValueError where columns don't belong
        together.
        """
        if len(bought) != len(votes) or len(voters) != votes.voters:
            message = f"{len(votes)} votes of {votes.voters} voters: `bought` has {len(bought)}, voters {len(voters)}"
            raise ValueError(message)
        timeline = Timeline.of(votes, counted)
        voter = votes.voter[timeline.rows].astype(np.int64)
        registered_at = voters.registered_at[voter]
        first_at = voters.first_at if voters.first_at is not None else _first_votes(votes, counted)
        traits = VoteTraits(
            circle=voters.circle[voter],
            family=(voters.circle if voters.family is None else voters.family)[voter],
            registered_at=registered_at,
            at=timeline.at,
            bought=bought[timeline.rows],
            regular=timeline.at - _regular_since(votes, voters)[voter] > REGULAR,
            first=timeline.at <= first_at[voter],
        )
        return cls(timeline, voter, traits, usual or _usual(timeline, traits, voters, first_at))

    def without(self, places: Places) -> Inquiry:
        """The same without votes that were found to be arranged: they are nobody's usual votes."""
        left = np.delete(np.arange(len(self.voter)), places)
        return Inquiry(self.timeline.without(places), self.voter[left], self.traits.take(left), self.usual)

    @cached_property
    def usual_a_day(self) -> Numbers:
        """Of each place: how many votes a day were usual for its side when it was cast."""
        return usual_a_day(self.timeline, self.usual.daily)

    @cached_property
    def unity(self) -> CircleUnity:
        """How far circles agree."""
        return CircleUnity.of(self.timeline, self.traits.circle)

    @cached_property
    def _by_voter(self) -> tuple[Places, Places]:
        """All places in the order of their voters, and where each voter's begin, the end of the last included."""
        order = np.argsort(self.voter, kind="stable")
        count = int(self.voter.max(initial=-1)) + 1
        return order, np.searchsorted(self.voter[order], np.arange(count + 1))

    def places_of(self, voters: Places) -> Places:
        """Every place of some voters, in order."""
        order, bounds = self._by_voter
        return np.sort(np.concatenate([order[bounds[each] : bounds[each + 1]] for each in voters]))


def _usual(timeline: Timeline, traits: VoteTraits, voters: VoterColumns, first_at: Numbers) -> Usual:
    """What is usual, by votes and by who never voted; `first_at` tells of each voter when it first did."""
    never = np.full(len(voters.silent_since), np.inf)
    grown = traits.grown
    silence = Silence.of(
        np.r_[voters.registered_at, voters.silent_since],
        np.r_[first_at, never],
        traits.at[grown],
        traits.first[grown],
    )
    largest_family = int(np.bincount(traits.family).max(initial=0)) / max(len(traits.family), 1)
    return Usual.of(timeline, traits.bought, traits.registered_at, silence, largest_family)


def _first_votes(votes: VoteColumns, counted: Flags | None = None) -> Numbers:
    """When each voter cast the first of its votes that count (all, if it isn't told which do); infinity if none."""
    rows = slice(None) if counted is None else counted
    first = np.full(votes.voters, np.inf)
    np.minimum.at(first, votes.voter[rows], votes.at[rows])
    return first


def _regular_since(votes: VoteColumns, voters: VoterColumns) -> Numbers:
    if voters.regular_since is not None:
        return voters.regular_since
    has_a_few = np.bincount(votes.voter, minlength=len(voters)) >= A_FEW
    return np.where(has_a_few, _first_votes(votes), np.inf)
