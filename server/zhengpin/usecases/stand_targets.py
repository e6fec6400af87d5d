"""Say where targets stand: from their votes, from what they come from, and from where they stood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeAlias

from zhengpin.domain.standing import Board, Parent, Standing
from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import VoteTally
from zhengpin.errors import NotFound
from zhengpin.reputation.posterior import EVEN
from zhengpin.reputation.standing import Surroundings, standing_of
from zhengpin.storage.standings import Group, ListedStanding
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.vote_targets import KnownTarget, TargetFinder

UsualShares: TypeAlias = Mapping[Group, float]
"""What is usual of kinds and categories."""


def stand_targets(
    unit: UnitOfWork,
    finder: TargetFinder,
    targets: Collection[Target],
    now: datetime,
    *,
    usual: UsualShares | None = None,
) -> int:
    """Store where targets stand now, and note those that crossed a border, so that their listings are judged anew.

    On the same board one is crossed when an alarm begins or ends: meanwhile no listing is moved up or down. Gives how
    many did. What comes from them (a brand's products) follows with the next full weighing; `usual` is by
    default what the last one found.
    """
    before = unit.standings.find_many(targets)
    after = listed_standings(unit, finder, targets, now, before, usual=usual)
    unit.standings.put_many(list(after.values()))
    changes = [
        (target, _board(before.get(target)), listed.standing.board)
        for target, listed in after.items()
        if _crosses_a_border(before.get(target), listed.standing)
    ]
    unit.standing_changes.add_many(changes, now)
    return len(changes)


def listed_standings(
    reader: Reader,
    finder: TargetFinder,
    targets: Collection[Target],
    now: datetime,
    before: Mapping[Target, Standing],
    *,
    usual: UsualShares | None = None,
) -> dict[Target, ListedStanding]:
    """Where targets stand now, that stood so before; without votes they stand where their parents do."""
    tallies = reader.vote_tallies.find_many(targets)
    alarmed = reader.vote_windows.alarmed(targets)
    known = {target: _known(finder, target) for target in targets}
    expected = _expected(reader, {(target.kind, each.category) for target, each in known.items()}, usual)
    parents = _parents(reader, finder, {parent for each in known.values() for parent, _ in each.parents}, now, usual)

    def listed(target: Target) -> ListedStanding:
        of = known[target]
        around = Surroundings(
            expected[target.kind, of.category],
            tuple(_parent(parents[parent], certainty) for parent, certainty in of.parents),
            target in alarmed,
        )
        standing = standing_of(target, tallies.get(target, VoteTally()), around, now, before.get(target))
        return ListedStanding(standing, of.category, of.origin)

    return {target: listed(target) for target in targets}


def _known(finder: TargetFinder, target: Target) -> KnownTarget:
    """What is known of a target; of one whose listings are all gone, its name."""
    try:
        return finder.find(target)
    except NotFound:
        return KnownTarget(target, ())


def _expected(reader: Reader, asked: set[Group], usual: UsualShares | None) -> dict[Group, float]:
    """What is usual in each category, or of the kind, or where nobody has voted yet."""
    found = reader.standings.usual_shares(asked | {(kind, "") for kind, _ in asked}) if usual is None else usual
    return {group: found.get(group, found.get((group[0], ""), EVEN)) for group in asked}


def _parents(
    reader: Reader, finder: TargetFinder, parents: set[Target], now: datetime, usual: UsualShares | None
) -> dict[Target, Standing]:
    """Where parents stand; those without votes of their own, where their parents do."""
    found = reader.standings.find_many(parents)
    unvoted = parents - found.keys()
    made = listed_standings(reader, finder, unvoted, now, {}, usual=usual) if unvoted else {}
    return found | {target: listed.standing for target, listed in made.items()}


def _parent(standing: Standing, certainty: float) -> Parent:
    return Parent(standing.target, certainty, standing.share, standing.category_share, standing.effective_votes)


def _crosses_a_border(before: Standing | None, after: Standing) -> bool:
    if before is None:
        return after.board is not Board.UNLISTED
    return (before.board, before.proposes) != (after.board, after.proposes)


def _board(standing: Standing | None) -> Board:
    return Board.UNLISTED if standing is None else standing.board
