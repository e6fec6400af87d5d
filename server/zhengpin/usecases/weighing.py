"""One weighing of a marketplace's votes: what it has read and found so far, and what it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from math import isnan
from typing import Final, TypeVar

from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import CurrentVote, VoterTrust
from zhengpin.domain.votes_around import VoterMix
from zhengpin.reputation.acquaintances import named_acquaintances, with_acquaintances
from zhengpin.reputation.posterior import usual_shares
from zhengpin.reputation.strangers import Circles
from zhengpin.reputation.tallies import evidence_of
from zhengpin.reputation.trust import TrustSolution
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.vote_roll import RollCall
from zhengpin.reputation.voter_mix import mix_columns
from zhengpin.storage.current_votes import Seat
from zhengpin.storage.store import Store
from zhengpin.storage.work import UnitOfWork
from zhengpin.usecases.hear_fakes import count_fakes
from zhengpin.usecases.raise_windows import ArrangedVotes
from zhengpin.usecases.stand_targets import UsualShares, stand_targets
from zhengpin.usecases.usual_votes import rates_of
from zhengpin.usecases.vote_ledger import VoteLedger
from zhengpin.usecases.vote_targets import TargetFinder
from zhengpin.usecases.voter_record import solved_voter
from zhengpin.usecases.votes_as_known import as_known_now
from zhengpin.usecases.weighing_steps import Part, Step

ROWS_A_PART: Final = 50_000
VOTES_A_COMMIT: Final = 200
VOTERS_A_COMMIT: Final = 1_000
TARGETS_A_COMMIT: Final = 100
SAME: Final = 0.01
"""As long as trust in its voter has changed by no larger a part, no vote is written anew."""
PARENTS_FIRST: Final = (TargetKind.ORIGIN, TargetKind.FACTORY, TargetKind.BRAND, TargetKind.PRODUCT)

Item = TypeVar("Item")


class Weighing:
    """Does one step after another, in this order."""

    def __init__(self, store: Store, marketplace: str, clock: Callable[[], datetime]) -> None:
        """Begin now."""
        self._store = store
        self._marketplace = marketplace
        self._clock = clock
        self._began = clock()
        self._trusted: dict[str, float] = {}
        """In whom trust was found anew, and how much."""

    def read(self) -> Iterator[Part]:
        """Read every current vote, and who cast it, from one state of the store."""
        call = RollCall()
        with self._store.read(self._marketplace) as reader:
            for votes in _pages(reader.weighing.cast(), ROWS_A_PART):
                call.add(votes)
                yield Part(Step.READ, len(votes))
            self.roll = call.roll(reader.voters.all())
            self._known = {each.voter_id: hash(each) for each in reader.weighing.trust()}
        self._numbers = {target: number for number, target in enumerate(self.roll.targets)}

    def leave_out(self, arranged: ArrangedVotes, voter_ids: Iterable[str]) -> None:
        """Let votes not count for trust that were left out of the count."""
        rows = dict(zip(arranged.cast_at, arranged.rows, strict=True))
        self.roll.counted[[rows[voter_id] for voter_id in voter_ids]] = False

    def solve(self, solve: Callable[[VoteColumns, float, Circles], TrustSolution]) -> None:
        """Find who is acquainted, by all votes, and how far voters are to be trusted, by the votes that count."""
        roll = self.roll
        circle = with_acquaintances(roll.votes, roll.bought, roll.voters.circle)
        self._acquaintances = named_acquaintances(circle, roll.circles)
        self._votes = roll.part_as_told(roll.counted)
        latest = float(self._votes.at.max(initial=0.0))
        self._solution = solve(self._votes, max(self._began.timestamp(), latest), circle)

    def trust_voters(self) -> Iterator[Part]:
        """Store trust in voters; in those who have voted meanwhile it is left for the next time."""
        for numbers in _pages(range(len(self.roll.voter_ids)), VOTERS_A_COMMIT):
            with self._store.begin(self._marketplace, len(numbers)) as unit:
                found = unit.voters.trust([self.roll.voter_ids[number] for number in numbers])
                solved = [each for number in numbers if (each := self._solved(number, found)) is not None]
                unit.voters.put_trust(solved)
            self._trusted |= {each.voter_id: each.trust for each in solved}
            yield Part(Step.VOTERS, len(solved))

    def weigh_votes(self) -> Iterator[Part]:
        """Give each vote the weight that it has by trust in its voter and by what is known now, and move the sums."""
        seat: Seat | None = None
        while True:
            with self._store.begin(self._marketplace, VOTES_A_COMMIT) as unit:
                votes = unit.weighing.votes_behind(seat, VOTES_A_COMMIT)
                changed = self._weigh(unit, votes)
            if not votes:
                return
            seat = votes[-1].target, votes[-1].voter_id
            yield Part(Step.VOTES, changed)

    def stand_targets(self) -> Iterator[Part]:
        """Say what is usual, and where every target stands: parents before what comes from them.

        With it goes what sort of voters each has, and which of them call the goods fake.
        """
        self._mix = mix_columns(self._votes, self._solution, self.roll.related[self.roll.counted])
        with self._store.read(self._marketplace) as reader:
            tallies = reader.weighing.tallies()
            usual = usual_shares((group, evidence_of(tally, self._began)) for group, tally in tallies)
        for kind in PARENTS_FIRST:
            yield from self._stand(kind, usual)
        rates = rates_of(self.roll, self._began)
        with self._store.begin(self._marketplace) as unit:
            unit.standings.put_usual_shares(usual, self._began)
            if rates is not None:
                unit.vote_tallies.put_rates(rates)

    def _stand(self, kind: TargetKind, usual: UsualShares) -> Iterator[Part]:
        key = ""
        while True:
            with self._store.begin(self._marketplace, TARGETS_A_COMMIT) as unit:
                targets = unit.weighing.targets_behind(kind, key, TARGETS_A_COMMIT)
                now = self._clock()
                changes = stand_targets(unit, TargetFinder(unit), targets, now, usual=usual)
                unit.voter_mixes.put_many(self._mixes(targets))
                count_fakes(unit, targets, now)
            if not targets:
                return
            key = targets[-1].key
            yield Part(Step.TARGETS, len(targets))
            yield Part(Step.CHANGES, changes)

    def _mixes(self, targets: Iterable[Target]) -> dict[Target, VoterMix]:
        """What sort of voters targets have; those without a vote that counts are left out."""
        numbers = {target: self._numbers[target] for target in targets if target in self._numbers}
        mixes = {
            target: VoterMix(
                float(self._mix.distrusted[number]),
                float(self._mix.related[number]),
                float(self._mix.disagreement[number]),
                self._began,
            )
            for target, number in numbers.items()
        }
        return {target: mix for target, mix in mixes.items() if not isnan(mix.distrusted)}

    def _solved(self, number: int, found: Mapping[str, VoterTrust]) -> VoterTrust | None:
        """Trust in a voter as it was solved; `None` if it has voted since."""
        voter_id = self.roll.voter_ids[number]
        stored = found.get(voter_id)
        if stored is not None and hash(stored) != self._known.get(voter_id):
            return None
        solution = self._solution
        trust, second = float(solution.trust[number]), float(solution.second_opinion[number])
        solved = solved_voter(voter_id, solution.voter(number), trust, second, self._began)
        return replace(solved, acquaintances=self._acquaintances[number])

    def _weigh(self, unit: UnitOfWork, votes: Sequence[CurrentVote]) -> int:
        """Write those of the votes anew that count otherwise now; tell how many."""
        known = map(self._weighed, as_known_now(unit, votes))
        changed = [now for vote, now in zip(votes, known, strict=True) if now != vote]
        if changed:
            seats = [(vote.target, vote.voter_id) for vote in changed]
            ledger = VoteLedger(unit, seats, [(vote.target, vote.circle) for vote in changed])
            for vote in changed:
                ledger.take_back((vote.target, vote.voter_id))
                ledger.put_in(vote)
            ledger.store()
        return len(changed)

    def _weighed(self, vote: CurrentVote) -> CurrentVote:
        """A vote with its voter's trust as it is now, unless that is nearly as before."""
        trust = self._trusted.get(vote.voter_id, vote.trust)
        return vote if abs(trust - vote.trust) <= SAME * vote.trust else replace(vote, trust=trust)


def _pages(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while page := list(islice(rest, size)):
        yield page
