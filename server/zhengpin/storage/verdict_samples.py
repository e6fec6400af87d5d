"""Verdicts to learn from and to look at models by: labelled ones, and any by their numbers. Memory holds a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, select

from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.verdict import Verdict
from zhengpin.storage import tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.verdicts import IS_LATEST, WHOLE, verdicts_from_rows

_VERDICTS = tables.verdicts.c
_OUTCOMES = tables.outcomes.c
_BEGIN = (
    select(_VERDICTS.sequence)
    .where(
        _VERDICTS.marketplace == HERE,
        _VERDICTS.evaluated_at >= bindparam("moment", type_=_VERDICTS.evaluated_at.type),
    )
    .order_by(_VERDICTS.evaluated_at, _VERDICTS.sequence)
    .limit(1)
)
_OF_LISTINGS = (
    select(_VERDICTS.listing_id, _VERDICTS.sequence)
    .where(among(tables.verdicts, "ids", "listing_id"))
    .order_by(_VERDICTS.listing_id, _VERDICTS.sequence)
)
_IS_LABELLED = exists().where(_OUTCOMES.marketplace == HERE, _OUTCOMES.listing_id == _VERDICTS.listing_id)


@dataclass(frozen=True, slots=True)
class LabelledVerdict:
    """A verdict on a listing of which it is known by now what it is."""

    verdict: Verdict
    fake: bool
    """By the newest outcome."""
    found_at: datetime
    """Of the first outcome: whatever was judged before could not know."""

    @property
    def was_known(self) -> bool:
        """Whether an outcome had been found already when it was judged."""
        return self.verdict.evaluated_at >= self.found_at


@dataclass(frozen=True, slots=True)
class VerdictSampleReader:
    """Verdicts with what was known when they were made."""

    scope: Scope

    def first_since(self, moment: datetime) -> int | None:
        """The number of the first verdict evaluated at the moment or later; `None` without any."""
        row = self.scope.row(_BEGIN, moment=moment)
        return None if row is None else int(row.sequence)

    def numbered(self, numbers: Sequence[int]) -> tuple[Verdict, ...]:
        """The verdicts with these numbers, in their order; numbers that none has are passed over."""
        return self._read(WHOLE.where(_VERDICTS.marketplace == HERE, _VERDICTS.sequence.in_(numbers)))

    def numbers_of(self, listing_ids: Sequence[str]) -> dict[str, list[int]]:
        """The numbers of all verdicts on each listing, ascending; listings that were never judged are left out."""
        rows = self.scope.rows(_OF_LISTINGS, ids=listing_ids)
        by_listing = groupby(rows, key=lambda row: row.listing_id)
        return {listing_id: [row.sequence for row in found] for listing_id, found in by_listing}

    def unlabelled(self, numbers: Sequence[int]) -> tuple[Verdict, ...]:
        """Those of the verdicts with these numbers that are their listings' latest, and of which nothing is found."""
        named = and_(_VERDICTS.marketplace == HERE, _VERDICTS.sequence.in_(numbers))
        return self._read(WHOLE.where(named, IS_LATEST, ~_IS_LABELLED))

    def labelled(self, after: str, limit: int) -> tuple[tuple[LabelledVerdict, ...], str | None]:
        """One verdict for each labelled listing of a page, and the listing to go on after; `None` at the end.

        It is the last one made before the first outcome was found, or else the earliest after it. Listings come in the
        order of their ids; those that were never judged are left out.
        """
        rows = self.scope.rows(_PAGE, after=after, limit=limit)
        judged = {row.sequence: row for row in rows if row.sequence is not None}
        numbers = sorted(judged)
        verdicts = dict(zip(numbers, self.numbered(numbers), strict=True))
        labelled = tuple(
            LabelledVerdict(verdicts[number], row.kind == OutcomeKind.FAKE, row.found_at)
            for number, row in judged.items()
        )
        return labelled, rows[-1].listing_id if len(rows) == limit else None

    def _read(self, statement: Select[Any]) -> tuple[Verdict, ...]:
        rows = self.scope.rows_asked(statement.order_by(_VERDICTS.sequence))
        return verdicts_from_rows(self.scope, rows)


def _page_of_labels() -> Select[Any]:
    labelled = (
        select(_OUTCOMES.listing_id, func.min(_OUTCOMES.found_at).label("found_at"))
        .where(_OUTCOMES.marketplace == HERE, _OUTCOMES.listing_id > bindparam("after"))
        .group_by(_OUTCOMES.listing_id)
        .order_by(_OUTCOMES.listing_id)
        .limit(bindparam("limit"))
        .subquery()
    )
    told, made = tables.outcomes.alias(), tables.verdicts.alias()
    newest = (
        select(told.c.kind)
        .where(told.c.marketplace == HERE, told.c.listing_id == labelled.c.listing_id)
        .order_by(told.c.found_at.desc(), told.c.outcome_id.desc())
        .limit(1)
    )
    on_listing = and_(made.c.marketplace == HERE, made.c.listing_id == labelled.c.listing_id)
    before = select(func.max(made.c.sequence)).where(on_listing, made.c.evaluated_at < labelled.c.found_at)
    earliest = select(func.min(made.c.sequence)).where(on_listing)
    return select(
        labelled.c.listing_id,
        labelled.c.found_at,
        newest.correlate(labelled).scalar_subquery().label("kind"),
        func.coalesce(
            before.correlate(labelled).scalar_subquery(), earliest.correlate(labelled).scalar_subquery()
        ).label("sequence"),
    ).order_by(labelled.c.listing_id)


_PAGE = _page_of_labels()
