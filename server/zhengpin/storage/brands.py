"""Registered brands, found by the names they go by and by their GS1 company prefixes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from zhengpin.domain.brand import Brand, normalised_name
from zhengpin.storage import codec, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among

_BRANDS = tables.brands.c
_NAMES = tables.brand_names.c
_PREFIXES = tables.brand_prefixes.c

PREFIX_LENGTHS = range(12, 3, -1)
"""Of GS1 company prefixes, the longest first."""

_BY_NAMES = (
    select(_NAMES.name, _BRANDS.body)
    .join(tables.brands, (_BRANDS.marketplace == _NAMES.marketplace) & (_BRANDS.brand_id == _NAMES.brand_id))
    .where(among(tables.brand_names, "names", "name"))
)
_BY_IDS = select(_BRANDS.brand_id, _BRANDS.body).where(among(tables.brands, "ids", "brand_id"))
_BY_PREFIXES = (
    select(_PREFIXES.prefix, _BRANDS.body)
    .join(tables.brands, (_BRANDS.marketplace == _PREFIXES.marketplace) & (_BRANDS.brand_id == _PREFIXES.brand_id))
    .where(among(tables.brand_prefixes, "prefixes", "prefix"))
    .order_by(_PREFIXES.brand_id)
)
_FORGET_NAMES = delete(tables.brand_names).where(among(tables.brand_names, "ids", "brand_id"))
_FORGET_PREFIXES = delete(tables.brand_prefixes).where(among(tables.brand_prefixes, "ids", "brand_id"))


@dataclass(frozen=True, slots=True)
class BrandReader:
    """Brands as they are stored."""

    scope: Scope

    def by_names(self, names: Collection[str]) -> dict[str, tuple[Brand, ...]]:
        """The brands that go by each of the names, by the normalised name and then id; names of nobody are left out."""
        normalised = {normalised_name(name) for name in names} - {""}
        found: dict[str, tuple[Brand, ...]] = {}
        if normalised:
            for name, body in self.scope.rows(_BY_NAMES, names=normalised):
                brands = (*found.get(name, ()), codec.BRAND.recall(body))
                found[name] = tuple(sorted(brands, key=lambda brand: brand.brand_id))
        return found

    def by_ids(self, brand_ids: Collection[str]) -> dict[str, Brand]:
        """The brands with these ids; those of nobody are left out."""
        if not brand_ids:
            return {}
        return {row.brand_id: codec.BRAND.recall(row.body) for row in self.scope.rows(_BY_IDS, ids=brand_ids)}

    def by_gtins(self, gtins: Collection[str]) -> dict[str, tuple[Brand, ...]]:
        """The brands that registered the longest company prefix of each GTIN of 14 digits, by id.

        GTINs of nobody are left out.
        """
        prefixes = {prefix for gtin in gtins for prefix in company_prefixes(gtin)}
        if not prefixes:
            return {}
        owners: dict[str, tuple[Brand, ...]] = {}
        for prefix, body in self.scope.rows(_BY_PREFIXES, prefixes=prefixes):
            owners[prefix] = (*owners.get(prefix, ()), codec.BRAND.recall(body))
        longest = {gtin: next((p for p in company_prefixes(gtin) if p in owners), None) for gtin in gtins}
        return {gtin: owners[prefix] for gtin, prefix in longest.items() if prefix is not None}


@dataclass(frozen=True, slots=True)
class Brands(BrandReader):
    """Brands, to be read and changed."""

    def upsert_many(self, brands: Sequence[Brand], now: datetime) -> None:
        """Store brands with their names and prefixes, or replace them."""
        latest = {brand.brand_id: brand for brand in brands}
        if not latest:
            return
        self.scope.upsert(
            tables.brands,
            ({"brand_id": key, "updated_at": now, "body": codec.BRAND.to_text(brand)} for key, brand in latest.items()),
        )
        raise_revision(self.scope, Topic.BRANDS)
        self.scope.change(_FORGET_NAMES, ids=latest)
        self.scope.change(_FORGET_PREFIXES, ids=latest)
        self.scope.upsert(
            tables.brand_names,
            ({"name": name, "brand_id": key} for key, brand in latest.items() for name in _names(brand)),
        )
        self.scope.upsert(
            tables.brand_prefixes,
            ({"prefix": prefix, "brand_id": key} for key, brand in latest.items() for prefix in brand.gtin_prefixes),
        )


def _names(brand: Brand) -> set[str]:
    """The names a brand goes by, as names are compared."""
    return {normalised_name(name) for name in (brand.name, *brand.aliases)} - {""}


def company_prefixes(gtin14: str) -> list[str]:
    """What may be the company prefix, the longest first: it follows the indicator digit (GS1)."""
    return [gtin14[1 : 1 + length] for length in PREFIX_LENGTHS if len(gtin14) > length]
