"""A supplier is the legal entity; a shop is its storefront."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zhengpin.domain.word import Word


class SupplierKind(Word):
    """What the supplier is in the chain from maker to buyer."""

    UNKNOWN = "unknown"
    FACTORY = "factory"
    BRAND = "brand"
    AGENT = "agent"
    IMPORTER = "importer"
    RETAILER = "retailer"


class SupplierState(Word):
    """Whether the marketplace still deals with the supplier."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Shop:
    """A storefront of a supplier, with what the marketplace itself says of it."""

    shop_id: str
    name: str = ""
    opened_at: datetime | None = None
    official_store: bool | None = None
    """The marketplace has checked that the brand or its agent runs it."""
    reputation: float | None = None
    """The marketplace's own reputation of the shop, from 0 (worst) to 1 (best)."""
    completed_orders: int | None = None


@dataclass(frozen=True, slots=True)
class Supplier:
    """A legal entity behind shops."""

    supplier_id: str
    name: str = ""
    kind: SupplierKind = SupplierKind.UNKNOWN
    country: str = ""
    registration_code: str = ""
    """The unified social credit code (GB 32100) in China; elsewhere the national register's number."""
    licence_valid_until: date | None = None
    licence_scope: tuple[str, ...] = ()
    """Categories that the licence covers; empty when not known."""
    verified_at: datetime | None = None
    """When a person or an authority last confirmed the papers."""
    joined_at: datetime | None = None
    state: SupplierState = SupplierState.ACTIVE
    monthly_capacity: int | None = None
    """Units that it can make or deliver in a month."""
    shops: tuple[Shop, ...] = ()
    address: str = ""
    """As the register has it, on one line."""
