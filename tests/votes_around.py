"""Votes around listings: complete and ordinary, unless the test says otherwise."""

from __future__ import annotations

from typing import Any

from builders import NOW
from vote_builders import THE_KETTLE, a_standing
from zhengpin.domain.vote import Target
from zhengpin.domain.votes_around import VoterMix, VotesAround, VotesOn


def a_voter_mix(**changes: Any) -> VoterMix:
    """Voters of whom one in ten is trusted little."""
    return VoterMix(**{"distrusted": 0.1, "related": 0.05, "disagreement": 0.2, "solved_at": NOW, **changes})


def votes_on(target: Target = THE_KETTLE, **standing: Any) -> VotesOn:
    """Votes on a target that many recommend, trust solved over them."""
    return VotesOn(a_standing(target, **standing), voters=a_voter_mix())


def votes_around(*votes: VotesOn, **changes: Any) -> VotesAround:
    """Votes on these targets, each of its own kind."""
    return VotesAround({each.standing.target.kind: each for each in votes}, **changes)
