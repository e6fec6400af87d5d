"""What suppliers have on offer: of what category most of it is, and which products they sell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, bindparam, func, select

from zhengpin.domain.vote import TargetKind
from zhengpin.storage import tables, vote_tables
from zhengpin.storage.json_values import json_field
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

MOST_LISTINGS_ASKED: Final = 200
"""What so many of a supplier's listings say stands for the others."""

_LISTINGS = tables.listings.c
_OFFERED = vote_tables.listing_targets.c
_SALES = tables.listing_sales.c

_OF_SUPPLIER = (
    select(json_field(_LISTINGS.body, "category"), _LISTINGS.product_key, (_SALES.units > 0).label("has_sold"))
    .outerjoin(
        tables.listing_sales,
        and_(_SALES.marketplace == _LISTINGS.marketplace, _SALES.listing_id == _LISTINGS.listing_id),
    )
    .where(
        _LISTINGS.marketplace == HERE,
        _LISTINGS.supplier_id == bindparam("of"),
        _LISTINGS.deleted_at.is_(None),
    )
    .order_by(_LISTINGS.listing_id)
    .limit(MOST_LISTINGS_ASKED)
)
_LISTINGS_OF = (
    select(_LISTINGS.listing_id)
    .where(
        _LISTINGS.marketplace == HERE,
        _LISTINGS.supplier_id == bindparam("of"),
        _LISTINGS.listing_id > bindparam("behind"),
        _LISTINGS.deleted_at.is_(None),
    )
    .order_by(_LISTINGS.listing_id)
    .limit(bindparam("most"))
)
_SELLERS = (
    select(_OFFERED.target_key, func.count(_OFFERED.supplier_id.distinct()).label("sellers"))
    .join(
        tables.listing_sales,
        and_(_SALES.marketplace == _OFFERED.marketplace, _SALES.listing_id == _OFFERED.listing_id, _SALES.units > 0),
    )
    .where(among(vote_tables.listing_targets, "products", "target_kind", "target_key"))
    .group_by(_OFFERED.target_key)
)

_PLACED = (
    select(_LISTINGS.supplier_id)
    .distinct()
    .where(
        among(tables.listings, "asked", "supplier_id"),
        _LISTINGS.deleted_at.is_(None),
        json_field(_LISTINGS.body, "category") != "",
    )
)


@dataclass(frozen=True, slots=True)
class OfferedGoods:
    """What one supplier has on offer."""

    category: str = ""
    """Of most of its listings; of several the first by the alphabet."""
    sold: frozenset[str] = frozenset()
    """The products of which it has ever sold any, by their keys."""


@dataclass(frozen=True, slots=True)
class OfferedGoodsReader:
    """Listings as their suppliers have them."""

    scope: Scope

    def of(self, supplier_id: str) -> OfferedGoods:
        """What a supplier offers, by the first `MOST_LISTINGS_ASKED` of its listings."""
        rows = self.scope.rows(_OF_SUPPLIER, of=supplier_id)
        told: defaultdict[str, int] = defaultdict(int)
        for row in rows:
            told[row.category] += bool(row.category)
        category = min(filter(None, told), key=lambda each: (-told[each], each), default="")
        return OfferedGoods(category, frozenset(row.product_key for row in rows if row.product_key and row.has_sold))

    def placed(self, supplier_ids: Collection[str]) -> list[str]:
        """Those of the suppliers who offer goods of any category."""
        return [row.supplier_id for row in self.scope.rows(_PLACED, asked=[*supplier_ids])] if supplier_ids else []

    def listings(self, supplier_id: str, behind: str, most: int) -> list[str]:
        """A supplier's listings behind one, by id: at most so many."""
        return [row.listing_id for row in self.scope.rows(_LISTINGS_OF, of=supplier_id, behind=behind, most=most)]

    def sellers(self, product_keys: Collection[str]) -> dict[str, int]:
        """How many suppliers that offer each product have ever sold any of it; those that nobody sold are left out."""
        asked = [(TargetKind.PRODUCT, key) for key in product_keys]
        return {row.target_key: row.sellers for row in self.scope.rows(_SELLERS, products=asked)} if asked else {}
