"""Votes around listings: complete and ordinary, unless the test says otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from builders import KETTLE, NOW
from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Standing, VoteCounts
from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.domain.votes_around import VoterMix, VotesAround, VotesOn

THE_KETTLE = Target(TargetKind.PRODUCT, KETTLE)


def a_standing(target: Target = THE_KETTLE, **changes: Any) -> Standing:
    """Forty votes on the kettle, as good as on others of its category."""
    ordinary: dict[str, Any] = {
        "board": Board.UNLISTED,
        "share": 0.8,
        "low": 0.7,
        "high": 0.9,
        "effective_votes": 12.5,
        "circles": 9,
        "counts": VoteCounts(recommend=30, warn=10, counted_recommend=28, counted_warn=8, excluded=4),
        "category_share": 0.75,
        "as_of": NOW,
    }
    return Standing(target, **{**ordinary, **changes})


def a_window(window_id: str = "window-1", why: WhyNotCounted = WhyNotCounted.BURST, **changes: Any) -> VoteWindow:
    """Nine votes on the kettle within two hours, of which one was to be expected."""
    ordinary: dict[str, Any] = {
        "target": THE_KETTLE,
        "why": why,
        "cast_from": NOW - timedelta(hours=3),
        "cast_until": NOW - timedelta(hours=1),
        "voters": 9,
        "expected_voters": 1.1,
        "raised_at": NOW - timedelta(hours=1),
        "evidence": (Text("2小时内9票，预期1.1票", "9 votes in 2 hours where 1.1 were to be expected"),),
    }
    return VoteWindow(window_id, **{**ordinary, **changes})


def a_voter_mix(**changes: Any) -> VoterMix:
    """Voters of whom one in ten is trusted little."""
    return VoterMix(**{"distrusted": 0.1, "related": 0.05, "disagreement": 0.2, "solved_at": NOW, **changes})


def votes_on(target: Target = THE_KETTLE, **standing: Any) -> VotesOn:
    """Votes on a target, trust solved over them."""
    return VotesOn(a_standing(target, **standing), voters=a_voter_mix())


def votes_around(*votes: VotesOn, **changes: Any) -> VotesAround:
    """Votes on these targets, each of its own kind."""
    return VotesAround({each.standing.target.kind: each for each in votes}, **changes)
