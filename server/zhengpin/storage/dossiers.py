"""What lies under the keys of a listing: itself, its supplier and shop, what they sold and turned out to be.

One statement reads it for a whole page, for each statement more would cost as much as all the rows of a listing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, select

from zhengpin.domain.genuine_price import PriceForecast
from zhengpin.domain.listing import StoredListing
from zhengpin.domain.order import FakeAllegations, OrderSummary
from zhengpin.domain.outcome import Outcome
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.domain.supplier import Shop, Supplier
from zhengpin.domain.supplier_profile import SupplierProfile
from zhengpin.storage import codec, supplier_tables, tables
from zhengpin.storage.allegations import allegations_from, latest_quotes, orders_alleging
from zhengpin.storage.json_values import json_rows
from zhengpin.storage.listings import stored_from_row
from zhengpin.storage.lookups import with_each
from zhengpin.storage.order_sums import Counted, days_at, first_day_of, summary_of
from zhengpin.storage.outcomes import confirmed_fakes_of
from zhengpin.storage.price_forecasts import ASKED, asked_of, forecast_from_text, forecast_of
from zhengpin.storage.revisions import REVISIONS, Revisions, revisions_of
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, each

LISTING_ORDER_DAYS = 90
SUPPLIER_ORDER_DAYS = 30
CONFIRMED_FAKE_DAYS = 180
SUPPLIERS_KEPT = 8192
"""Suppliers whose rows are not decoded again for as long as they stay the same."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One listing's. `None` is "not stored"; of orders it is "none in the window"."""

    stored: StoredListing | None
    supplier: Supplier | None
    supplier_profile: SupplierProfile | None
    shop: Shop | None
    units_sold: int
    fake_allegations: FakeAllegations
    listing_orders: OrderSummary | None
    supplier_orders: OrderSummary | None
    outcomes: tuple[Outcome, ...]
    confirmed_fakes: int
    forecast: PriceForecast | None
    """Of its product, or else of its brand or category."""


def _statement() -> Select[Any]:
    asked = each("asked", "place", "listing_id", "supplier_id", "shop_id", *ASKED)
    listings, suppliers, shops, sales = tables.listings, tables.suppliers, tables.shops, tables.listing_sales
    profiles = supplier_tables.supplier_profiles

    def under(table: FromClause, name: str) -> ColumnElement[bool]:
        return and_(table.c.marketplace == HERE, table.c[name] == asked.c[name])

    def bodies(table: FromClause, name: str, *order: ColumnElement[Any]) -> ColumnElement[str]:
        ordered = select(table.c.body).where(under(table, name)).order_by(*order).correlate(asked).subquery()
        return select(json_rows(ordered.c.body)).scalar_subquery()

    listing_orders = summary_of(Counted.LISTING, asked.c.listing_id, "first_listing_day")
    supplier_orders = summary_of(Counted.SUPPLIER, asked.c.supplier_id, "first_supplier_day")
    told, others = tables.outcomes.alias(), tables.shops.alias()
    return select(
        *REVISIONS,
        asked.c.place,
        listings.c.first_seen_at,
        listings.c.updated_at,
        listings.c.deleted_at,
        listings.c.edits,
        listings.c.body,
        suppliers.c.body.label("supplier"),
        profiles.c.body.label("profile"),
        bodies(others, "supplier_id", others.c.position).label("shops"),
        shops.c.body.label("shop"),
        sales.c.units,
        listing_orders.correlate(asked).scalar_subquery().label("listing_orders"),
        supplier_orders.correlate(asked).scalar_subquery().label("supplier_orders"),
        orders_alleging(asked).correlate(asked).scalar_subquery().label("orders_alleging"),
        latest_quotes(asked).correlate(asked).scalar_subquery().label("quotes"),
        bodies(told, "listing_id", told.c.found_at.desc(), told.c.outcome_id.desc()).label("outcomes"),
        confirmed_fakes_of(asked.c.supplier_id).correlate(asked).scalar_subquery().label("confirmed_fakes"),
        forecast_of(asked),
    ).select_from(
        with_each(
            asked,
            (listings, under(listings, "listing_id")),
            (suppliers, under(suppliers, "supplier_id")),
            (profiles, under(profiles, "supplier_id")),
            (shops, under(shops, "shop_id")),
            (sales, under(sales, "listing_id")),
        )
    )


_DOSSIERS = _statement()


def read_dossiers(scope: Scope, queries: Iterable[SnapshotQuery], as_of: datetime) -> tuple[list[Dossier], Revisions]:
    """The dossier of each listing, in their order, and the state of what is remembered. There must be a listing."""
    rows = scope.rows(
        _DOSSIERS,
        asked=[_key_of(place, query) for place, query in enumerate(queries)],
        first_listing_day=first_day_of(as_of, LISTING_ORDER_DAYS),
        first_supplier_day=first_day_of(as_of, SUPPLIER_ORDER_DAYS),
        alleged_since=as_of - timedelta(days=LISTING_ORDER_DAYS),
        since=as_of - timedelta(days=CONFIRMED_FAKE_DAYS),
        as_of=as_of,
        **days_at(as_of),
    )
    rows = sorted(rows, key=lambda row: int(row.place)) if len(rows) > 1 else rows
    return [_dossier_from_row(row) for row in rows], revisions_of(rows[0])


def _key_of(place: int, query: SnapshotQuery) -> tuple[str, ...]:
    listing = query.listing
    return (str(place), listing.listing_id, listing.supplier_id, listing.shop_id, *asked_of(query))


def _dossier_from_row(row: Any) -> Dossier:
    return Dossier(
        stored=stored_from_row(row) if row.body is not None else None,
        supplier=_supplier_from_texts(row.supplier, row.shops) if row.supplier is not None else None,
        supplier_profile=codec.SUPPLIER_PROFILE.recall(row.profile) if row.profile is not None else None,
        shop=codec.SHOP.recall(row.shop) if row.shop is not None else None,
        units_sold=row.units or 0,
        fake_allegations=allegations_from(row.orders_alleging, row.quotes),
        listing_orders=_summary_from_text(row.listing_orders, LISTING_ORDER_DAYS),
        supplier_orders=_summary_from_text(row.supplier_orders, SUPPLIER_ORDER_DAYS),
        outcomes=tuple(map(codec.OUTCOME.from_text, json.loads(row.outcomes))) if row.outcomes != "[]" else (),
        confirmed_fakes=row.confirmed_fakes,
        forecast=forecast_from_text(row.forecast) if row.forecast is not None else None,
    )


@lru_cache(SUPPLIERS_KEPT)
def _supplier_from_texts(body: str, shops: str) -> Supplier:
    return replace(codec.SUPPLIER.from_text(body), shops=tuple(map(codec.SHOP.recall, json.loads(shops))))


def _summary_from_text(text: str, days: int) -> OrderSummary | None:
    if text.startswith("[null"):
        return None
    counts: Sequence[int] = json.loads(text)
    return OrderSummary(days, *counts)
