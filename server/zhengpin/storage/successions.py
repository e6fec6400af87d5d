"""Who goes on in whom, after mergers and splits that are verified: anybody can name a successor, or a predecessor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from zhengpin.domain.supplier_fact import SUCCESSION
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among

_VALUES = tables.supplier_values.c

_INTO = (
    select(_VALUES.supplier_id, _VALUES.value)
    .distinct()
    .where(among(tables.supplier_values, "asked", "attribute", "value"), _VALUES.verified == 1)
    .order_by(_VALUES.value, _VALUES.supplier_id)
)
_OUT_OF = (
    select(_VALUES.supplier_id, _VALUES.value)
    .distinct()
    .where(among(tables.supplier_values, "ids", "supplier_id"), _VALUES.attribute == SUCCESSION, _VALUES.verified == 1)
    .order_by(_VALUES.supplier_id, _VALUES.value)
)


@dataclass(frozen=True, slots=True)
class SuccessionReader:
    """Successions as they are stored."""

    scope: Scope

    def predecessors(self, supplier_ids: Collection[str]) -> dict[str, list[str]]:
        """Who goes on in each of the suppliers; most have nobody."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        asked = [(SUCCESSION, supplier_id) for supplier_id in supplier_ids]
        for row in self.scope.rows(_INTO, asked=asked) if asked else ():
            found[row.value].append(row.supplier_id)
        return dict(found)

    def successors(self, supplier_ids: Collection[str]) -> dict[str, list[str]]:
        """In whom each of the suppliers goes on; most in nobody."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.scope.rows(_OUT_OF, ids=supplier_ids) if supplier_ids else ():
            found[row.supplier_id].append(row.value)
        return dict(found)
