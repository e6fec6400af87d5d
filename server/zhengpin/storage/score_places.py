"""Where a supplier stands in its category, and whom it may be compared with there."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, case, func, select

from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_SCORES = tables.supplier_scores.c
_CATEGORY = bindparam("category", type_=String)
_IN_CATEGORY = (_SCORES.marketplace == HERE, _SCORES.category == _CATEGORY)
_POINTS = bindparam("points", type_=Integer)
_PLACE = select(
    func.count().label("scored"),
    func.coalesce(func.sum(case((_SCORES.points > _POINTS, 1), else_=0)), 0).label("better"),
).where(*_IN_CATEGORY)
# In the order of the index, so that the whole of it is read there and no row is opened.
_NUMBERED = (
    select(
        _SCORES.supplier_id,
        func.row_number().over(order_by=(_SCORES.band, _SCORES.points, _SCORES.supplier_id)).label("place"),
    )
    .where(*_IN_CATEGORY)
    .subquery()
)
_SAMPLE = select(_NUMBERED.c.supplier_id).where(_NUMBERED.c.place % bindparam("step", type_=Integer) == 0)


class CategoryPlace(NamedTuple):
    """How many are scored in a category, and how many of them have more points."""

    scored: int
    better: int


def place_in_category(scope: Scope, category: str, points: int) -> CategoryPlace:
    """Where so many points stand among those who mostly sell this very category."""
    row = scope.row(_PLACE, category=category, points=points)
    return CategoryPlace(int(row.scored), int(row.better))


def sample_of_category(scope: Scope, category: str, most: int) -> list[str]:
    """At most so many of those who mostly sell this very category, good and bad ones as often as there are of them.

    Every n-th by points is taken, so that the same scores always give the same sample.
    """
    scored = place_in_category(scope, category, 0).scored
    step = max(1, -(-scored // most))
    return [row.supplier_id for row in scope.rows(_SAMPLE, category=category, step=step)]
