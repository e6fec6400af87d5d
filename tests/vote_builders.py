"""Votes for tests: complete and ordinary, unless the test says otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from builders import KETTLE, NOW
from zhengpin.domain.hit import Text
from zhengpin.domain.standing import Board, Standing, VoteCounts
from zhengpin.domain.vote import Target, TargetKind, Vote, Voter, VoteTag, WhyNotCounted
from zhengpin.domain.vote_rates import GammaRates, LargeBatches, VoteRates
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.domain.vote_window import VoteWindow

THE_KETTLE = Target(TargetKind.PRODUCT, KETTLE)


def a_voter(voter_id: str = "voter-1", **changes: Any) -> Voter:
    """A shop owner of one year whom nobody invited."""
    ordinary: dict[str, Any] = {"registered_at": NOW - timedelta(days=365)}
    return Voter(voter_id, **{**ordinary, **changes})


def a_vote(vote_id: str = "vote-1", **changes: Any) -> Vote:
    """A recommendation of the kettle."""
    ordinary: dict[str, Any] = {
        "voter_id": "voter-1",
        "target": THE_KETTLE,
        "recommends": True,
        "cast_at": NOW,
        "tags": (VoteTag.GENUINE,),
        "text": "烧水很快",
    }
    return Vote(vote_id, **{**ordinary, **changes})


def a_current_vote(voter_id: str = "voter-1", **changes: Any) -> CurrentVote:
    """A recommendation of the kettle that counts in full."""
    ordinary: dict[str, Any] = {
        "target": THE_KETTLE,
        "vote_id": f"vote-of-{voter_id}",
        "recommends": True,
        "cast_at": NOW,
        "circle": voter_id,
        "strength": 1.0,
        "trust": 0.5,
    }
    return CurrentVote(voter_id=voter_id, **{**ordinary, **changes})


def a_standing(target: Target = THE_KETTLE, **changes: Any) -> Standing:
    """A target that many recommend."""
    ordinary: dict[str, Any] = {
        "board": Board.RED,
        "share": 0.9,
        "low": 0.8,
        "high": 0.95,
        "effective_votes": 20.0,
        "circles": 12,
        "counts": VoteCounts(40, 3, 30, 2, 11),
        "category_share": 0.6,
        "as_of": NOW,
    }
    return Standing(target, **{**ordinary, **changes})


def a_vote_rates(**changes: Any) -> VoteRates:
    """A side of a target gets a vote a week."""
    ordinary: dict[str, Any] = {
        "made_at": NOW,
        "began_at": NOW - timedelta(days=90),
        "hourly": GammaRates(0.4, 67.0),
        "daily": GammaRates(0.4, 2.8),
        "bought": 0.4,
        "recommended": 0.8,
        "batches": (LargeBatches(0.0, (), ()), LargeBatches(129_600.0, (6800,), (0.1,))),
    }
    return VoteRates(**{**ordinary, **changes})


def a_window(window_id: str = "window-1", *, raised_at: datetime = NOW, **changes: Any) -> VoteWindow:
    """A burst of votes on the kettle, an hour ago."""
    ordinary: dict[str, Any] = {
        "target": THE_KETTLE,
        "why": WhyNotCounted.BURST,
        "cast_from": raised_at - timedelta(hours=1),
        "cast_until": raised_at,
        "voters": 20,
        "expected_voters": 1.5,
        "raised_at": raised_at,
        "evidence": (Text(zh="一小时内20票", en="20 votes within an hour"),),
    }
    return VoteWindow(window_id, **{**ordinary, **changes})
