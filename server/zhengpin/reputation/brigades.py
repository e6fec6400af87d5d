"""Brigades: votes that look arranged, with the evidence that a person needs to decide on them.

Four methods say where to look: lockstep and dense blocks find voters, bursts and drips find times of a target. Then it
is asked who votes there (`suspects`). Votes are left out only where voters came together or met again and again, and
have few purchases to vouch for them; what came slowly must also speak with one voice that is not everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zhengpin.domain.vote import WhyNotCounted
from zhengpin.reputation.alarms import Alarm
from zhengpin.reputation.bursts import burst_alarms
from zhengpin.reputation.dense_blocks import dense_blocks
from zhengpin.reputation.drips import drip_alarms
from zhengpin.reputation.evidence import BrigadeEvidence, GroupEvidence, evidence_of
from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.lockstep import lockstep_groups
from zhengpin.reputation.suspects import arranged_by, arranged_in
from zhengpin.reputation.timeline import Flags, Places
from zhengpin.reputation.usual import Usual
from zhengpin.reputation.vote_columns import VoteColumns
from zhengpin.reputation.voter_columns import VoterColumns
from zhengpin.reputation.windows import Window

METHODS: Final = (WhyNotCounted.LOCKSTEP, WhyNotCounted.DENSE_BLOCK, WhyNotCounted.BURST, WhyNotCounted.DRIP)
"""In this order: voters who meet again and again give themselves away most surely."""


@dataclass(frozen=True, slots=True)
class Brigade:
    """Votes on one side of one target that are to be left out until a person has decided."""

    why: WhyNotCounted
    target: int
    recommends: bool
    """What they say."""
    rows: NDArray[np.int64]
    """Where they stand in `VoteColumns`; no vote belongs to two brigades."""
    cast_from: float
    """When the first was cast: seconds since 1970, UTC."""
    cast_until: float
    """When the last was cast."""
    evidence: BrigadeEvidence


@dataclass(frozen=True, slots=True)
class VoteAlarm:
    """What `bursts.burst_now` said of one vote."""

    row: int
    """Where the vote stands in `VoteColumns`."""
    span: float
    """In how many seconds before it there were too many: `HOUR` or `DAY`."""
    chance: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A window with what it was found by."""

    why: WhyNotCounted
    window: Window
    chance: float | None = None
    group: GroupEvidence | None = None


def find_brigades(
    votes: VoteColumns,
    voters: VoterColumns,
    bought: Flags,
    *,
    counted: Flags | None = None,
    methods: Iterable[WhyNotCounted] = METHODS,
    seed: int = 0,
) -> tuple[Brigade, ...]:
    """Find every brigade among current votes; `bought` tells of each vote whether a purchase is proven.

    `counted` tells which votes have not been left out before (all, if it isn't given): only these make a usual past.
    What one method finds is taken out before the next one looks. `seed` is for the shuffles that dense blocks are
    compared with. Near linear in votes. Raises ValueError where columns don't belong together.
    """
    if not votes.opinion.any():
        return ()
    inquiry = Inquiry.into(votes, voters, bought, counted=counted)
    brigades: list[Brigade] = []
    for method in methods:
        if method is WhyNotCounted.DRIP:
            inquiry = _without_crowds(inquiry)
        found, taken = _each_vote_once(inquiry, _LOOKS[method](inquiry, seed))
        brigades += found
        inquiry = inquiry.without(taken)
    return tuple(brigades)


def brigade_now(
    votes: VoteColumns, voters: VoterColumns, bought: Flags, usual: Usual, alarm: VoteAlarm
) -> Brigade | None:
    """Look at who votes when the vote that has just come in raised an alarm (`bursts.burst_now`).

    The columns hold all current votes on its one target, and who cast them. `None` if it may be an honest crowd.
    """
    inquiry = Inquiry.into(votes, voters, bought, usual)
    timeline = inquiry.timeline
    last = int(np.flatnonzero(timeline.rows == alarm.row)[0])
    first = int(timeline.until(timeline.side[[last]], timeline.at[[last]] - alarm.span)[0])
    window = arranged_in(inquiry, Alarm(first, last + 1, alarm.chance), at_once=True)
    if window is None:
        return None
    return _brigade(inquiry, _Found(WhyNotCounted.BURST, window, alarm.chance), window.hired)


def _lockstep(inquiry: Inquiry, _: int) -> Iterator[_Found]:
    for group in lockstep_groups(inquiry.timeline, inquiry.voter):
        evidence = GroupEvidence(pairs=group.pairs)
        yield from _windows_of(inquiry, WhyNotCounted.LOCKSTEP, group.voters, evidence)


def _dense_blocks(inquiry: Inquiry, seed: int) -> Iterator[_Found]:
    for block in dense_blocks(inquiry.timeline, inquiry.voter, inquiry.traits.bought, seed):
        evidence = GroupEvidence(density=block.density, usual_density=block.usual_density)
        yield from _windows_of(inquiry, WhyNotCounted.DENSE_BLOCK, block.voters, evidence)


def _bursts(inquiry: Inquiry, _: int) -> Iterator[_Found]:
    for alarm in burst_alarms(inquiry.timeline, inquiry.usual):
        if window := arranged_in(inquiry, alarm, at_once=True):
            yield _Found(WhyNotCounted.BURST, window, alarm.chance)


def _without_crowds(inquiry: Inquiry) -> Inquiry:
    """The same without bursts that nobody arranged: who drips into a crowd has not brought it along."""
    crowds = (np.arange(alarm.first, alarm.after_last) for alarm in burst_alarms(inquiry.timeline, inquiry.usual))
    return inquiry.without(np.concatenate([np.empty(0, np.int64), *crowds]))


def _drips(inquiry: Inquiry, _: int) -> Iterator[_Found]:
    for alarm in drip_alarms(inquiry.timeline, inquiry.usual_a_day):
        if window := arranged_in(inquiry, alarm, at_once=False):
            yield _Found(WhyNotCounted.DRIP, window, alarm.chance)


_LOOKS: Final = {
    WhyNotCounted.LOCKSTEP: _lockstep,
    WhyNotCounted.DENSE_BLOCK: _dense_blocks,
    WhyNotCounted.BURST: _bursts,
    WhyNotCounted.DRIP: _drips,
}


def _windows_of(inquiry: Inquiry, why: WhyNotCounted, voters: Places, group: GroupEvidence) -> Iterator[_Found]:
    windows = arranged_by(inquiry, voters)
    hired = {voter for window in windows for voter in inquiry.voter[window.hired].tolist()}
    shared = replace(group, voters=len(hired), windows=len(windows))
    return (_Found(why, window, group=shared) for window in windows)


def _each_vote_once(inquiry: Inquiry, found: Iterable[_Found]) -> tuple[list[Brigade], Places]:
    """Give each vote to the first window that it lies in; also all the places that are taken then."""
    taken = np.zeros(len(inquiry.timeline), dtype=bool)
    brigades = []
    for each in found:
        left = each.window.hired[~taken[each.window.hired]]
        if len(left):
            taken[left] = True
            brigades.append(_brigade(inquiry, each, left))
    return brigades, np.flatnonzero(taken)


def _brigade(inquiry: Inquiry, found: _Found, places: Places) -> Brigade:
    timeline = inquiry.timeline
    side = int(timeline.side[places[0]])
    return Brigade(
        found.why,
        side // 2,
        bool(side & 1),
        timeline.rows[places],
        float(timeline.at[places[0]]),
        float(timeline.at[places[-1]]),
        evidence_of(inquiry, found.window, found.chance, found.group),
    )
