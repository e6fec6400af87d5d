"""Which listings offer what votes speak of: their products, brands, factories and places of origin.

A brand stands here by the normalised name that listings give, for it may be registered later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from pydantic_core import to_json
from sqlalchemy import Select, literal, select, tuple_, union_all

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.listing import Listing, StoredListing
from zhengpin.domain.vote import OF_ONE_LISTING, Target, TargetKind
from zhengpin.domain.vote_tally import ListingOrigin
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.listings import BY_IDS, stored_from_row
from zhengpin.storage.memory import Lately
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.target_origins import read_origins

SECONDS_REMEMBERED = 60.0
TARGETS_REMEMBERED = 2000
"""Brands, factories and places of which a process remembers what their suppliers say, and for how long."""
NAMES_KEPT = 8192
"""What listings say that is not read again."""

_PRODUCT, _BRAND, _FACTORY, _ORIGIN = (kind.value for kind in TargetKind)
_OFFERED = tables.listing_targets.c
_SELLERS = (
    select(_OFFERED.target_kind, _OFFERED.target_key, _OFFERED.supplier_id)
    .distinct()
    .where(among(tables.listing_targets, "sellers", "target_kind", "target_key", "supplier_id"))
)

Offered: TypeAlias = tuple[str, str, str, str, str]
"""A row: kind, key, supplier, listing, and what the listing said."""
Offers: TypeAlias = Mapping[str, tuple[Offered, ...]]
"""The rows of listings, by listing."""
Seller: TypeAlias = tuple[Target, str]
"""A target and a supplier."""


@dataclass(frozen=True, slots=True)
class ListingTargetReader:
    """What listings offer. Brands are asked for by their normalised names."""

    scope: Scope

    def origins(self, target: Target) -> list[ListingOrigin]:
        """What the suppliers of a target say it comes from, each of them counting once; empty if none offers it.

        Of a brand, a factory or a place many listings tell, and one more changes little: that may be a minute old.
        """
        if target.kind is TargetKind.PRODUCT:
            return read_origins(self.scope, target)
        lately: Lately[Target, list[ListingOrigin]] = self.scope.memory.kept("origins", _lately)
        return lately.get(target, lambda: read_origins(self.scope, target))

    def offered_by(self, sellers: Collection[Seller]) -> frozenset[Seller]:
        """Those of the suppliers that have a listing of the target that they come with."""
        if not sellers:
            return frozenset()
        asked = [(target.kind, target.key, supplier_id) for target, supplier_id in sellers]
        rows = self.scope.rows(_SELLERS, sellers=asked)
        return frozenset((Target(TargetKind(row[0]), row[1]), row[2]) for row in rows)

    def of_listings(self, listing_ids: Collection[str]) -> dict[str, frozenset[Target]]:
        """What listings offer, those deleted since among them, by listing."""
        rows = self.scope.rows(BY_IDS, ids=listing_ids) if listing_ids else ()
        told = ((row, stored_from_row(row)) for row in rows)
        return {
            row.listing_id: frozenset(
                Target(TargetKind(offered[0]), offered[1]) for offered in _offered(stored.listing, row.product_key)
            )
            for row, stored in told
        }

    def listings(self, names: Collection[Target], after: tuple[str, str], most: int) -> list[tuple[str, str]]:
        """Listings of a target, by all its names, as supplier and listing: at most so many behind one, in their order.

        The database orders them, for it has an order of its own.
        """
        found = [select(_behind(name, after, most).subquery()) for name in names]
        if not found:
            return []
        offered = union_all(*found).subquery()
        ordered = select(offered).order_by(offered.c.supplier_id, offered.c.listing_id).limit(most)
        return [(row.supplier_id, row.listing_id) for row in self.scope.rows_asked(ordered)]


def _behind(name: Target, after: tuple[str, str], most: int) -> Select[tuple[str, str]]:
    columns = _OFFERED.supplier_id, _OFFERED.listing_id
    is_named = (_OFFERED.marketplace == HERE, _OFFERED.target_kind == name.kind.value, _OFFERED.target_key == name.key)
    follows = tuple_(*columns) > tuple_(*map(literal, after))
    return select(*columns).where(*is_named, follows).order_by(*columns).limit(most)


@dataclass(frozen=True, slots=True)
class ListingTargets(ListingTargetReader):
    """What listings offer, to be read and changed."""

    def replace(self, before: Offers, after: Offers) -> None:
        """Bring the rows of listings up to date; most are told again as they were."""
        changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        old = {row for key in changed for row in before.get(key, ())}
        new = {row for key in changed for row in after.get(key, ())}
        kept = {row[:4] for row in new} if old else ()
        names = [column.name for column in tables.listing_targets.primary_key][1:]
        gone = [dict(zip(names, row[:4], strict=True)) for row in old if row[:4] not in kept]
        self.scope.delete(tables.listing_targets, gone)
        self.scope.upsert_distinct(tables.listing_targets, sorted(new - old if old else new))


def offers_of(stored: Mapping[str, StoredListing], product_keys: Mapping[str, str]) -> Offers:
    """The rows of listings, whose products' keys come by listing; a deleted one offers nothing."""
    return {key: _offered(each.listing, product_keys[key]) for key, each in stored.items() if each.deleted_at is None}


def _offered(listing: Listing, product_key: str) -> tuple[Offered, ...]:
    supplier_id, listing_id, factory_id = listing.supplier_id, listing.listing_id, listing.factory_id
    brand, origin, said = _names(listing.category, listing.brand, factory_id, listing.origin_place)
    keys = ((_PRODUCT, product_of(listing_id, product_key)), (_BRAND, brand), (_FACTORY, factory_id), (_ORIGIN, origin))
    return tuple([(kind, key, supplier_id, listing_id, said) for kind, key in keys if key])


@lru_cache(NAMES_KEPT)
def _names(category: str, brand: str, factory_id: str, origin: str) -> tuple[str, str, str]:
    """A brand's and a place's names as they are compared, and all that was said as it is kept."""
    brand, origin = normalised_name(brand), normalised_name(origin)
    return brand, origin, to_json([category, brand, factory_id, origin]).decode()


def _lately() -> Lately[Target, list[ListingOrigin]]:
    return Lately(SECONDS_REMEMBERED, TARGETS_REMEMBERED)


def product_of(listing_id: str, product_key: str) -> str:
    """The key of the product that a listing offers; of goods whose product can't be told, one of their own."""
    return product_key or f"{OF_ONE_LISTING}{listing_id}"
