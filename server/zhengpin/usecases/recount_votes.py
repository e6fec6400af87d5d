"""Let votes count otherwise than before: left out of the count, or let in again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.hear_fakes import count_fakes
from zhengpin.usecases.stand_targets import stand_targets
from zhengpin.usecases.vote_ledger import VoteLedger
from zhengpin.usecases.vote_targets import TargetFinder

AT_ONCE: Final = 500
"""Votes that one unit of work counts anew: nobody else writes meanwhile."""


def recount_votes(unit: UnitOfWork, votes: Sequence[CurrentVote], now: datetime) -> None:
    """Let current votes stand as they are given here, and their targets where that puts them."""
    ledger = VoteLedger(unit, {(vote.target, vote.voter_id) for vote in votes})
    for vote in votes:
        ledger.take_back((vote.target, vote.voter_id))
        ledger.put_in(vote)
    tallies = ledger.store()
    count_fakes(unit, tallies.keys(), now)
    stand_targets(unit, TargetFinder(unit), tallies.keys(), now, tallies=tallies)
