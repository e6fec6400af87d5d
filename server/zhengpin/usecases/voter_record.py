"""A voter's trust as it is kept, and how one more vote moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from zhengpin.domain.vote_tally import VoterTrust, VoteTally
from zhengpin.reputation.behaviour import Conduct
from zhengpin.reputation.voter_sums import TargetSums, VoterSums, newcomer, sums_after


def new_voter(voter_id: str, at: float) -> VoterTrust:
    """How far somebody is trusted who votes for the first time, at this moment."""
    return _kept(voter_id, newcomer(at))


def after_vote(known: VoterTrust, others: VoteTally, at: float, *, recommends: bool) -> VoterTrust:
    """How far a voter is trusted after one more vote, on a target on which the others' votes add up to this tally."""
    sums = sums_after(_sums(known), TargetSums(others.backing, others.praise), 1.0 if recommends else -1.0, at)
    return _kept(known.voter_id, sums, known.second_opinion, known.solved_at, known.acquaintances)


def solved_voter(
    voter_id: str, sums: VoterSums, trust: float, second_opinion: float, solved_at: datetime
) -> VoterTrust:
    """How far a voter is trusted after a full solve, with the sums that it found."""
    return replace(_kept(voter_id, sums, second_opinion, solved_at), trust=trust)


def _sums(known: VoterTrust) -> VoterSums:
    conduct = Conduct(
        float(known.votes),
        known.first_at,
        known.last_at,
        known.unhurried,
        known.day_squares,
        known.on_last_day,
    )
    return VoterSums(conduct, known.proven, known.agreed)


def _kept(
    voter_id: str,
    sums: VoterSums,
    second_opinion: float | None = None,
    solved_at: datetime | None = None,
    acquaintances: str = "",
) -> VoterTrust:
    conduct = sums.conduct
    return VoterTrust(
        voter_id,
        sums.trust_at(conduct.last_at),
        int(conduct.votes),
        conduct.first_at,
        conduct.last_at,
        conduct.unhurried,
        conduct.day_squares,
        conduct.on_last_day,
        sums.proven,
        sums.agreed,
        second_opinion,
        solved_at,
        acquaintances,
    )
