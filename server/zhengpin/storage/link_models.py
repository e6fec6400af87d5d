"""What links are weighed by, model by model as they were learned, and how far all were linked anew with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, union, update

from zhengpin.domain.link_model import LinkingState, LinkModel
from zhengpin.errors import NotFound
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE
from zhengpin.storage.tables import suppliers

_MODELS = tables.link_models.c
_VALUES = tables.supplier_values.c

_STATE = (
    select(_MODELS.version, _MODELS.suppliers, _MODELS.reached, _MODELS.finished_at, _MODELS.commits)
    .where(_MODELS.marketplace == HERE, _MODELS.version > "")  # by the whole key: one row is read, the last
    .order_by(_MODELS.version.desc())
    .limit(1)
)
_BODY = select(_MODELS.body).where(_MODELS.marketplace == HERE, _MODELS.version == bindparam("version"))
_MOVE = (
    update(tables.link_models)
    .where(_MODELS.marketplace == HERE, _MODELS.version == bindparam("moved"))
    .values(reached=bindparam("to"), finished_at=bindparam("at"), commits=_MODELS.commits + 1)
)
_COUNT = select(func.count()).select_from(suppliers).where(suppliers.c.marketplace == HERE)
_NEVER: Final = LinkingState("")


_STORED = (
    select(suppliers.c.supplier_id)
    .where(suppliers.c.marketplace == HERE, suppliers.c.supplier_id > bindparam("behind"))
    .order_by(suppliers.c.supplier_id)
    .limit(bindparam("most"))
    .subquery()
)
_TOLD_OF = (
    select(_VALUES.supplier_id)
    .distinct()
    .where(_VALUES.marketplace == HERE, _VALUES.supplier_id > bindparam("behind"))
    .order_by(_VALUES.supplier_id)
    .limit(bindparam("most"))
    .subquery()
)
_NAMED = union(select(_STORED.c.supplier_id), select(_TOLD_OF.c.supplier_id)).subquery()
_EVERYBODY = select(_NAMED.c.supplier_id).order_by(_NAMED.c.supplier_id).limit(bindparam("most"))
"""Suppliers, and those of whom only facts are told."""


@dataclass(frozen=True, slots=True)
class LinkModelReader:
    """Models of links as they are stored."""

    scope: Scope

    def state(self) -> LinkingState:
        """How far the marketplace is linked with the latest model."""
        row = self.scope.row(_STATE)
        return _NEVER if row is None else LinkingState(*row)

    def get(self, version: str) -> LinkModel:
        """One model, remembered as long as it is the last one that was asked for; NotFound without."""
        known = self.scope.memory.notes("link_models", 0, most=1)
        found: LinkModel | None = known.get(version)
        if found is not None:
            return found
        row = self.scope.row(_BODY, version=version)
        if row is None:
            raise NotFound("link model", version)
        found = codec.LINK_MODEL.unpack(row.body)
        known.add(version, found)
        return found

    def suppliers(self) -> int:
        """How many suppliers are stored."""
        count: int = self.scope.row(_COUNT)[0]
        return count

    def everybody(self, behind: str, most: int) -> list[str]:
        """Suppliers by id, behind one: those that are stored and those of whom only facts are told."""
        return [row.supplier_id for row in self.scope.rows(_EVERYBODY, behind=behind, most=most)]


@dataclass(frozen=True, slots=True)
class LinkModels(LinkModelReader):
    """Models of links, to be read and added to."""

    def add(self, model: LinkModel) -> None:
        """Store a model whose version comes after those before; nobody is linked with it yet."""
        row = (model.version, model.suppliers, codec.LINK_MODEL.pack(model), "", None, 0)
        self.scope.insert(tables.link_models, [row])

    def move_to(self, version: str, reached: str, finished_at: datetime | None) -> None:
        """Note that edges were written, and how far suppliers were linked anew, with the unit of work that did it."""
        self.scope.change(_MOVE, moved=version, to=reached, at=finished_at)
