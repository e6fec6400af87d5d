"""What a full weighing of votes walks over: far more than a screening or a vote may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, tuple_

from zhengpin.domain.cast_vote import CastVote
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_tally import CurrentVote, VoterTrust, VoteTally
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.current_votes import Seat, current_from_row
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE
from zhengpin.storage.standings import Group

_CURRENT = tables.current_votes.c
_SEAT = (_CURRENT.target_kind, _CURRENT.target_key, _CURRENT.voter_id)
_TALLIES = tables.vote_tallies.c
_STANDINGS = tables.standings.c

_CAST = (
    select(
        *_SEAT,
        _CURRENT.recommends,
        _CURRENT.cast_at,
        _CURRENT.bought,
        _CURRENT.related,
        _CURRENT.why_not,
        _CURRENT.told_late,
    )
    .where(_CURRENT.marketplace == HERE)
    .order_by(*_SEAT)
)
_BEHIND = (
    select(*[column for column in tables.current_votes.columns if column.name != "marketplace"])
    .where(
        _CURRENT.marketplace == HERE,
        tuple_(*_SEAT) > tuple_(bindparam("kind"), bindparam("key"), bindparam("voter_id")),
    )
    .order_by(*_SEAT)
    .limit(bindparam("most"))
)
_TARGETS_BEHIND = (
    select(_TALLIES.target_key)
    .where(
        _TALLIES.marketplace == HERE,
        _TALLIES.target_kind == bindparam("kind"),
        _TALLIES.target_key > bindparam("key"),
    )
    .order_by(_TALLIES.target_key)
    .limit(bindparam("most"))
)
_TRUST = select(*tables.voter_trust.columns).where(tables.voter_trust.c.marketplace == HERE)
_TALLIED = (
    select(_TALLIES.target_kind, _STANDINGS.category, _TALLIES.recommend, _TALLIES.warn)
    .join(
        tables.standings,
        (_STANDINGS.marketplace == _TALLIES.marketplace)
        & (_STANDINGS.target_kind == _TALLIES.target_kind)
        & (_STANDINGS.target_key == _TALLIES.target_key),
    )
    .where(_TALLIES.marketplace == HERE)
)
_WEIGHED = select(func.max(tables.usual_shares.c.made_at)).where(tables.usual_shares.c.marketplace == HERE)


@dataclass(frozen=True, slots=True)
class WeighingReader:
    """One marketplace's votes, walked over from end to end."""

    scope: Scope

    def cast(self) -> Iterator[CastVote]:
        """Every current vote, by target and voter; memory holds a page."""
        return map(CastVote._make, self.scope.stream(_CAST))

    def votes_behind(self, seat: Seat | None, most: int) -> list[CurrentVote]:
        """The current votes behind one, by target and voter: at most so many, from the first on if there is none."""
        target, voter_id = seat or (None, "")
        kind, key = (target.kind, target.key) if target else ("", "")
        rows = self.scope.rows(_BEHIND, kind=kind, key=key, voter_id=voter_id, most=most)
        return [current_from_row(row) for row in rows]

    def targets_behind(self, kind: TargetKind, key: str, most: int) -> list[Target]:
        """Targets of a kind with votes, by key, behind one: at most so many."""
        rows = self.scope.rows(_TARGETS_BEHIND, kind=kind, key=key, most=most)
        return [Target(kind, row.target_key) for row in rows]

    def trust(self) -> Iterator[VoterTrust]:
        """How far every voter's votes count; memory holds a page."""
        return (VoterTrust(*row[1:]) for row in self.scope.stream(_TRUST))

    def tallies(self) -> Iterator[tuple[Group, VoteTally]]:
        """What the votes on each target are worth, with its kind and category; memory holds a page."""
        for row in self.scope.stream(_TALLIED):
            yield (TargetKind(row.target_kind), row.category), VoteTally(recommend=row.recommend, warn=row.warn)

    def weighed_at(self) -> datetime | None:
        """When votes were last weighed from end to end; `None` if never."""
        found: datetime | None = self.scope.rows(_WEIGHED)[0][0]
        return found
