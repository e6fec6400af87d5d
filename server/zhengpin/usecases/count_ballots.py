"""Count new votes at once: what voters say of targets now, how far they are trusted, and where the targets stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from zhengpin.domain.vote import Target, TargetKind, Vote, WhyNotCounted
from zhengpin.domain.vote_tally import CurrentVote, VoterTrust, VoteTally
from zhengpin.domain.vote_window import VoteWindow
from zhengpin.reputation.behaviour import told_late
from zhengpin.storage.current_votes import Seat
from zhengpin.storage.listing_targets import product_of
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.hear_fakes import Says, count_fakes, hear_fakes
from zhengpin.usecases.stand_targets import stand_targets
from zhengpin.usecases.vote_ledger import VoteLedger
from zhengpin.usecases.vote_strength import Ballot, read_dealings, with_dealings
from zhengpin.usecases.vote_targets import TargetFinder
from zhengpin.usecases.voter_record import after_vote, new_voter
from zhengpin.usecases.watch_bursts import BurstAlarm, burst_alarms


def count_ballots(
    unit: UnitOfWork, finder: TargetFinder, ballots: Sequence[Ballot], says: Says, now: datetime, *, imported: bool
) -> list[BurstAlarm]:
    """Count votes that are new, in their order; it costs the same however many there were before.

    Imported ones were told when they were cast, others now. Gives the alarms that they raise.
    """
    if not ballots:
        return []
    count = _Count(unit, ballots, None if imported else now)
    for ballot in ballots:
        count.add(ballot)
    tallies = count.store()
    hear_fakes(unit, count.telling, says, now)
    count_fakes(unit, count.left, now)
    stand_targets(unit, finder, tallies.keys(), now, tallies=tallies)
    return burst_alarms(unit, count.fresh, tallies, now)


class _Count:
    """Votes that are counted together."""

    def __init__(self, unit: UnitOfWork, ballots: Sequence[Ballot], told_at: datetime | None) -> None:
        self._unit = unit
        self._told_at = told_at
        self._dealings = read_dealings(unit, ballots)
        seats = {seat for each in ballots for seat in _seats(each.vote)}
        circles = {(each.vote.target, each.by.counts_with) for each in ballots}
        self._ledger = VoteLedger(unit, seats, circles)
        before = [vote for seat in seats if (vote := self._ledger.vote_of(seat)) is not None]
        self._windows = unit.vote_windows.find_many({vote.window_id for vote in before} - {""})
        self._trust = {each.voter.voter_id: each.by.trust for each in ballots if each.by.trust is not None}
        self._voted: set[str] = set()
        self._standing: dict[Seat, Vote] = {}
        """The votes that stand from now on."""
        self._took_back: set[Seat] = set()
        self.left: set[Target] = set()
        """Listings for themselves, of which somebody spoke who speaks of their products now."""

    def add(self, ballot: Ballot) -> None:
        """Count one more vote, unless its voter has said something else of the target later."""
        vote = ballot.vote
        seat = vote.target, vote.voter_id
        before = self._ledger.vote_of(seat)
        if before is not None and (before.cast_at, before.vote_id) > (vote.cast_at, vote.vote_id):
            return
        self._standing[seat] = vote
        if before is not None:
            self._ledger.take_back(seat)
            self._took_back.add(seat)
        before = self._replaced(vote) or before
        why_not, window_id = self._left_out(ballot, before)
        bought, related = self._dealings.bought(ballot), self._dealings.is_related(ballot)
        trust = self._trust_of(ballot) if why_not else self._trust_after(ballot, before)
        current = CurrentVote(
            target=vote.target,
            voter_id=vote.voter_id,
            vote_id=vote.vote_id,
            recommends=vote.recommends,
            cast_at=vote.cast_at,
            circle=ballot.by.counts_with,
            trust=trust.trust,
            why_not=why_not,
            window_id=window_id,
            told_late=self._told_late(vote),
        )
        self._ledger.put_in(with_dealings(current, ballot, bought, is_related=related))

    def _replaced(self, vote: Vote) -> CurrentVote | None:
        """What the voter said of the vote's listing while its product could not be told; only the later of both counts.

        It is no longer heard from now on, unless it was cast after the vote.
        """
        if not vote.listing_id:
            return None
        seat = _of_listing(vote)
        said = self._ledger.vote_of(seat)
        if said is None or seat[0] == vote.target or said.why_not is WhyNotCounted.SUPERSEDED:
            return None
        if (said.cast_at, said.vote_id) < (vote.cast_at, vote.vote_id):
            self._ledger.take_back(seat)
            self._ledger.put_in(replace(said, why_not=WhyNotCounted.SUPERSEDED, window_id=""))
            self.left.add(seat[0])
        return said

    @property
    def fresh(self) -> list[CurrentVote]:
        """The votes that stand from now on, as they count."""
        return [vote for seat in self._standing if (vote := self._ledger.vote_of(seat)) is not None]

    @property
    def telling(self) -> list[Vote]:
        """Those of them that may call the goods fake, or take back that they are."""
        return [vote for seat, vote in self._standing.items() if seat in self._took_back or not vote.recommends]

    def store(self) -> Mapping[Target, VoteTally]:
        """Store what has changed; give the targets whose votes add up to something else, and to what."""
        self._unit.voters.put_trust([self._trust[voter_id] for voter_id in self._voted])
        return self._ledger.store()

    def _trust_after(self, ballot: Ballot, before: CurrentVote | None) -> VoterTrust:
        """Let the voter's trust follow a vote that counts; a change of mind is no further one."""
        vote, known = ballot.vote, self._trust_of(ballot)
        if before is not None and before.why_not is None:
            return known
        others = self._ledger.strangers(vote.target, ballot.by.counts_with)
        moved = after_vote(known, others, self._as_told(vote), recommends=vote.recommends)
        self._trust[vote.voter_id] = moved
        self._voted.add(vote.voter_id)
        return moved

    def _trust_of(self, ballot: Ballot) -> VoterTrust:
        vote = ballot.vote
        return self._trust.get(vote.voter_id) or new_voter(vote.voter_id, self._as_told(vote))

    def _as_told(self, vote: Vote) -> float:
        """When a vote counts as cast in its voter's conduct: so much later as it was told late."""
        return vote.cast_at.timestamp() + self._told_late(vote)

    def _told_late(self, vote: Vote) -> float:
        return told_late(vote.cast_at.timestamp(), self._told_at.timestamp()) if self._told_at else 0.0

    def _left_out(self, ballot: Ballot, before: CurrentVote | None) -> tuple[WhyNotCounted | None, str]:
        """Why a vote does not count, and the window that it stays in with what its voter said before."""
        if before is not None and (before.cast_at, before.vote_id) > (ballot.vote.cast_at, ballot.vote.vote_id):
            return WhyNotCounted.SUPERSEDED, ""
        if before is not None and before.why_not is not None:
            window = self._windows.get(before.window_id)
            if window is not None and _keeps(window, ballot.vote):
                return before.why_not, before.window_id
        return (WhyNotCounted.OWN_TARGET if ballot.is_on_own_target else None), ""


def _seats(vote: Vote) -> Iterator[Seat]:
    """Where a voter speaks of the vote's target, and of its listing for itself."""
    yield vote.target, vote.voter_id
    if vote.listing_id:
        yield _of_listing(vote)


def _of_listing(vote: Vote) -> Seat:
    """Where a voter speaks of the vote's listing for itself."""
    return Target(TargetKind.PRODUCT, product_of(vote.listing_id, "")), vote.voter_id


def _keeps(window: VoteWindow, vote: Vote) -> bool:
    """Whether a voter stays in a window with another vote: until a person has decided, and then if cast within it."""
    return window.decision is None or window.cast_from <= vote.cast_at <= window.cast_until
