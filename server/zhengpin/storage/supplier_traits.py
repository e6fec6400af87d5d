"""What suppliers shared, and how they named themselves, when they were last linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Integer, and_, bindparam, delete, select

from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each
from zhengpin.storage.supplier_values import Shared

_TRAITS = tables.supplier_traits.c
_OF = select(_TRAITS.supplier_id, _TRAITS.attribute, _TRAITS.value, _TRAITS.verified).where(
    among(tables.supplier_traits, "ids", "supplier_id")
)
_ASKED = each("values", "attribute", "value")
_FIRST = tables.supplier_traits.alias("first")
_FEW = (
    select(_FIRST.c.supplier_id)
    .where(_FIRST.c.marketplace == HERE, _FIRST.c.attribute == _ASKED.c.attribute, _FIRST.c.value == _ASKED.c.value)
    .order_by(_FIRST.c.verified.desc(), _FIRST.c.supplier_id.desc())
    .limit(bindparam("most", type_=Integer))
    .correlate(_ASKED)
)
_BEARERS = select(_ASKED.c.attribute, _ASKED.c.value, _TRAITS.supplier_id, _TRAITS.verified).select_from(
    starting_from(
        _ASKED,
        tables.supplier_traits,
        and_(
            _TRAITS.marketplace == HERE,
            _TRAITS.attribute == _ASKED.c.attribute,
            _TRAITS.value == _ASKED.c.value,
            _TRAITS.supplier_id.in_(_FEW),
        ),
    )
)
_FORGET = delete(tables.supplier_traits).where(among(tables.supplier_traits, "ids", "supplier_id"))


@dataclass(frozen=True, slots=True)
class SupplierTraitReader:
    """Traits as they are stored."""

    scope: Scope

    def of(self, supplier_ids: Collection[str]) -> dict[str, dict[Shared, bool]]:
        """What suppliers shared when they were last linked, and whether it was confirmed to be their own."""
        found: defaultdict[str, dict[Shared, bool]] = defaultdict(dict)
        for row in self.scope.rows(_OF, ids=supplier_ids) if supplier_ids else ():
            found[row.supplier_id][row.attribute, row.value] = bool(row.verified)
        return dict(found)

    def bearers(self, values: Collection[Shared], most: int) -> dict[Shared, dict[str, bool]]:
        """Who shared each value then, at most so many of each, and whether it was confirmed to be the supplier's own.

        Those of whom it was come first, so that no number of claims hides them. What a million share is read as quickly
        as what two do.
        """
        found: dict[Shared, dict[str, bool]] = {value: {} for value in values}
        for row in self.scope.rows(_BEARERS, values=values, most=most) if values else ():
            found[row.attribute, row.value][row.supplier_id] = bool(row.verified)
        return found


@dataclass(frozen=True, slots=True)
class SupplierTraits(SupplierTraitReader):
    """Traits, to be read and changed."""

    def put(self, traits: Mapping[str, Mapping[Shared, bool]]) -> None:
        """Store what suppliers share by now, in place of what they did."""
        if not traits:
            return
        self.scope.change(_FORGET, ids=traits)
        rows = (
            (*shared, supplier_id, int(verified))
            for supplier_id, own in traits.items()
            for shared, verified in own.items()
        )
        self.scope.insert(tables.supplier_traits, rows)
