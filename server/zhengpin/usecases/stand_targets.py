"""Say where targets stand: from their votes, from what they come from, and from where they stood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from zhengpin.domain.standing import Board, Parent, Standing
from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import VoteTally
from zhengpin.reputation.posterior import EVEN
from zhengpin.reputation.standing import Surroundings, standing_of
from zhengpin.storage.standings import Group, ListedStanding
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.usecases.vote_targets import TargetFinder


def stand_targets(unit: UnitOfWork, finder: TargetFinder, targets: Collection[Target], now: datetime) -> int:
    """Store where targets stand now, and note those that crossed a border, so that their listings are judged anew.

    Gives how many did. What comes from them (a brand's products) follows with the next full weighing.
    """
    before = unit.standings.find_many(targets)
    after = listed_standings(unit, finder, targets, now, before)
    unit.standings.put_many(list(after.values()))
    changes = [
        (target, was, listed.standing.board)
        for target, listed in after.items()
        if (was := _board(before.get(target))) is not listed.standing.board
    ]
    unit.standing_changes.add_many(changes, now)
    return len(changes)


def listed_standings(
    reader: Reader,
    finder: TargetFinder,
    targets: Collection[Target],
    now: datetime,
    before: Mapping[Target, Standing],
) -> dict[Target, ListedStanding]:
    """Where targets stand now, that stood so before; without votes they stand where their parents do."""
    tallies = reader.vote_tallies.find_many(targets)
    alarmed = {window.target for window in reader.vote_windows.of_targets(targets) if window.decision is None}
    known = {target: finder.find(target) for target in targets}
    usual = _usual_shares(reader, {(target.kind, each.category) for target, each in known.items()})
    parents = _parents(reader, finder, {parent for each in known.values() for parent, _ in each.parents}, now)

    def listed(target: Target) -> ListedStanding:
        of = known[target]
        around = Surroundings(
            usual[target.kind, of.category],
            tuple(_parent(parents[parent], certainty) for parent, certainty in of.parents),
            target in alarmed,
        )
        standing = standing_of(target, tallies.get(target, VoteTally()), around, now, before.get(target))
        return ListedStanding(standing, of.category, of.origin)

    return {target: listed(target) for target in targets}


def _usual_shares(reader: Reader, asked: set[Group]) -> dict[Group, float]:
    """What is usual in each category, or of the kind, or where nobody has voted yet."""
    found = reader.standings.usual_shares(asked | {(kind, "") for kind, _ in asked})
    return {group: found.get(group, found.get((group[0], ""), EVEN)) for group in asked}


def _parents(reader: Reader, finder: TargetFinder, parents: set[Target], now: datetime) -> dict[Target, Standing]:
    """Where parents stand; those without votes of their own, where their parents do."""
    found = reader.standings.find_many(parents)
    unvoted = parents - found.keys()
    made = listed_standings(reader, finder, unvoted, now, {}) if unvoted else {}
    return found | {target: listed.standing for target, listed in made.items()}


def _parent(standing: Standing, certainty: float) -> Parent:
    return Parent(standing.target, certainty, standing.share, standing.effective_votes)


def _board(standing: Standing | None) -> Board:
    return Board.UNLISTED if standing is None else standing.board
