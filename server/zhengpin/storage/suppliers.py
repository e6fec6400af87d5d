"""Suppliers and their shops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from zhengpin.detectors.codes import company_key
from zhengpin.domain.supplier import Shop, Supplier, SupplierState
from zhengpin.storage import codec, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among
from zhengpin.storage.stale_suppliers import Stale, mark_stale
from zhengpin.storage.verified_companies import name_companies

_SUPPLIERS = tables.suppliers.c
_SHOPS = tables.shops.c

_BY_IDS = select(_SUPPLIERS.supplier_id, _SUPPLIERS.body).where(among(tables.suppliers, "ids", "supplier_id"))
_SHOPS_OF = (
    select(_SHOPS.supplier_id, _SHOPS.body)
    .where(among(tables.shops, "ids", "supplier_id"))
    .order_by(_SHOPS.supplier_id, _SHOPS.position)
)
_OWNERS = select(_SHOPS.supplier_id).where(among(tables.shops, "ids", "shop_id"))
_WITH_OFFICIAL_STORE = (
    select(_SHOPS.supplier_id).distinct().where(_SHOPS.official_store == 1, among(tables.shops, "ids", "supplier_id"))
)
_NOT_ACTIVE = select(_SUPPLIERS.supplier_id).where(
    among(tables.suppliers, "ids", "supplier_id"),
    # Within a text JSON writes the quotation marks as \\", so that this can stand nowhere but at the field itself.
    _SUPPLIERS.body.not_like(f'%"state":"{SupplierState.ACTIVE}"%'),
)
_TERMINATED = tables.terminated_companies
_TERMINATED_OF = select(_TERMINATED.c.supplier_id, _TERMINATED.c.company_key).where(
    among(_TERMINATED, "ids", "supplier_id")
)
_TERMINATED_BY_KEY = select(_TERMINATED.c.company_key, _TERMINATED.c.supplier_id).where(
    among(_TERMINATED, "keys", "company_key")
)
_FORGET_TERMINATED = delete(_TERMINATED).where(among(_TERMINATED, "ids", "supplier_id"))
_FORGET_SHOPS = delete(tables.shops).where(among(tables.shops, "ids", "supplier_id"))


@dataclass(frozen=True, slots=True)
class SupplierReader:
    """Suppliers as they are stored."""

    scope: Scope

    def find_many(self, supplier_ids: Collection[str]) -> dict[str, Supplier]:
        """Those of the suppliers that are stored, with their shops, by id."""
        if not supplier_ids:
            return {}
        shops: defaultdict[str, list[Shop]] = defaultdict(list)
        for supplier_id, body in self.scope.rows(_SHOPS_OF, ids=supplier_ids):
            shops[supplier_id].append(codec.SHOP.from_text(body))
        found = self.without_shops(supplier_ids)
        return {key: replace(supplier, shops=tuple(shops[key])) for key, supplier in found.items()}

    def without_shops(self, supplier_ids: Collection[str]) -> dict[str, Supplier]:
        """Those of the suppliers that are stored, by id, but for their shops."""
        rows = self.scope.rows(_BY_IDS, ids=supplier_ids) if supplier_ids else ()
        return {supplier_id: codec.SUPPLIER.from_text(body) for supplier_id, body in rows}

    def with_official_store(self, supplier_ids: Collection[str]) -> frozenset[str]:
        """Those of the suppliers that run an official store."""
        if not supplier_ids:
            return frozenset()
        return frozenset(row[0] for row in self.scope.rows(_WITH_OFFICIAL_STORE, ids=supplier_ids))

    def not_active(self, supplier_ids: Collection[str]) -> frozenset[str]:
        """Those of the suppliers that the marketplace has suspended or that it no longer deals with."""
        if not supplier_ids:
            return frozenset()
        return frozenset(row[0] for row in self.scope.rows(_NOT_ACTIVE, ids=supplier_ids))

    def terminated(self, company_keys: Collection[str]) -> dict[str, frozenset[str]]:
        """The terminated suppliers that are one of the companies, by the company's key; most have none."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key, supplier_id in self.scope.rows(_TERMINATED_BY_KEY, keys=company_keys) if company_keys else ():
            found[key].add(supplier_id)
        return {key: frozenset(ids) for key, ids in found.items()}


@dataclass(frozen=True, slots=True)
class Suppliers(SupplierReader):
    """Suppliers, to be read and changed."""

    def upsert_many(self, suppliers: Sequence[Supplier], now: datetime) -> None:
        """Store suppliers with their shops, or replace them. A shop that another supplier had moves to the new one."""
        latest = {supplier.supplier_id: supplier for supplier in suppliers}
        if not latest:
            return
        touched = latest.keys() | self._owners([shop.shop_id for each in latest.values() for shop in each.shops])
        before = self._standings(touched)
        self.scope.upsert(
            tables.suppliers,
            (
                {"supplier_id": key, "updated_at": now, "body": codec.SUPPLIER.to_text(replace(supplier, shops=()))}
                for key, supplier in latest.items()
            ),
        )
        mark_stale(self.scope, latest, Stale.SCORE, Stale.LINKS)
        name_companies(self.scope, latest)
        self._write_terminated(latest)
        self.scope.change(_FORGET_SHOPS, ids=latest)
        self.scope.upsert(
            tables.shops,
            (
                {
                    "shop_id": shop.shop_id,
                    "supplier_id": supplier_id,
                    "position": position,
                    "official_store": None if shop.official_store is None else int(shop.official_store),
                    "body": codec.SHOP.to_text(shop),
                }
                for supplier_id, supplier in latest.items()
                for position, shop in enumerate(supplier.shops)
            ),
        )
        if self._standings(touched) != before:
            raise_revision(self.scope, Topic.STANDINGS)

    def _write_terminated(self, suppliers: Mapping[str, Supplier]) -> None:
        self.scope.change(_FORGET_TERMINATED, ids=suppliers)
        self.scope.upsert(
            _TERMINATED,
            (
                {"supplier_id": supplier_id, "company_key": key}
                for supplier_id, supplier in suppliers.items()
                if supplier.state is SupplierState.TERMINATED
                and (key := company_key(supplier.registration_code, supplier.country))
            ),
        )

    def _owners(self, shop_ids: Collection[str]) -> set[str]:
        """Who has the shops now."""
        return {row.supplier_id for row in self.scope.rows(_OWNERS, ids=shop_ids)} if shop_ids else set()

    def _standings(self, supplier_ids: Collection[str]) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
        """What others' screenings rely on."""
        terminated = {row[0]: row[1] for row in self.scope.rows(_TERMINATED_OF, ids=supplier_ids)}
        return self.not_active(supplier_ids), self.with_official_store(supplier_ids), terminated
