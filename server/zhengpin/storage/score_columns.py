"""Scores of many suppliers at once: read as columns, and replaced where nobody has scored them since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Update, bindparam, select, update

from zhengpin.domain.supplier_score import Blemishes, ScorePoints
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_SCORES = tables.supplier_scores.c
_BEHIND = (
    select(
        _SCORES.supplier_id,
        _SCORES.category,
        _SCORES.sums,
        _SCORES.blemishes,
        _SCORES.points,
        _SCORES.band,
        _SCORES.scored_at,
    )
    .where(_SCORES.marketplace == HERE, _SCORES.supplier_id > bindparam("behind"))
    .order_by(_SCORES.supplier_id)
    .limit(bindparam("most"))
)


_STOOD_AT = select(_SCORES.supplier_id, _SCORES.scored_at).where(
    _SCORES.marketplace == HERE,
    _SCORES.supplier_id >= bindparam("first"),
    _SCORES.supplier_id <= bindparam("last"),
)


def _restand(*names: str) -> Update:
    new: dict[str, BindParameter[Any]] = {name: bindparam(f"new_{name}", type_=_SCORES[name].type) for name in names}
    named = _SCORES.marketplace == HERE, _SCORES.supplier_id == bindparam("of")
    return update(tables.supplier_scores).where(*named).values(**new)


_ALWAYS = ("low", "high", "scored_at", "priors")
_RESTAND = {False: _restand(*_ALWAYS), True: _restand("points", "band", *_ALWAYS)}
"""By whether points changed: who keeps them keeps its place in the ranking, whose indices are not touched then."""


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """Scored suppliers, by id."""

    supplier_ids: Sequence[str]
    categories: Sequence[str]
    sums: bytes
    """Of each supplier as many good sums as there are components, then the bad ones: float64, little end first."""
    blemishes: Sequence[Blemishes]
    points: Sequence[int]
    bands: Sequence[str]
    scored_at: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Restanding:
    """How suppliers stand from a moment on, in the order in which they were read."""

    read: ScoreColumns
    stands: Sequence[ScorePoints]
    scored_at: datetime
    priors: str
    """The version of the prior table."""

    def row(self, place: int, marketplace: str) -> dict[str, Any]:
        """What is written of one of them."""
        stands = self.stands[place]
        return {
            "here": marketplace,
            "of": self.read.supplier_ids[place],
            "new_points": stands.points,
            "new_band": stands.band,
            "new_low": stands.low,
            "new_high": stands.high,
            "new_scored_at": self.scored_at,
            "new_priors": self.priors,
        }


def columns_behind(scope: Scope, supplier_id: str, most: int) -> ScoreColumns | None:
    """Scored suppliers behind one: at most so many, `None` if there are none."""
    rows = scope.rows(_BEHIND, behind=supplier_id, most=most)
    if not rows:
        return None
    ids, categories, sums, blemishes, points, bands, scored_at = zip(*rows, strict=True)
    found = [*map(codec.BLEMISHES.recall, blemishes)]
    return ScoreColumns(ids, categories, b"".join(sums), found, points, bands, scored_at)


def untouched(scope: Scope, read: ScoreColumns) -> list[int]:
    """The places of those whom nobody has scored since they were read."""
    rows = scope.rows(_STOOD_AT, first=read.supplier_ids[0], last=read.supplier_ids[-1])
    by_now = {row.supplier_id: row.scored_at for row in rows}
    seen = zip(read.supplier_ids, read.scored_at, strict=True)
    return [place for place, (supplier_id, moment) in enumerate(seen) if by_now.get(supplier_id) == moment]


def restand(scope: Scope, standing: Restanding, places: Iterable[int]) -> list[int]:
    """Let suppliers stand otherwise; give the places of those whose points changed."""
    by_change: dict[bool, list[int]] = {True: [], False: []}
    for place in places:
        by_change[standing.stands[place].points != standing.read.points[place]].append(place)
    for is_changed, those in by_change.items():
        if those:
            rows = [standing.row(place, scope.marketplace) for place in those]
            scope.connection.execute(_RESTAND[is_changed], rows)
    return by_change[True]
