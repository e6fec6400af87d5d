"""Snapshots: all that is known around listings, read together in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengpin.domain.brand import Authorisation, Brand, normalised_name
from zhengpin.domain.listing import Listing, StoredListing
from zhengpin.domain.order import OrderSummary
from zhengpin.domain.outcome import ListEntry, Outcome, SubjectKind
from zhengpin.domain.price import Baseline
from zhengpin.domain.snapshot import DuplicateUse, OwnPrice, Snapshot, SnapshotQuery
from zhengpin.domain.supplier import Shop, Supplier
from zhengpin.storage.authorisations import AuthorisationReader
from zhengpin.storage.brands import BrandReader
from zhengpin.storage.list_entries import ListEntryReader
from zhengpin.storage.listings import ImageSharing, ListingReader
from zhengpin.storage.markets import View, read_baselines, view_of
from zhengpin.storage.orders import Counted, OrderReader
from zhengpin.storage.outcomes import OutcomeReader
from zhengpin.storage.prices import PriceReader
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

LISTING_ORDER_DAYS = 90
SUPPLIER_ORDER_DAYS = 30
CONFIRMED_FAKE_DAYS = 180


@dataclass(frozen=True, slots=True)
class SnapshotReader:
    """What one screening, or a page of them, must know."""

    scope: Scope

    def read_many(self, queries: Sequence[SnapshotQuery], as_of: datetime) -> list[Snapshot]:
        """A snapshot for each query, in their order. The listings need not be stored.

        The number of statements does not depend on the number of queries.
        """
        if not queries:
            return []
        brands = _read_brands(self.scope, queries)
        catalogue = _read_catalogue(self.scope, queries, brands, as_of)
        history = _read_history(self.scope, queries, as_of)
        return [_snapshot(query, as_of, brands, catalogue, history) for query in queries]


@dataclass(frozen=True, slots=True)
class _Brands:
    """The registered brands around a page of listings."""

    by_name: Mapping[str, tuple[Brand, ...]]
    by_gtin: Mapping[str, tuple[Brand, ...]]

    def named_by(self, listing: Listing) -> Brand | None:
        """The brand that the listing names; of two that go by one name, the one with the lower id."""
        return next(iter(self.by_name.get(normalised_name(listing.brand), ())), None)

    def others_in(self, query: SnapshotQuery) -> tuple[Brand, ...]:
        """Brands that the query names beside the listing's own, each once, by id."""
        own = self.named_by(query.listing)
        named = {brand.brand_id: brand for name in query.names for brand in self.by_name.get(name, ())}
        return tuple(brand for key, brand in sorted(named.items()) if own is None or key != own.brand_id)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """What the marketplace has told of who sells what, for a page of listings."""

    stored: Mapping[str, StoredListing]
    suppliers: Mapping[str, Supplier]
    shops: Mapping[str, Shop]
    edges: Mapping[tuple[str, str], tuple[Authorisation, ...]]
    """By supplier and brand."""
    shared_documents: Mapping[tuple[str, str], int]
    """By supplier and brand."""
    shared_images: Mapping[str, ImageSharing]
    baselines: Mapping[View, tuple[Baseline, ...]]
    entries: Mapping[tuple[SubjectKind, str], tuple[ListEntry, ...]]


@dataclass(frozen=True, slots=True)
class _History:
    """What has happened to a page of listings and their suppliers."""

    own_prices: Mapping[str, OwnPrice]
    orders_told: bool
    listing_orders: Mapping[str, OrderSummary]
    supplier_orders: Mapping[str, OrderSummary]
    units_sold: Mapping[str, int]
    outcomes: Mapping[str, tuple[Outcome, ...]]
    confirmed_fakes: Mapping[str, int]


def _read_brands(scope: Scope, queries: Sequence[SnapshotQuery]) -> _Brands:
    reader = BrandReader(scope)
    names = {query.listing.brand for query in queries}.union(*(query.names for query in queries))
    return _Brands(reader.by_names(names), reader.by_gtins({query.gtin for query in queries} - {""}))


def _read_catalogue(scope: Scope, queries: Sequence[SnapshotQuery], brands: _Brands, as_of: datetime) -> _Catalogue:
    listings = [query.listing for query in queries]
    named = [(query, brands.named_by(query.listing)) for query in queries]
    pairs = {(query.listing.supplier_id, brand.brand_id) for query, brand in named if brand is not None}
    views = {view for query, brand in named if (view := view_of(query, brand)) is not None}
    suppliers = SupplierReader(scope)
    authorisations = AuthorisationReader(scope)
    return _Catalogue(
        stored=ListingReader(scope).find_many({listing.listing_id for listing in listings}),
        suppliers=suppliers.find_many({listing.supplier_id for listing in listings}),
        shops=suppliers.find_shops({listing.shop_id for listing in listings} - {""}),
        edges=authorisations.paths_to_many(pairs),
        shared_documents=authorisations.sharing_documents(pairs),
        shared_images=ListingReader(scope).image_sharing(listings),
        baselines=read_baselines(scope, views, as_of),
        entries=_read_entries(scope, named, as_of),
    )


def _read_history(scope: Scope, queries: Sequence[SnapshotQuery], as_of: datetime) -> _History:
    listings = {query.listing.listing_id: query.listing for query in queries}
    supplier_ids = {listing.supplier_id for listing in listings.values()}
    orders, outcomes = OrderReader(scope), OutcomeReader(scope)
    return _History(
        own_prices=PriceReader(scope).own_prices(listings.values(), as_of),
        orders_told=orders.any_recorded(),
        listing_orders=orders.summaries(Counted.LISTING, listings.keys(), as_of, LISTING_ORDER_DAYS),
        supplier_orders=orders.summaries(Counted.SUPPLIER, supplier_ids, as_of, SUPPLIER_ORDER_DAYS),
        units_sold=orders.units_sold(listings.keys()),
        outcomes=outcomes.of_listings(listings.keys()),
        confirmed_fakes=outcomes.confirmed_fakes(supplier_ids, as_of - timedelta(days=CONFIRMED_FAKE_DAYS), as_of),
    )


def _read_entries(
    scope: Scope, named: Iterable[tuple[SnapshotQuery, Brand | None]], as_of: datetime
) -> dict[tuple[SubjectKind, str], tuple[ListEntry, ...]]:
    subjects = {subject for query, brand in named for subject in _subjects(query, brand)}
    found: dict[tuple[SubjectKind, str], tuple[ListEntry, ...]] = {}
    for entry in ListEntryReader(scope).about(subjects):
        if entry.holds_at(as_of):
            subject = (entry.subject_kind, entry.subject)
            found[subject] = (*found.get(subject, ()), entry)
    return found


def _subjects(query: SnapshotQuery, brand: Brand | None) -> list[tuple[SubjectKind, str]]:
    """What list entries about a listing may speak of."""
    listing = query.listing
    subjects = (
        (SubjectKind.LISTING, listing.listing_id),
        (SubjectKind.SUPPLIER, listing.supplier_id),
        (SubjectKind.SHOP, listing.shop_id),
        (SubjectKind.BRAND, brand.brand_id if brand else ""),
        (SubjectKind.GTIN, query.gtin),
    )
    return [subject for subject in subjects if subject[1]]


def _snapshot(
    query: SnapshotQuery, as_of: datetime, brands: _Brands, catalogue: _Catalogue, history: _History
) -> Snapshot:
    listing = query.listing
    key, supplier_id = listing.listing_id, listing.supplier_id
    stored = catalogue.stored.get(key)
    brand = brands.named_by(listing)
    pair = (supplier_id, brand.brand_id if brand else "")
    view = view_of(query, brand)
    supplier = catalogue.suppliers.get(supplier_id)
    shared = catalogue.shared_images.get(key, ImageSharing())
    told = history.orders_told
    return Snapshot(
        as_of=as_of,
        listing=listing,
        stored_before=stored is not None,
        first_seen_at=stored.first_seen_at if stored else None,
        edits=stored.edits if stored else (),
        supplier=supplier,
        shop=catalogue.shops.get(listing.shop_id),
        brand=brand,
        gtin_brands=brands.by_gtin.get(query.gtin, ()),
        known_brands=brands.others_in(query),
        authorisations=catalogue.edges.get(pair, ()),
        baselines=catalogue.baselines.get(view, ()) if view else (),
        own_price=history.own_prices.get(key),
        listing_orders=history.listing_orders.get(key, OrderSummary(LISTING_ORDER_DAYS)) if told else None,
        supplier_orders=history.supplier_orders.get(supplier_id, OrderSummary(SUPPLIER_ORDER_DAYS)) if told else None,
        units_sold_total=history.units_sold.get(key, 0) if told else None,
        outcomes=history.outcomes.get(key, ()),
        supplier_confirmed_fakes=history.confirmed_fakes.get(supplier_id, 0 if supplier else None),
        duplicates=DuplicateUse(shared.suppliers, shared.images, catalogue.shared_documents.get(pair, 0)),
        list_entries=tuple(e for subject in _subjects(query, brand) for e in catalogue.entries.get(subject, ())),
    )
