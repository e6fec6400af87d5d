"""What is known of votes by now: shops and orders may be told after a vote was cast, and orders be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhengpin.domain.vote import WhyNotCounted
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.errors import NotFound
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.vote_strength import Ballot, Dealings, read_dealings, with_dealings
from zhengpin.usecases.vote_targets import TargetFinder


def as_known_now(unit: UnitOfWork, votes: Sequence[CurrentVote]) -> list[CurrentVote]:
    """Votes with what is known of them now, in their order; trust in their voters stays as it is.

    Votes on what the catalogue no longer knows stay as they are, as does relation where no owner is known any more.
    """
    ballots = {ballot.vote.vote_id: ballot for ballot in _ballots(unit, votes)}
    earliest_first = sorted(ballots.values(), key=lambda each: (each.vote.cast_at, each.vote.vote_id))
    dealings = read_dealings(unit, earliest_first)
    return [_looked_at(vote, ballots.get(vote.vote_id), dealings) for vote in votes]


def _ballots(unit: UnitOfWork, votes: Sequence[CurrentVote]) -> Iterator[Ballot]:
    """Those of the votes whose voter and target are known, as they were cast."""
    cast = unit.votes.find_many({vote.vote_id for vote in votes})
    voters = unit.voters.at_polls({vote.voter_id for vote in votes})
    finder = TargetFinder(unit)
    for vote in votes:
        if vote.vote_id not in cast or vote.voter_id not in voters:
            continue
        try:
            known = finder.find(vote.target)
        except NotFound:
            continue
        yield Ballot(cast[vote.vote_id], voters[vote.voter_id], known)


def _looked_at(vote: CurrentVote, ballot: Ballot | None, dealings: Dealings) -> CurrentVote:
    if ballot is None:
        return vote
    bought = dealings.bought(ballot)
    if not ballot.known.owners:
        return with_dealings(vote, ballot, bought, is_related=vote.related)
    known = with_dealings(vote, ballot, bought, is_related=dealings.is_related(ballot))
    if vote.why_not not in {None, WhyNotCounted.OWN_TARGET}:
        return known
    return replace(known, why_not=WhyNotCounted.OWN_TARGET if ballot.is_on_own_target else None)
