"""Say where targets stand: from their votes, from what they come from, and from where they stood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from zhengpin.domain.standing import Board, Parent, Standing
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import VoteTally
from zhengpin.errors import NotFound
from zhengpin.reputation.posterior import EVEN, prior_share
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

    Gives how many did. What comes from them (a brand's products) follows with the next full weighing; `usual` is by
    default what the last one found.
    """
    before = unit.standings.find_many(targets)
    after = listed_standings(unit, finder, targets, now, before, usual=usual)
    unit.standings.put_many(list(after.values()))
    changes = [
        (target, _board(before.get(target)), listed.standing.board)
        for target, listed in after.items()
        if listed.standing.board is not _board(before.get(target))
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
    ground = _Ground(reader, finder, usual)
    ground.read_around(targets)

    def listed(target: Target) -> ListedStanding:
        known, votes = ground.known(target), tallies.get(target, VoteTally())
        around = ground.around(known, is_alarmed=target in alarmed)
        return ListedStanding(standing_of(target, votes, around, now, before.get(target)), known.category, known.origin)

    return {target: listed(target) for target in targets}


class _Ground:
    """What targets are compared with and lean on; whatever was read once is not read again."""

    def __init__(self, reader: Reader, finder: TargetFinder, usual: UsualShares | None) -> None:
        self._reader = reader
        self._finder = finder
        self._all_usual = usual
        self._usual: dict[Group, float | None] = {}
        self._parents: dict[Target, Parent | None] = {}
        """As if each were certain."""

    def known(self, target: Target) -> KnownTarget:
        """What is known of a target; of one whose listings are all gone, its name."""
        try:
            return self._finder.find(target)
        except NotFound:
            return KnownTarget(target, ())

    def read_around(self, targets: Collection[Target]) -> None:
        """Read what these targets lean on, and what is usual of them and of that."""
        known = [self.known(target) for target in targets]
        parents = {parent for each in known for parent, _ in each.parents} - self._parents.keys()
        if parents:
            voted = self._reader.standings.find_many(parents)
            self._parents |= dict.fromkeys(parents) | {target: _parent(each) for target, each in voted.items()}
        if self._all_usual is None:
            groups = {(kind, category) for kind in TargetKind for each in known for category in ("", each.category)}
            asked = groups - self._usual.keys()
            self._usual |= dict.fromkeys(asked) | self._reader.standings.usual_shares(asked)

    def around(self, known: KnownTarget, *, is_alarmed: bool = False) -> Surroundings:
        """What a target is compared with and leans on, once it was read."""
        parents = tuple(replace(self._parent(parent), certainty=certainty) for parent, certainty in known.parents)
        return Surroundings(self._usual_share(known.target.kind, known.category), parents, is_alarmed)

    def _parent(self, target: Target) -> Parent:
        """Where a parent stands; without votes of its own, where its parents do."""
        parent = self._parents[target]
        if parent is None:
            self.read_around((target,))
            around = self.around(self.known(target))
            share = prior_share(around.parents, around.usual)
            parent = self._parents[target] = Parent(target, 1.0, share, around.usual, effective_votes=0.0)
        return parent

    def _usual_share(self, kind: TargetKind, category: str) -> float:
        """What is usual in the category, or of the kind, or where nobody has voted yet."""
        usual: Mapping[Group, float | None] = self._usual if self._all_usual is None else self._all_usual
        shares = (usual.get((kind, category)), usual.get((kind, "")))
        return next((share for share in shares if share is not None), EVEN)


def _parent(standing: Standing) -> Parent:
    return Parent(standing.target, 1.0, standing.share, standing.category_share, standing.effective_votes)


def _board(standing: Standing | None) -> Board:
    return Board.UNLISTED if standing is None else standing.board
