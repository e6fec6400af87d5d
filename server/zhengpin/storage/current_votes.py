"""The one vote of each voter on each target that stands, and what it counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import bindparam, func, select

from zhengpin.domain.vote import Target, TargetKind, WhyNotCounted
from zhengpin.domain.vote_tally import CurrentVote
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

Seat: TypeAlias = tuple[Target, str]
"""A target and the voter who speaks of it."""

_CURRENT = tables.current_votes.c
_KEY = (_CURRENT.target_kind, _CURRENT.target_key, _CURRENT.voter_id)
_ALL_COLUMNS = [column for column in tables.current_votes.columns if column.name != "marketplace"]

_AT_SEATS = select(*_ALL_COLUMNS).where(among(tables.current_votes, "seats", "target_kind", "target_key", "voter_id"))
_LATEST = (
    select(*_ALL_COLUMNS)
    .where(
        _CURRENT.marketplace == HERE,
        _CURRENT.target_kind == bindparam("kind"),
        _CURRENT.target_key == bindparam("key"),
    )
    .order_by(_CURRENT.cast_at.desc(), _CURRENT.voter_id)
    .limit(bindparam("most"))
)
_COUNTED = (
    select(func.count().label("votes"))
    .select_from(tables.current_votes)
    .where(
        _CURRENT.marketplace == HERE,
        _CURRENT.target_kind == bindparam("kind"),
        _CURRENT.target_key == bindparam("key"),
        _CURRENT.cast_at >= bindparam("since", type_=_CURRENT.cast_at.type),
        _CURRENT.cast_at < bindparam("until", type_=_CURRENT.cast_at.type),
        _CURRENT.recommends == bindparam("recommends"),
        _CURRENT.why_not == "",
    )
)
_OF_VOTER = (
    select(*_ALL_COLUMNS)
    .where(
        _CURRENT.marketplace == HERE,
        _CURRENT.voter_id == bindparam("voter_id"),
        _CURRENT.why_not == bindparam("why_not"),
    )
    .order_by(*_KEY)
    .limit(bindparam("most"))
)
_OF_WINDOW = (
    select(*_ALL_COLUMNS)
    .where(
        _CURRENT.marketplace == HERE,
        tables.IN_A_WINDOW,
        _CURRENT.window_id == bindparam("window_id"),
        _CURRENT.why_not == bindparam("why_not"),
    )
    .limit(bindparam("most"))
)
_VOTERS_WITH = select(_CURRENT.voter_id).distinct().where(among(tables.current_votes, "asked", "voter_id", "why_not"))
_COUNTS = (
    select(_CURRENT.why_not, func.count().label("votes"))
    .where(_CURRENT.marketplace == HERE, _CURRENT.voter_id == bindparam("voter_id"))
    .group_by(_CURRENT.why_not)
)


@dataclass(frozen=True, slots=True)
class CurrentVoteReader:
    """Current votes as they count."""

    scope: Scope

    def find_many(self, seats: Collection[Seat]) -> dict[Seat, CurrentVote]:
        """What voters say of targets now; those who say nothing of one are left out."""
        if not seats:
            return {}
        asked = [(target.kind, target.key, voter_id) for target, voter_id in seats]
        found = map(current_from_row, self.scope.rows(_AT_SEATS, seats=asked))
        return {(each.target, each.voter_id): each for each in found}

    def latest_of_target(self, target: Target, most: int) -> list[CurrentVote]:
        """The votes on a target that were cast last, the latest first: at most so many."""
        rows = self.scope.rows(_LATEST, kind=target.kind, key=target.key, most=most)
        return [current_from_row(row) for row in rows]

    def counted(self, target: Target, since: datetime, until: datetime, *, recommends: bool) -> int:
        """How many votes on a side of a target count, of those cast in a span of time (its end excluded)."""
        span = {"since": since, "until": until, "recommends": int(recommends)}
        return int(self.scope.rows(_COUNTED, kind=target.kind, key=target.key, **span)[0].votes)

    def of_voter(self, voter_id: str, why_not: WhyNotCounted | None, most: int) -> list[CurrentVote]:
        """Votes of a voter that share one reason not to count, or that count: at most so many."""
        rows = self.scope.rows(_OF_VOTER, voter_id=voter_id, why_not=why_not or "", most=most)
        return [current_from_row(row) for row in rows]

    def of_window(self, window_id: str, why_not: WhyNotCounted | None, most: int) -> list[CurrentVote]:
        """Votes in an excluded window that share one reason not to count, or that count: at most so many."""
        rows = self.scope.rows(_OF_WINDOW, window_id=window_id, why_not=why_not or "", most=most)
        return [current_from_row(row) for row in rows]

    def voters_with(self, asked: Collection[tuple[str, WhyNotCounted | None]]) -> frozenset[str]:
        """Those of the voters that have a current vote with the reason they come with; `None` is one that counts."""
        rows = self.scope.rows(_VOTERS_WITH, asked=[(voter_id, why or "") for voter_id, why in asked]) if asked else ()
        return frozenset(row.voter_id for row in rows)

    def counts_of_voter(self, voter_id: str) -> dict[WhyNotCounted | None, int]:
        """How many current votes of a voter are left out for each reason; under `None` those that count."""
        rows = self.scope.rows(_COUNTS, voter_id=voter_id)
        return {WhyNotCounted(row.why_not) if row.why_not else None: row.votes for row in rows}


@dataclass(frozen=True, slots=True)
class CurrentVotes(CurrentVoteReader):
    """Current votes, to be read and changed."""

    def put_many(self, votes: Sequence[CurrentVote]) -> None:
        """Let these stand, each in the place of whatever its voter said of its target before."""
        self.scope.upsert_distinct(
            tables.current_votes,
            (
                (
                    each.target.kind,
                    each.target.key,
                    each.voter_id,
                    each.vote_id,
                    int(each.recommends),
                    each.cast_at,
                    each.circle,
                    each.strength,
                    each.at_most,
                    int(each.bought),
                    int(each.related),
                    each.trust,
                    each.why_not or "",
                    each.window_id,
                    each.told_late,
                )
                for each in votes
            ),
        )


def current_from_row(row: Any) -> CurrentVote:
    """A current vote from a row with all columns of the table but the marketplace."""
    return CurrentVote(
        target=Target(TargetKind(row.target_kind), row.target_key),
        voter_id=row.voter_id,
        vote_id=row.vote_id,
        recommends=bool(row.recommends),
        cast_at=row.cast_at,
        circle=row.circle,
        strength=row.strength,
        at_most=row.at_most,
        bought=bool(row.bought),
        related=bool(row.related),
        trust=row.trust,
        why_not=WhyNotCounted(row.why_not) if row.why_not else None,
        window_id=row.window_id,
        told_late=row.told_late,
    )
