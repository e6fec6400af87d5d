"""Verdicts: added and read, never changed. The database itself refuses anything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, TextClause, and_, bindparam, cast, exists, func, or_, select

from zhengpin.domain.edition import Edition
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.verdict import Decision, Restriction, Verdict
from zhengpin.domain.verdict_filter import VerdictFilter, VerdictPage
from zhengpin.errors import NotFound
from zhengpin.storage import codec, tables
from zhengpin.storage.page_token import place_in, token_after
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.verdict_body import body_of, restrictions_in, verdict_from_row

_VERDICTS = tables.verdicts.c
_REASONS = tables.verdict_reasons.c
_LATER = tables.verdicts.alias("later")

WHOLE = select(*[column for column in tables.verdicts.columns if column.name != "marketplace"])
"""A verdict's row, as `verdicts_from_rows` reads it."""
_BY_ID = WHOLE.where(_VERDICTS.marketplace == HERE, _VERDICTS.verdict_id == bindparam("verdict_id"))
IS_LATEST = ~exists().where(
    _LATER.c.marketplace == HERE,
    _LATER.c.listing_id == _VERDICTS.listing_id,
    _LATER.c.sequence > _VERDICTS.sequence,
)
"""Whether no later verdict is on the same listing."""
_LATEST = select(_VERDICTS.listing_id, _VERDICTS.verdict_id).where(
    among(tables.verdicts, "ids", "listing_id"), IS_LATEST
)
_LATEST_BODIES = select(_VERDICTS.listing_id, _VERDICTS.body, _VERDICTS.edition).where(
    # Only these decisions come with restrictions: of the many others no body is read.
    among(tables.verdicts, "ids", "listing_id"),
    IS_LATEST,
    or_(_VERDICTS.decision == Decision.REVIEW, _VERDICTS.decision == Decision.BLOCK),
)
_LAST = select(func.coalesce(func.max(_VERDICTS.sequence), 0)).where(_VERDICTS.marketplace == HERE)
_HAS_EDITION = exists().where(tables.editions.c.marketplace == HERE, tables.editions.c.digest == bindparam("digest"))
_LAST_AND_EDITION = select(_LAST.scalar_subquery().label("last"), cast(_HAS_EDITION, Integer).label("has_edition"))
_EDITIONS = select(tables.editions.c.body).where(among(tables.editions, "digests", "digest"))


@dataclass(frozen=True, slots=True)
class VerdictReader:
    """Verdicts as they were made."""

    scope: Scope

    def get(self, verdict_id: str, *, with_explanation: bool = False) -> Verdict:
        """One verdict, with every signal and rule behind it if asked for; NotFound without."""
        row = self.scope.row(_BY_ID, verdict_id=verdict_id)
        if row is None:
            raise NotFound("verdict", verdict_id)
        (verdict,) = verdicts_from_rows(self.scope, [row])
        return verdict if with_explanation else replace(verdict, explanation=None)

    def latest_ids(self, listing_ids: Collection[str]) -> dict[str, str]:
        """The id of the latest verdict on each listing, by listing; those never judged are left out."""
        return {row[0]: row[1] for row in self.scope.rows(_LATEST, ids=listing_ids)} if listing_ids else {}

    def restrictions(self, listing_ids: Collection[str]) -> dict[str, tuple[Restriction, ...]]:
        """What the latest verdict on each listing restricted, by listing; unrestricted ones are left out."""
        rows = self.scope.rows(_LATEST_BODIES, ids=listing_ids) if listing_ids else ()
        found = {row.listing_id: restrictions_in(row.body, row.edition) for row in rows}
        return {listing_id: restrictions for listing_id, restrictions in found.items() if restrictions}

    def list(self, asked: VerdictFilter, page_size: int, page_token: str = "") -> VerdictPage:
        """A page of verdicts, the newest first.

        A token of another list raises InvalidInput on `page_token`.
        """
        statement = WHOLE.where(_matches(asked))
        if page_token:
            statement = statement.where(_follows(place_in(page_token, self.scope.marketplace, _of_list(asked)), asked))
        newest_first = statement.order_by(*[column.desc() for column in _order(asked)])
        rows = self.scope.rows_asked(newest_first.limit(page_size + 1), listings=[asked.listing_id])
        verdicts = verdicts_from_rows(self.scope, rows[:page_size])
        if len(rows) <= page_size:
            return VerdictPage(verdicts)
        last = rows[page_size - 1]
        place = (last.evaluated_at.isoformat(), last.sequence)
        return VerdictPage(verdicts, token_after(place, self.scope.marketplace, _of_list(asked)))

    def after(self, cursor: int, asked: VerdictFilter, limit: int) -> tuple[tuple[Verdict, ...], int]:
        """Verdicts committed after the cursor, in the order of their commits, and the cursor to go on from.

        No verdict is ever committed behind a cursor that was given out.
        """
        last = self.last_cursor()
        found = WHOLE.where(_matches(asked), _VERDICTS.sequence > cursor, _VERDICTS.sequence <= last)
        rows = self.scope.rows_asked(found.order_by(_VERDICTS.sequence).limit(limit), listings=[asked.listing_id])
        reached = rows[-1].sequence if len(rows) == limit else max(cursor, last)
        return verdicts_from_rows(self.scope, rows), reached

    def last_cursor(self) -> int:
        """The cursor behind which every verdict so far lies; 0 before the first."""
        row = self.scope.row(_LAST)
        return 0 if row is None else int(row[0])


def verdicts_from_rows(scope: Scope, rows: Sequence[Any]) -> tuple[Verdict, ...]:
    """Verdicts of their `WHOLE` rows, each with its edition."""
    digests = {row.edition for row in rows if row.edition is not None}
    told = scope.rows(_EDITIONS, digests=digests) if digests else ()
    editions = {edition.digest: edition for edition in (codec.EDITION.recall(row.body) for row in told)}
    return tuple(verdict_from_row(row, editions) for row in rows)


@dataclass(frozen=True, slots=True)
class Verdicts(VerdictReader):
    """Verdicts, to be read and added to."""

    def add_many(self, verdicts: Sequence[Verdict]) -> None:
        """Store verdicts in this order. Since one unit of work writes at a time, they are numbered as committed."""
        explained = [(verdict, _explanation_of(verdict)) for verdict in verdicts]
        numbered = list(enumerate(explained, start=self._told({each.edition for _, each in explained}) + 1))
        self.scope.insert(tables.verdicts, (_row_from_verdict(*each, number) for number, each in numbered))
        reasons = [
            {"code": code, "sequence": number}
            for number, (verdict, _) in numbered
            if verdict.reasons
            for code in {reason.code for reason in verdict.reasons}
        ]
        if reasons:
            self.scope.insert(tables.verdict_reasons, reasons)

    def _told(self, editions: Collection[Edition]) -> int:
        """Store the editions that are new here; give the number of the last verdict."""
        last = 0
        for edition in editions:
            row = self.scope.row(_LAST_AND_EDITION, digest=edition.digest)
            last = row.last
            if not row.has_edition:
                body = codec.EDITION.to_text(edition)
                self.scope.insert(tables.editions, [{"digest": edition.digest, "body": body}])
        return last


def _matches(asked: VerdictFilter) -> ColumnElement[bool]:
    # Few verdicts are about one listing: SQLite would rather read all of a marketplace in the order that is asked.
    of_listing = among(tables.verdicts, "listings", "listing_id")
    conditions: list[ColumnElement[bool] | TextClause] = [
        of_listing if asked.listing_id else _VERDICTS.marketplace == HERE
    ]
    if asked.supplier_id:
        conditions.append(_VERDICTS.supplier_id == asked.supplier_id)
    if asked.decisions:
        conditions.append(_VERDICTS.decision.in_(sorted(asked.decisions)))
        if Decision.ALLOW not in asked.decisions:
            conditions.append(tables.NOT_ALLOWED)
    if asked.reason_code:
        with_reason = select(_REASONS.sequence).where(_REASONS.marketplace == HERE, _REASONS.code == asked.reason_code)
        conditions.append(_VERDICTS.sequence.in_(with_reason))
    if asked.evaluated_from is not None:
        conditions.append(_VERDICTS.evaluated_at >= asked.evaluated_from)
    if asked.evaluated_before is not None:
        conditions.append(_VERDICTS.evaluated_at < asked.evaluated_before)
    if asked.latest_only:
        conditions.append(IS_LATEST)
    return and_(*conditions)


def _order(asked: VerdictFilter) -> tuple[ColumnElement[Any], ...]:
    """What a list is ordered by: the numbers of commits, or the time first where the filter asks for a time."""
    by_time = asked.evaluated_from is not None or asked.evaluated_before is not None
    return (_VERDICTS.evaluated_at, _VERDICTS.sequence) if by_time else (_VERDICTS.sequence,)


def _of_list(asked: VerdictFilter) -> VerdictFilter:
    """The same filter, in whatever order its decisions were named."""
    return replace(asked, decisions=tuple(sorted(asked.decisions)))


def _follows(place: Sequence[Any], asked: VerdictFilter) -> ColumnElement[bool]:
    """Further down a list that begins with the newest."""
    moment, sequence = datetime.fromisoformat(place[0]), int(place[1])
    *time, number = _order(asked)
    earlier = number < sequence
    if not time:
        return earlier
    return or_(time[0] < moment, and_(time[0] == moment, earlier))


def _explanation_of(verdict: Verdict) -> Explanation:
    if verdict.explanation is None:
        raise ValueError(f"verdict {verdict.verdict_id} has no explanation: without it nobody could replay it")
    return verdict.explanation


def _row_from_verdict(verdict: Verdict, explanation: Explanation, number: int) -> dict[str, Any]:
    return {
        "verdict_id": verdict.verdict_id,
        "sequence": number,
        "listing_id": verdict.listing_id,
        "supplier_id": verdict.supplier_id,
        "decision": verdict.decision,
        "evaluated_at": verdict.evaluated_at,
        "edition": explanation.edition.digest,
        "body": body_of(verdict, explanation),
        "explanation": None,
    }
