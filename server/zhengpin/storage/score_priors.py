"""What is usual of suppliers, table by table as they were fitted, and how far all were scored anew with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select, update

from zhengpin.domain.scored_supplier import FittedPriors
from zhengpin.domain.supplier_score import PriorTable
from zhengpin.errors import NotFound
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_RECALLED = 8
"""Tables that are not decoded again: mostly one a marketplace is asked for."""

_PRIORS = tables.score_priors.c

_WHOLE = select(_PRIORS.body, _PRIORS.reached, _PRIORS.finished_at).where(_PRIORS.marketplace == HERE)
_BY_VERSION = _WHOLE.where(_PRIORS.version == bindparam("version"))
_LATEST = _WHOLE.order_by(_PRIORS.fitted_on.desc(), _PRIORS.version.desc()).limit(1)
_MOVE = (
    update(tables.score_priors)
    .where(_PRIORS.marketplace == HERE, _PRIORS.version == bindparam("moved"))
    .values(reached=bindparam("to"), finished_at=bindparam("at"))
)

_recalled = lru_cache(_RECALLED)(codec.PRIOR_TABLE.from_text)


@dataclass(frozen=True, slots=True)
class ScorePriorReader:
    """Prior tables as they are stored."""

    scope: Scope

    def get(self, version: str) -> PriorTable:
        """One table; NotFound without."""
        row = self.scope.row(_BY_VERSION, version=version)
        if row is None:
            raise NotFound("prior table", version)
        return _fitted_from_row(row).table

    def latest(self) -> FittedPriors | None:
        """The one that was fitted last; `None` before the first."""
        row = self.scope.row(_LATEST)
        return None if row is None else _fitted_from_row(row)


@dataclass(frozen=True, slots=True)
class ScorePriors(ScorePriorReader):
    """Prior tables, to be read and added to."""

    def add(self, table: PriorTable) -> None:
        """Store a table; nobody is scored with it yet."""
        row = (table.version, table.fitted_on, codec.PRIOR_TABLE.to_text(table), "", None)
        self.scope.insert(tables.score_priors, [row])

    def move_to(self, version: str, reached: str, finished_at: datetime | None) -> None:
        """Note how far suppliers were scored anew with it, with the unit of work that stores their scores."""
        self.scope.change(_MOVE, moved=version, to=reached, at=finished_at)


def _fitted_from_row(row: Any) -> FittedPriors:
    return FittedPriors(_recalled(row.body), row.reached, row.finished_at)
