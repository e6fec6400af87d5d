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
    tallies: Mapping[Target, VoteTally] | None = None,
) -> int:
    """Store where targets stand now, and note those that crossed a border, so that their listings are judged anew.

    Gives how many did. What comes from them (a brand's products) follows with the next full weighing; `usual` is by
    default what the last one found, `tallies` what is stored.
    """
    ground = _Ground(unit, finder, usual)
    after = ground.listed(targets, now, unit.vote_tallies.find_many(targets) if tallies is None else tallies)
    unit.standings.put_many(list(after.values()))
    boards = ((target, ground.board_before(target), listed.standing.board) for target, listed in after.items())
    changes = [(target, left, entered) for target, left, entered in boards if left is not entered]
    unit.standing_changes.add_many(changes, now)
    return len(changes)


def listed_standings(
    reader: Reader, finder: TargetFinder, targets: Collection[Target], now: datetime
) -> dict[Target, ListedStanding]:
    """Where targets stand now; without votes they stand where their parents do."""
    return _Ground(reader, finder, None).listed(targets, now, reader.vote_tallies.find_many(targets))


class _Ground:
    """What targets are compared with and lean on; whatever was read once is not read again."""

    def __init__(self, reader: Reader, finder: TargetFinder, usual: UsualShares | None) -> None:
        self._reader = reader
        self._finder = finder
        self._all_usual = usual
        self._usual: dict[Group, float | None] = {}
        self._before: dict[Target, Standing | None] = {}
        """Where targets and their parents stood; `None` without votes."""
        self._leaning: dict[Target, Parent] = {}
        """Parents without votes of their own, as if each were certain."""

    def listed(
        self, targets: Collection[Target], now: datetime, tallies: Mapping[Target, VoteTally]
    ) -> dict[Target, ListedStanding]:
        """Where targets stand now, whose votes add up to these tallies."""
        self._read_around(targets)
        alarmed = self._reader.vote_windows.alarmed(targets)

        def listed(target: Target) -> ListedStanding:
            known, votes = self._known(target), tallies.get(target, VoteTally())
            around = self._around(known, is_alarmed=target in alarmed)
            standing = standing_of(target, votes, around, now, self._before[target])
            return ListedStanding(standing, known.category, known.origin)

        return {target: listed(target) for target in targets}

    def board_before(self, target: Target) -> Board:
        """The board on which a target stood that was listed."""
        before = self._before[target]
        return Board.UNLISTED if before is None else before.board

    def _known(self, target: Target) -> KnownTarget:
        """What is known of a target; of one whose listings are all gone, its name."""
        try:
            return self._finder.find(target)
        except NotFound:
            return KnownTarget(target, ())

    def _read_around(self, targets: Collection[Target]) -> None:
        """Read where these targets and what they lean on stood, and what is usual of them and of that."""
        known = [self._known(target) for target in targets]
        around = {parent for each in known for parent, _ in each.parents}.union(targets) - self._before.keys()
        self._before |= dict.fromkeys(around) | self._reader.standings.find_many(around)
        if self._all_usual is None:
            groups = {(each.target.kind, category) for each in known for category in ("", each.category)}
            asked = groups - self._usual.keys()
            self._usual |= dict.fromkeys(asked) | self._reader.standings.usual_shares(asked)

    def _around(self, known: KnownTarget, *, is_alarmed: bool = False) -> Surroundings:
        """What a target is compared with and leans on, once it was read."""
        parents = tuple([self._parent(parent, certainty) for parent, certainty in known.parents])
        return Surroundings(self._usual_share(known.target.kind, known.category), parents, is_alarmed)

    def _parent(self, target: Target, certainty: float) -> Parent:
        """Where a parent stands; without votes of its own, where its parents do."""
        stood = self._before[target]
        if stood is not None:
            return Parent(target, certainty, stood.share, stood.category_share, stood.effective_votes)
        if target not in self._leaning:
            self._leaning[target] = self._where_its_parents_stand(target)
        return replace(self._leaning[target], certainty=certainty)

    def _where_its_parents_stand(self, target: Target) -> Parent:
        self._read_around((target,))
        around = self._around(self._known(target))
        share = prior_share(around.parents, around.usual)
        return Parent(target, 1.0, share, around.usual, effective_votes=0.0)

    def _usual_share(self, kind: TargetKind, category: str) -> float:
        """What is usual in the category, or of the kind, or where nobody has voted yet."""
        usual: Mapping[Group, float | None] = self._usual if self._all_usual is None else self._all_usual
        shares = (usual.get((kind, category)), usual.get((kind, "")))
        return next((share for share in shares if share is not None), EVEN)
