"""Count votes at once: what each adds to and what it takes the place of, however many there were before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import CurrentVote, VoteHour, VoteTally
from zhengpin.reputation.tallies import RunningTallies
from zhengpin.storage.current_votes import Seat
from zhengpin.storage.vote_tallies import Circle
from zhengpin.storage.work import UnitOfWork


class VoteLedger:
    """The sums around some votes: read together, changed vote by vote, stored together."""

    def __init__(self, unit: UnitOfWork, seats: Collection[Seat], circles: Collection[Circle] = ()) -> None:
        """Read what voters said of targets before, and what that adds up to; `circles` are those of the new votes."""
        self._unit = unit
        self._before = unit.current_votes.find_many(seats)
        self._after: dict[Seat, CurrentVote] = {}
        self._hours: Counter[tuple[Target, int, bool]] = Counter()
        around = {*circles, *((vote.target, vote.circle) for vote in self._before.values())}
        tallies = unit.vote_tallies.find_many({target for target, _ in around})
        self._sums = RunningTallies(tallies, unit.vote_tallies.circles(around))

    def vote_of(self, seat: Seat) -> CurrentVote | None:
        """What a voter says of a target by now."""
        return self._after.get(seat) or self._before.get(seat)

    def tally(self, target: Target) -> VoteTally:
        """What the votes on a target add up to by now."""
        return self._sums.tallies.get(target, VoteTally())

    def strangers(self, target: Target, circle: str) -> VoteTally:
        """What those who know nobody of a circle say of a target, for its people to be compared with.

        Nothing while others of the circle have a say there: whose votes theirs are is not kept apart, and waits for
        the next solve.
        """
        return VoteTally() if self._sums.speaks(target, circle) else self.tally(target)

    def take_back(self, seat: Seat) -> None:
        """Take out of the sums what a voter says of a target, before it says something else."""
        before = self.vote_of(seat)
        if before is not None:
            self._sums.take_out(before)
            self._hours[_hour_of(before)] -= 1

    def put_in(self, vote: CurrentVote) -> None:
        """Let a vote stand; whatever its voter said of its target before was taken back."""
        self._sums.put_in(vote)
        self._hours[_hour_of(vote)] += 1
        self._after[vote.target, vote.voter_id] = vote

    def store(self) -> dict[Target, VoteTally]:
        """Store what has changed; give the targets whose votes add up to something else, and to what."""
        touched = {target: self.tally(target) for target in dict.fromkeys(target for target, _ in self._after)}
        self._unit.current_votes.put_many(tuple(self._after.values()))
        self._unit.vote_tallies.put_many(touched)
        self._unit.vote_tallies.put_circles(self._sums.circles)
        self._unit.vote_tallies.add_hours(self._changed_hours())
        return touched

    def _changed_hours(self) -> Mapping[Target, Collection[VoteHour]]:
        changed: defaultdict[tuple[Target, int], dict[bool, int]] = defaultdict(dict)
        for (target, hour, recommends), votes in self._hours.items():
            if votes:
                changed[target, hour][recommends] = votes
        hours: defaultdict[Target, list[VoteHour]] = defaultdict(list)
        for (target, hour), by_opinion in changed.items():
            hours[target].append(VoteHour(hour, by_opinion.get(True, 0), by_opinion.get(False, 0)))
        return hours


def _hour_of(vote: CurrentVote) -> tuple[Target, int, bool]:
    return vote.target, int(vote.cast_at.timestamp() // 3600), vote.recommends
