"""Watch for bursts as votes come in, and leave out at once what looks arranged in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import log
from typing import Final

import numpy as np

from zhengpin.domain.cast_vote import CastVote
from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import CurrentVote, VoteHour, VoterTrust, VoteTally
from zhengpin.reputation.brigades import VoteAlarm, brigade_now
from zhengpin.reputation.bursts import ALARM_CHANCE, LEAST_VOTES, WEEKS, RecentCounts, burst_now
from zhengpin.reputation.timeline import DAY, HOUR, Numbers
from zhengpin.reputation.vote_roll import RollCall, VoteRoll
from zhengpin.reputation.voter_columns import A_FEW
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader
from zhengpin.usecases.arranged_votes import as_arranged
from zhengpin.usecases.raise_windows import RaiseWindows
from zhengpin.usecases.usual_votes import usual_by

GROWTH: Final = 1.1
"""Who votes is looked at again when a burst has grown by so much: each look reads many votes."""
MOST_LOOKED_AT: Final = 2000
"""Of the target's votes, the latest."""
AS_THEY_COME: Final = timedelta(days=2)
"""Older votes come from an import; the next full weighing looks at them."""
_HOURS_A_DAY: Final = 24
_HOURS_A_WEEK: Final = 7 * _HOURS_A_DAY


@dataclass(frozen=True, slots=True)
class BurstAlarm:
    """One side of a target has got far more votes than usual."""

    target: Target
    recommends: bool
    span: float
    """Seconds in which there are too many."""
    chance: float
    """Of so many, if all were as usual."""
    until: datetime
    """When the hour of the votes that raised it ends; votes that were cast later have no part in it."""


def burst_alarms(
    reader: Reader, fresh: Iterable[CurrentVote], tallies: Mapping[Target, VoteTally], now: datetime
) -> list[BurstAlarm]:
    """The alarms that votes raise which stand from now on, and are counted in their hours and in these tallies.

    Most targets get few votes in all, for which nothing is read, or few a day.
    """
    came = [
        vote
        for vote in fresh
        if vote.why_not is None
        and now - vote.cast_at <= AS_THEY_COME
        and _on_its_side(vote, tallies[vote.target]) >= LEAST_VOTES
    ]
    sides = Counter((vote.target, vote.recommends, _hour(vote.cast_at)) for vote in came)
    found = (_alarm(reader, target, hour, votes, recommends=said) for (target, said, hour), votes in sides.items())
    return [alarm for alarm in found if alarm is not None]


class LookAtBursts:
    """Looks at who votes in a burst, and leaves them out of the count if they look arranged."""

    def __init__(self, store: Store, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._store = store
        self._raise_windows = RaiseWindows(store, clock, new_id)

    def __call__(self, marketplace: str, alarms: Sequence[BurstAlarm]) -> None:
        """Look into each alarm; an honest crowd stays in the count."""
        for alarm in alarms:
            with self._store.read(marketplace) as reader:
                rates, roll = reader.vote_tallies.rates(), _roll(reader, alarm.target)
            last = _last(roll, alarm)
            if rates is None or last is None:
                continue
            brigade = brigade_now(
                roll.votes, roll.voters, roll.bought, usual_by(rates), VoteAlarm(last, alarm.span, alarm.chance)
            )
            if brigade is not None:
                for _ in self._raise_windows(marketplace, as_arranged(roll, brigade)):
                    pass


def _alarm(reader: Reader, target: Target, hour: int, votes: int, *, recommends: bool) -> BurstAlarm | None:
    """The alarm that so many votes of an hour raise, if they do."""
    day = _side(reader.vote_tallies.hours(target, hour - _HOURS_A_DAY + 1, hour + 1), recommends=recommends)
    counts = {HOUR: day.get(hour, 0), DAY: sum(day.values())}
    if not any(_has_grown(count - votes, count) for count in counts.values()):
        return None
    rates = reader.vote_tallies.rates()
    if rates is None:
        return None
    usual = usual_by(rates)
    before, weeks = _before(reader, target, hour, rates.began_at, recommends=recommends)
    chance, span = min(
        (burst_now(RecentCounts(counts[span], before[span], weeks), rate), span)
        for span, rate in ((HOUR, usual.hourly), (DAY, usual.daily))
    )
    return BurstAlarm(target, recommends, span, chance, _moment(hour + 1)) if chance <= ALARM_CHANCE else None


def _before(
    reader: Reader, target: Target, hour: int, began_at: datetime, *, recommends: bool
) -> tuple[dict[float, int], int]:
    """The votes of the same hour and day in the weeks before that count, and how many of these weeks are on record."""
    on_record = hour - _HOURS_A_DAY + 1 - _hour(began_at)
    weeks = min(WEEKS, max(0, on_record // _HOURS_A_WEEK))
    found = {HOUR: 0, DAY: 0}
    for week in range(1, weeks + 1):
        then = hour - week * _HOURS_A_WEEK
        for span in found:
            since, until = _moment(then + 1) - timedelta(seconds=span), _moment(then + 1)
            found[span] += reader.current_votes.counted(target, since, until, recommends=recommends)
    return found, weeks


def _on_its_side(vote: CurrentVote, tally: VoteTally) -> int:
    """How many say the same of a vote's target, counted or not: no fewer than in any of its hours."""
    return tally.recommend_votes if vote.recommends else tally.warn_votes


def _side(hours: Iterable[VoteHour], *, recommends: bool) -> dict[int, int]:
    """The votes of one side, by hour."""
    return {each.hour: each.recommends if recommends else each.warns for each in hours}


def _has_grown(before: int, after: int) -> bool:
    """Whether so many votes are enough to look at, for the first time or again."""
    return after >= LEAST_VOTES and (before < LEAST_VOTES or _looks(before) < _looks(after))


def _looks(votes: int) -> int:
    """How often so many votes were looked at."""
    return int(log(votes / LEAST_VOTES, GROWTH))


def _hour(moment: datetime) -> int:
    return int(moment.timestamp() // HOUR)


def _moment(hour: int) -> datetime:
    """When an hour begins."""
    return datetime.fromtimestamp(hour * HOUR, UTC)


def _roll(reader: Reader, target: Target) -> VoteRoll:
    """The latest votes on a target, and who cast them."""
    call = RollCall()
    votes = reader.current_votes.latest_of_target(target, MOST_LOOKED_AT)
    call.add(map(_cast, votes))
    voter_ids = {vote.voter_id for vote in votes}
    roll = call.roll(reader.voters.at_polls(voter_ids).values())
    trust = reader.voters.trust(voter_ids)
    regular_since, first_at = (_began(roll.voter_ids, trust, votes) for votes in (A_FEW, 2))
    return replace(roll, voters=replace(roll.voters, regular_since=regular_since, first_at=first_at))


def _began(voter_ids: Sequence[str], trust: Mapping[str, VoterTrust], votes: int) -> Numbers:
    """When each began to vote who has cast so many votes: a first and only one is that on this target."""
    found = (trust.get(voter_id) for voter_id in voter_ids)
    return np.array([each.first_at if each and each.votes >= votes else np.inf for each in found])


def _last(roll: VoteRoll, alarm: BurstAlarm) -> int | None:
    """The row of the vote that was cast last of those that raised an alarm; the roll begins with the latest."""
    rows = np.flatnonzero(((roll.votes.opinion > 0) == alarm.recommends) & (roll.votes.at < alarm.until.timestamp()))
    return int(rows[0]) if len(rows) else None


def _cast(vote: CurrentVote) -> CastVote:
    return CastVote(
        vote.target.kind,
        vote.target.key,
        vote.voter_id,
        vote.recommends,
        vote.cast_at,
        vote.bought,
        vote.related,
        vote.why_not or "",
        vote.told_late,
    )
