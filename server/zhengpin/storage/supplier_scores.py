"""How good suppliers are: what their scores are made of, their ranking, and every change of points or band."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from struct import Struct
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, tuple_

from zhengpin.domain.scored_supplier import (
    NEWCOMER,
    UNBLEMISHED,
    ScoreChange,
    ScoreChangeFilter,
    ScoredPage,
    ScoredSupplier,
    ScoreFilter,
    SupplierEvidence,
)
from zhengpin.domain.supplier_score import Band, ComponentName, EvidenceSums, ScorePoints
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.page_token import place_in, token_after
from zhengpin.storage.scope import Scope
from zhengpin.storage.score_columns import Restanding, ScoreColumns, columns_behind, restand, untouched
from zhengpin.storage.score_places import CategoryPlace, place_in_category, sample_of_category
from zhengpin.storage.sets import HERE, among

_SCORES = tables.supplier_scores.c
_CHANGES = tables.supplier_score_changes.c

_PARTS: Final = len(ComponentName)
_SUMS: Final = Struct(f"<{2 * _PARTS}d")
"""The good sums of all components, then the bad ones."""
_NO_BLEMISHES: Final = codec.BLEMISHES.to_text(UNBLEMISHED)

_WHOLE = select(*[column for column in tables.supplier_scores.columns if column.name != "marketplace"])
_BY_IDS = _WHOLE.where(among(tables.supplier_scores, "ids", "supplier_id"))
_STOOD = select(_SCORES.supplier_id, _SCORES.points, _SCORES.band).where(
    among(tables.supplier_scores, "ids", "supplier_id")
)
_LAST = select(func.coalesce(func.max(_CHANGES.number), 0)).where(_CHANGES.marketplace == HERE)
_CHANGE = select(*[column for column in tables.supplier_score_changes.columns if column.name != "marketplace"])
_TREND = (
    _CHANGE.where(_CHANGES.marketplace == HERE, _CHANGES.supplier_id == bindparam("of"))
    .order_by(_CHANGES.number.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class SupplierScoreReader:
    """Scores as they are stored."""

    scope: Scope

    def find_many(self, supplier_ids: Collection[str]) -> dict[str, ScoredSupplier]:
        """Those of the suppliers that were scored, by id."""
        rows = self.scope.rows(_BY_IDS, ids=supplier_ids) if supplier_ids else ()
        return {row.supplier_id: _scored_from_row(row) for row in rows}

    def columns_behind(self, supplier_id: str, most: int) -> ScoreColumns | None:
        """Scored suppliers by id, behind one, as columns: at most so many, `None` if there are none."""
        return columns_behind(self.scope, supplier_id, most)

    def place(self, category: str, points: int) -> CategoryPlace:
        """Where so many points stand among those who mostly sell this very category."""
        return place_in_category(self.scope, category, points)

    def sample(self, category: str, most: int) -> list[str]:
        """At most so many of those who mostly sell this very category, good and bad ones alike."""
        return sample_of_category(self.scope, category, most)

    def ranking(self, asked: ScoreFilter, page_size: int, page_token: str = "") -> ScoredPage:
        """A page of the ranking, the best first.

        A token of another list raises InvalidInput on `page_token`.
        """
        asked = replace(asked, bands=tuple(band for band in Band if band in asked.bands or not asked.bands))
        first, *place = place_in(page_token, self.scope.marketplace, asked) if page_token else (asked.bands[0],)
        found: list[Any] = []
        for band in asked.bands[asked.bands.index(first) :]:
            found += self._of_band(asked.category, band, place if band == first else (), page_size + 1 - len(found))
            if len(found) > page_size:
                break
        suppliers = tuple(map(_scored_from_row, found[:page_size]))
        if len(found) <= page_size:
            return ScoredPage(suppliers)
        last = found[page_size - 1]
        token = token_after((last.band, last.points, last.supplier_id), self.scope.marketplace, asked)
        return ScoredPage(suppliers, token)

    def trend(self, supplier_id: str, most: int) -> list[ScoreChange]:
        """The latest changes of a supplier's score, at most so many, the oldest first."""
        return [_change_from_row(row) for row in reversed(self.scope.rows(_TREND, of=supplier_id, most=most))]

    def changes_after(self, cursor: int, asked: ScoreChangeFilter, most: int) -> tuple[tuple[ScoreChange, ...], int]:
        """Changes committed after the cursor, in the order of their commits, and the cursor to go on from.

        No change is ever committed behind a cursor that was given out.
        """
        last = self.last_cursor()
        found = _CHANGE.where(_CHANGES.marketplace == HERE, _CHANGES.number > cursor, _CHANGES.number <= last)
        if asked.supplier_ids:
            found = found.where(among(tables.supplier_score_changes, "wanted", "supplier_id"))
        if asked.band_changes_only:
            found = found.where(_CHANGES.band != _CHANGES.band_before)
        given = {"wanted": asked.supplier_ids} if asked.supplier_ids else {}
        rows = self.scope.rows_asked(found.order_by(_CHANGES.number).limit(most), **given)
        reached = rows[-1].number if len(rows) == most else max(cursor, last)
        return tuple(map(_change_from_row, rows)), reached

    def last_cursor(self) -> int:
        """The cursor behind which every change so far lies; 0 before the first."""
        return int(self.scope.rows(_LAST)[0][0])

    def _of_band(self, category: str, band: Band, place: Sequence[Any], most: int) -> Sequence[Any]:
        """Suppliers of one band behind a place, the best first."""
        order = tuple_(_SCORES.points, _SCORES.supplier_id)
        conditions: list[ColumnElement[bool]] = [_SCORES.marketplace == HERE, _SCORES.band == band]
        if category:
            under = _SCORES.category.startswith(f"{category}/", autoescape=True)
            conditions.append(or_(_SCORES.category == category, under))
        if place:
            conditions.append(order < tuple_(*place))
        best_first = _SCORES.points.desc(), _SCORES.supplier_id.desc()
        return self.scope.rows_asked(_WHOLE.where(and_(*conditions)).order_by(*best_first).limit(most))


@dataclass(frozen=True, slots=True)
class SupplierScores(SupplierScoreReader):
    """Scores, to be read and changed."""

    def put_many(self, scored: Sequence[ScoredSupplier]) -> int:
        """Store how suppliers stand, or replace it, and tell how many stand otherwise: those changes are kept."""
        if not scored:
            return 0
        ids = [each.supplier_id for each in scored]
        stood = {row.supplier_id: (row.points, Band(row.band)) for row in self.scope.rows(_STOOD, ids=ids)}
        self.scope.upsert_distinct(tables.supplier_scores, map(_row_from_scored, scored))
        changed = [
            (each.supplier_id, *before, each.stands, each.scored_at)
            for each in scored
            if (before := stood.get(each.supplier_id, NEWCOMER)) != (each.stands.points, each.stands.band)
        ]
        self._add_changes(changed)
        return len(changed)

    def restand(self, standing: Restanding) -> tuple[int, list[str]]:
        """Let suppliers stand otherwise than they were read, by the same evidence.

        Tell how many changed their points, and who was scored by somebody else meanwhile, and is left as it is.
        """
        read, places = standing.read, untouched(self.scope, standing.read)
        changed = restand(self.scope, standing, places)
        self._add_changes(
            [
                (
                    read.supplier_ids[place],
                    read.points[place],
                    Band(read.bands[place]),
                    standing.stands[place],
                    standing.scored_at,
                )
                for place in changed
            ]
        )
        left = set(range(len(read.supplier_ids))).difference(places)
        return len(changed), [read.supplier_ids[place] for place in sorted(left)]

    def _add_changes(self, changed: Sequence[tuple[str, int, Band, ScorePoints, datetime]]) -> None:
        if not changed:
            return
        self.scope.insert(
            tables.supplier_score_changes,
            (
                (number, supplier_id, points, band, *_stands(stands), stands.band, at)
                for number, (supplier_id, points, band, stands, at) in enumerate(changed, self.last_cursor() + 1)
            ),
        )


def _stands(stands: ScorePoints) -> tuple[int, int, int]:
    return stands.points, stands.low, stands.high


def _row_from_scored(scored: ScoredSupplier) -> tuple[object, ...]:
    evidence, stands = scored.evidence, scored.stands
    return (
        scored.supplier_id,
        evidence.category,
        stands.band,
        *_stands(stands),
        scored.scored_at,
        scored.priors,
        evidence.due_on,
        _SUMS.pack(*evidence.sums.good, *evidence.sums.bad),
        _NO_BLEMISHES if evidence.blemishes == UNBLEMISHED else codec.BLEMISHES.to_text(evidence.blemishes),
    )


def _scored_from_row(row: Any) -> ScoredSupplier:
    sums = _SUMS.unpack(row.sums)
    evidence = SupplierEvidence(
        EvidenceSums(sums[:_PARTS], sums[_PARTS:]), codec.BLEMISHES.recall(row.blemishes), row.category, row.due_on
    )
    stands = ScorePoints(row.points, row.low, row.high, Band(row.band))
    return ScoredSupplier(row.supplier_id, evidence, stands, row.scored_at, row.priors)


def _change_from_row(row: Any) -> ScoreChange:
    stands = ScorePoints(row.points, row.low, row.high, Band(row.band))
    return ScoreChange(row.number, row.supplier_id, row.points_before, Band(row.band_before), stands, row.changed_at)
