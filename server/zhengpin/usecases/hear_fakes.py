"""Hear which votes call the goods fake, and keep ready what that counts on each target and listing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from zhengpin.detectors.allegations import ClaimKind, claim_of
from zhengpin.domain.fake_vote import CountedFakeVote, FakeVote
from zhengpin.domain.vote import Target, Vote, VoteTag
from zhengpin.domain.votes_around import FakeWords
from zhengpin.reputation.fake_words import fake_words
from zhengpin.storage.allegations import LEAST_CERTAINTY
from zhengpin.storage.fake_votes import ON_ANY_LISTING
from zhengpin.storage.work import UnitOfWork

Says: TypeAlias = Callable[[Vote], FakeVote | None]
"""What a vote says of fakes."""


def heard(votes: Iterable[Vote]) -> Says:
    """Read what votes say of fakes, before a unit of work begins: long texts take long, and nobody else writes then."""
    said = {vote.vote_id: fake_vote(vote) for vote in reversed([*votes])}  # of two with one id the first is taken

    def says(vote: Vote) -> FakeVote | None:
        fake = said[vote.vote_id]
        return None if fake is None else replace(fake, target=vote.target)

    return says


def hear_fakes(unit: UnitOfWork, votes: Sequence[Vote], says: Says, now: datetime) -> None:
    """Keep what votes say that stand from now on, one of a voter on a target; what they weigh is stored by now."""
    if not votes:
        return
    said = [fake for vote in votes if (fake := says(vote)) is not None]
    _count(unit, unit.fake_votes.replace([(vote.target, vote.voter_id) for vote in votes], said), now)


def count_fakes(unit: UnitOfWork, targets: Collection[Target], now: datetime) -> None:
    """Count anew, after votes were weighed again, left out or let back in."""
    _count(unit, unit.fake_votes.called_fake(targets), now)


def _count(unit: UnitOfWork, targets: Iterable[Target], now: datetime) -> None:
    for target in targets:
        unit.fake_votes.put_words(target, _words(unit.fake_votes.counted(target), now))


def fake_vote(vote: Vote) -> FakeVote | None:
    """What a vote says of fakes: it warns, and its own words or a ticked reason call the goods fake.

    Words outweigh the reason: who ticks "fake" and writes that it is genuine after all calls nothing fake.
    """
    if vote.recommends:
        return None
    claim = claim_of(vote.text)
    in_words = claim.kind is ClaimKind.FAKE and claim.certainty >= LEAST_CERTAINTY
    ticked = VoteTag.FAKE in vote.tags and claim.kind is not ClaimKind.GENUINE
    if not in_words and not ticked:
        return None
    return FakeVote(vote.target, vote.voter_id, vote.listing_id, vote.cast_at, claim.sentence if in_words else "")


def _words(votes: Sequence[CountedFakeVote], now: datetime) -> dict[str, FakeWords]:
    """In all, and of each listing that any of them was cast before."""
    listings = {vote.listing_id for vote in votes} - {ON_ANY_LISTING}
    of_listings = {each: fake_words([vote for vote in votes if vote.listing_id == each], now) for each in listings}
    return {ON_ANY_LISTING: fake_words(votes, now), **of_listings}
