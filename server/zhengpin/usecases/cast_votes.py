"""Cast votes: each is stored once and counted at once; of a voter's votes on a target the latest stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from zhengpin.domain.vote import OF_ONE_LISTING, Target, TargetKind, Vote, Voter
from zhengpin.errors import FieldViolation, InvalidInput, NotFound, ZhengpinError
from zhengpin.storage.store import Store
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.call import Call, replayed, sealed
from zhengpin.usecases.count_ballots import count_ballots
from zhengpin.usecases.hear_fakes import Says, fake_vote, heard
from zhengpin.usecases.problem import problem_from_json, problem_to_json
from zhengpin.usecases.record_facts import Problems
from zhengpin.usecases.vote_strength import Ballot
from zhengpin.usecases.vote_targets import TargetFinder
from zhengpin.usecases.watch_bursts import BurstAlarm, LookAtBursts


class CastVotes:
    """Store and count a batch of votes: all good ones together, or none if the call fails."""

    def __init__(self, store: Store, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock
        self._look_at_bursts = LookAtBursts(store, clock, new_id)

    def __call__(self, call: Call, items: Sequence[Vote | ZhengpinError], *, imported: bool = False) -> Problems:
        """Store the votes; a request that was answered before is answered the same way and stores nothing.

        A vote that can't be read comes as its refusal, which is kept with the answer. What looks arranged among votes
        that came all at once is left out of the count before the call is answered. Of votes imported from records it
        is believed that they were cast when they say, however long ago.
        """
        alarms: list[BurstAlarm] = []
        says = heard(item for item in items if isinstance(item, Vote))
        with self._store.begin(call.marketplace, len(items)) as unit:
            before = replayed(unit.requests, call)
            if before is not None:
                return [problem_from_json(problem) for problem in before]
            now = self._clock()
            problems = cast_votes(unit, items, now, says, alarms.append, imported=imported)
            answer = sealed([problem_to_json(problem) for problem in problems])
            unit.requests.add(call.method, call.request_id, call.payload_digest, answer, now)
            call.check_deadline()
        self._look_at_bursts(call.marketplace, alarms)
        return problems


def unheard(_alarm: BurstAlarm) -> None:
    """Let nobody hear of a burst."""


def cast_votes(
    unit: UnitOfWork,
    items: Sequence[Vote | ZhengpinError],
    now: datetime,
    says: Says = fake_vote,
    raise_alarm: Callable[[BurstAlarm], object] = unheard,
    *,
    imported: bool = False,
) -> Problems:
    """Store and count votes within a unit of work; those that come as refusals are answered with them.

    `says` tells what each vote says of fakes, `raise_alarm` is told of the alarms that they raise.
    """
    station = PollingStation(unit, [item for item in items if isinstance(item, Vote)])
    problems = [station.take(item) if isinstance(item, Vote) else item for item in items]
    unit.votes.add_many([ballot.vote for ballot in station.taken], now, imported=imported)
    for alarm in count_ballots(unit, station.targets, station.taken, says, now, imported=imported):
        raise_alarm(alarm)
    return problems


class PollingStation:
    """Takes votes that may be cast, and refuses others."""

    def __init__(self, unit: UnitOfWork, votes: Sequence[Vote]) -> None:
        """Read who votes, and which of the votes are stored already."""
        self._stored = unit.votes.find_many({vote.vote_id for vote in votes})
        self._voters = unit.voters.at_polls({vote.voter_id for vote in votes})
        self.targets = TargetFinder(unit)
        self.taken: list[Ballot] = []
        """New votes, in their order."""

    def take(self, vote: Vote) -> ZhengpinError | None:
        """Take a vote; give what is wrong with it, if anything is. One that is stored already is no other vote."""
        stored = self._stored.get(vote.vote_id)
        if stored is not None:
            return None if _is_same(vote, stored) else _REUSED
        try:
            ballot = self._ballot(vote)
        except InvalidInput as problem:
            return problem
        self._stored[vote.vote_id] = ballot.vote
        self.taken.append(ballot)
        return None

    def _ballot(self, vote: Vote) -> Ballot:
        by = self._voters.get(vote.voter_id)
        if by is None:
            remedy = f"names {vote.voter_id!r}, whom nobody has registered: tell of it with UpsertVoters first"
            raise InvalidInput(FieldViolation("voter_id", remedy))
        _check_voter(vote, by.voter)
        try:
            known = self.targets.find(vote.target)
        except NotFound:
            raise _unknown(vote.target) from None
        return Ballot(replace(vote, target=known.target), by, known)


def _check_voter(vote: Vote, voter: Voter) -> None:
    if voter.banned:
        remedy = "is of a voter whom the marketplace has banned: lift the ban with UpsertVoters, or leave the vote out"
        raise InvalidInput(FieldViolation("voter_id", remedy))
    if vote.cast_at < voter.registered_at:
        registered = voter.registered_at.isoformat(timespec="seconds")
        remedy = f"lies before the voter was registered ({registered}): correct it, or the voter's registered_at"
        raise InvalidInput(FieldViolation("cast_at", remedy))


def _unknown(asked: Target) -> InvalidInput:
    """What is wrong with a target that nobody has told of, and how to tell of it."""
    field, key = asked.kind.value, asked.key
    match asked.kind:
        case TargetKind.PRODUCT if key.startswith(OF_ONE_LISTING):
            field, key = "listing_id", key.removeprefix(OF_ONE_LISTING)
            remedy = "which is no listing here: tell of it with UpsertListings first, or correct the id"
        case TargetKind.PRODUCT:
            field = "product_key"
            remedy = "which no listing offers: tell of one with UpsertListings first, or name a listing of it"
        case TargetKind.BRAND:
            field = "brand_id"
            remedy = "which is no brand here: register it with RegisterBrands first, or correct the id (no name)"
        case TargetKind.FACTORY:
            field = "factory_id"
            remedy = "which is no supplier here: tell of it with UpsertSuppliers first, or correct the id (no name)"
        case TargetKind.ORIGIN:
            remedy = "a place that no listing names: write it as an origin_place of UpsertListings does"
    return InvalidInput(FieldViolation(f"target.{field}", f"names {key!r}, {remedy}"))


def _is_same(vote: Vote, stored: Vote) -> bool:
    """Whether a vote was sent again; which product its listing offers may have changed since."""
    is_by_listing = vote.target.kind is stored.target.kind and vote.target.key.startswith(OF_ONE_LISTING)
    return (replace(vote, target=stored.target) if is_by_listing else vote) == stored


_REUSED = InvalidInput(FieldViolation("vote_id", "was used before for another vote: give every vote an id of its own"))
