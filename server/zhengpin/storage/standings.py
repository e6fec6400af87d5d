"""What the votes on targets add up to in public, and the boards that this makes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, or_, select, tuple_

from zhengpin.domain.standing import Board, Standing
from zhengpin.domain.vote import Target, TargetKind
from zhengpin.domain.vote_lists import StandingFilter, StandingPage
from zhengpin.storage import codec
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.page_token import place_in, token_after
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

Group: TypeAlias = tuple[TargetKind, str]
"""A kind of targets, and a category; the empty one is all of them together."""

_STANDINGS = tables.standings.c

_ORDER = (_STANDINGS.board, _STANDINGS.doubt, _STANDINGS.target_kind, _STANDINGS.target_key)
_WITH_ORDER = select(*_ORDER, _STANDINGS.body)
_USUAL = select(tables.usual_shares.c.target_kind, tables.usual_shares.c.category, tables.usual_shares.c.share).where(
    among(tables.usual_shares, "asked", "target_kind", "category")
)
_OF_TARGETS = select(_STANDINGS.body).where(among(tables.standings, "targets", "target_kind", "target_key"))


@dataclass(frozen=True, slots=True)
class StandingReader:
    """Standings as they are stored."""

    scope: Scope

    def find_many(self, targets: Collection[Target]) -> dict[Target, Standing]:
        """Where targets stand; those without votes are left out."""
        if not targets:
            return {}
        rows = self.scope.rows(_OF_TARGETS, targets=[(target.kind, target.key) for target in targets])
        found = (codec.STANDING.recall(row.body) for row in rows)
        return {standing.target: standing for standing in found}

    def list(self, asked: StandingFilter, page_size: int, page_token: str = "") -> StandingPage:
        """A page of standings, the surest of a board first, board after board.

        A token of another list raises InvalidInput on `page_token`.
        """
        statement = _WITH_ORDER.where(_matches(asked))
        if page_token:
            place = place_in(page_token, self.scope.marketplace, asked)
            statement = statement.where(tuple_(*_ORDER) > tuple_(*place))
        rows = self.scope.rows_asked(statement.order_by(*_ORDER).limit(page_size + 1))
        standings = tuple(codec.STANDING.from_text(row.body) for row in rows[:page_size])
        if len(rows) <= page_size:
            return StandingPage(standings)
        return StandingPage(standings, token_after(rows[page_size - 1][:-1], self.scope.marketplace, asked))

    def usual_shares(self, asked: Collection[Group]) -> dict[Group, float]:
        """The mean share of kinds and categories, as of the last full weighing; those without votes are left out."""
        rows = self.scope.rows(_USUAL, asked=asked) if asked else ()
        return {(TargetKind(row.target_kind), row.category): row.share for row in rows}


@dataclass(frozen=True, slots=True)
class ListedStanding:
    """A standing, and what boards are searched by."""

    standing: Standing
    category: str = ""
    """Of most of the target's listings."""
    origin: str = ""
    """The normalised name of the place that most of them name."""

    @property
    def doubt(self) -> float:
        """How unsure it is that the target belongs on its board, from 0 to 1."""
        standing = self.standing
        match standing.board:
            case Board.RED:
                return 1 - standing.low
            case Board.BLACK:
                return standing.high
            case _:
                return standing.high - standing.low


@dataclass(frozen=True, slots=True)
class Standings(StandingReader):
    """Standings, to be read and changed."""

    def put_many(self, standings: Sequence[ListedStanding]) -> None:
        """Store where targets stand, or replace it."""
        if standings:
            self.scope.upsert_distinct(tables.standings, map(_row_from_standing, standings))
            raise_revision(self.scope, Topic.VOTES)

    def put_usual_shares(self, shares: Mapping[Group, float], now: datetime) -> None:
        """Store the mean shares of kinds and categories, or replace them."""
        self.scope.upsert_distinct(tables.usual_shares, ((*group, share, now) for group, share in shares.items()))


def _matches(asked: StandingFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [_STANDINGS.marketplace == HERE]
    if asked.board is not None:
        conditions.append(_STANDINGS.board == asked.board)
    if asked.kind is not None:
        conditions.append(_STANDINGS.target_kind == asked.kind)
    if asked.category:
        under = _STANDINGS.category.startswith(f"{asked.category}/", autoescape=True)
        conditions.append(or_(_STANDINGS.category == asked.category, under))
    if asked.origin:
        conditions.append(_STANDINGS.origin == asked.origin)
    return and_(*conditions)


def _row_from_standing(listed: ListedStanding) -> tuple[object, ...]:
    standing = listed.standing
    target = standing.target
    return (
        target.kind,
        target.key,
        standing.board,
        listed.category,
        listed.origin,
        listed.doubt,
        standing.as_of,
        codec.STANDING.keep(standing),
    )
