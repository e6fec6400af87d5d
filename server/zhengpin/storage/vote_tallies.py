"""What votes add up to: for a target, for each circle on it, and for each of its hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import bindparam, select

from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_rates import VoteRates
from zhengpin.domain.vote_tally import CircleTally, VoteHour, VoteTally
from zhengpin.storage import codec
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

Circle: TypeAlias = tuple[Target, str]
"""A target and one of the circles that vote on it."""

_HOURS = tables.vote_hours.c

_TALLIES = select(*tables.vote_tallies.columns).where(
    among(tables.vote_tallies, "targets", "target_kind", "target_key")
)
_CIRCLES = select(*tables.vote_circles.columns).where(
    among(tables.vote_circles, "circles", "target_kind", "target_key", "circle")
)
_HOURS_OF = (
    select(_HOURS.hour, _HOURS.recommends, _HOURS.warns)
    .where(
        among(tables.vote_hours, "targets", "target_kind", "target_key"),
        _HOURS.hour >= bindparam("since", type_=_HOURS.hour.type),
        _HOURS.hour < bindparam("until", type_=_HOURS.hour.type),
    )
    .order_by(_HOURS.hour)
)
_RATES = select(tables.vote_rates.c.body).where(tables.vote_rates.c.marketplace == HERE)


@dataclass(frozen=True, slots=True)
class VoteTallyReader:
    """Sums of votes as they are stored."""

    scope: Scope

    def find_many(self, targets: Collection[Target]) -> dict[Target, VoteTally]:
        """What the votes on targets add up to; those without votes are left out."""
        if not targets:
            return {}
        asked = [(target.kind, target.key) for target in targets]
        rows = self.scope.rows(_TALLIES, targets=asked)
        return {Target(TargetKind(row[1]), row[2]): VoteTally(*row[3:]) for row in rows}

    def circles(self, circles: Collection[Circle]) -> dict[Circle, CircleTally]:
        """What the votes of circles on targets add up to; those without votes are left out."""
        if not circles:
            return {}
        asked = [(target.kind, target.key, circle) for target, circle in circles]
        rows = self.scope.rows(_CIRCLES, circles=asked)
        return {(Target(TargetKind(row[1]), row[2]), row[3]): CircleTally(*row[4:]) for row in rows}

    def hours(self, target: Target, since: int, until: int) -> list[VoteHour]:
        """The hours from `since` to before `until` in which votes on a target were cast, in their order."""
        rows = self.scope.rows(_HOURS_OF, targets=[(target.kind, target.key)], since=since, until=until)
        return [VoteHour(*row) for row in rows]

    def rates(self) -> VoteRates | None:
        """How often is voted usually; `None` before the first full weighing."""
        row = self.scope.row(_RATES)
        return None if row is None else codec.VOTE_RATES.recall(row.body)


@dataclass(frozen=True, slots=True)
class VoteTallies(VoteTallyReader):
    """Sums of votes, to be read and changed."""

    def put_many(self, tallies: Mapping[Target, VoteTally]) -> None:
        """Store what the votes on targets add up to, or replace it."""
        rows = ((target.kind, target.key, *_sums(tally)) for target, tally in tallies.items())
        self.scope.upsert_distinct(tables.vote_tallies, rows)

    def put_circles(self, circles: Mapping[Circle, CircleTally]) -> None:
        """Store what the votes of circles on targets add up to, or replace it."""
        self.scope.upsert_distinct(
            tables.vote_circles,
            (
                (
                    target.kind,
                    target.key,
                    circle,
                    each.recommends,
                    each.warns,
                    each.recommend_squares,
                    each.warn_squares,
                )
                for (target, circle), each in circles.items()
            ),
        )

    def add_hours(self, hours: Mapping[Target, Collection[VoteHour]]) -> None:
        """Count more votes in hours; no hour of a target may come twice."""
        self.scope.add_up(
            tables.vote_hours,
            (
                (target.kind, target.key, each.hour, each.recommends, each.warns)
                for target, several in hours.items()
                for each in several
            ),
        )

    def put_rates(self, rates: VoteRates) -> None:
        """Store how often is voted usually, or replace it."""
        self.scope.upsert_distinct(tables.vote_rates, [(codec.VOTE_RATES.to_text(rates),)])


def _sums(tally: VoteTally) -> tuple[float, ...]:
    return (
        tally.recommend_votes,
        tally.warn_votes,
        tally.counted_recommend_votes,
        tally.counted_warn_votes,
        tally.recommend,
        tally.warn,
        tally.circles,
        tally.backing,
        tally.praise,
    )
