"""Who brought whom in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, bindparam, select

from zhengpin.domain.supplier_fact import Referral
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.supplier_values import REFERRER

MOST_PEOPLE: Final = 1000
"""Of one level that are read."""

_VALUES = tables.supplier_values.c
_FACTS = tables.supplier_facts.c

_REFERRERS = (
    select(_VALUES.value)
    .distinct()
    .where(among(tables.supplier_values, "ids", "supplier_id"), _VALUES.attribute == REFERRER)
)
_BROUGHT_IN = (
    select(_VALUES.supplier_id, _FACTS.body)
    .select_from(tables.supplier_values)
    .join(tables.supplier_facts, and_(_FACTS.marketplace == HERE, _FACTS.fact_id == _VALUES.source))
    .where(among(tables.supplier_values, "asked", "attribute", "value"))
    .order_by(_VALUES.supplier_id, _VALUES.source)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class ReferralReader:
    """Referrals as they are stored."""

    scope: Scope

    def referrers(self, supplier_ids: Collection[str]) -> frozenset[str]:
        """Who brought any of the suppliers in."""
        return (
            frozenset(row.value for row in self.scope.rows(_REFERRERS, ids=supplier_ids))
            if supplier_ids
            else frozenset()
        )

    def brought_in(self, referrer_ids: Collection[str]) -> list[tuple[str, Referral]]:
        """Whom any of the suppliers brought in, and how: the first `MOST_PEOPLE` by id."""
        asked = [(REFERRER, referrer_id) for referrer_id in referrer_ids]
        rows = self.scope.rows(_BROUGHT_IN, asked=asked, most=MOST_PEOPLE) if asked else ()
        return [(row.supplier_id, codec.REFERRAL.from_text(row.body)) for row in rows]
