"""Snapshots: all that is known around listings, read together in a handful of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengpin.detectors.codes import company_key
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.listing import Edit, Listing, edit_between
from zhengpin.domain.model_stage import ServingModels
from zhengpin.domain.order import OrderSummary
from zhengpin.domain.outcome import ListEntry, SubjectKind
from zhengpin.domain.price import Baseline
from zhengpin.domain.snapshot import DuplicateUse, OwnPrice, Snapshot, SnapshotQuery
from zhengpin.domain.verdict import Restriction
from zhengpin.domain.votes_around import VotesAround
from zhengpin.storage.brand_register import BrandRegister, NamedBrands
from zhengpin.storage.dossiers import LISTING_ORDER_DAYS, SUPPLIER_ORDER_DAYS, Dossier, read_dossiers
from zhengpin.storage.duplicates import Offered, read_duplicates
from zhengpin.storage.image_matches import Matches, looks_for_copies, read_image_matches
from zhengpin.storage.licences import Pair
from zhengpin.storage.list_entries import known_entries
from zhengpin.storage.markets import View, read_baselines, views_of
from zhengpin.storage.model_stages import serving_models
from zhengpin.storage.prices import PriceReader
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader
from zhengpin.storage.verdicts import VerdictReader
from zhengpin.storage.votes_around import Voted, read_votes


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
        dossiers, revisions = read_dossiers(self.scope, queries, as_of)
        named = BrandRegister(self.scope, revisions.brands).named_by(queries)
        asked = [_asked(*each, as_of) for each in zip(queries, named, dossiers, strict=True)]
        page = _read_page(self.scope, asked, revisions, as_of)
        return [
            _snapshot(each, page, place, as_of, orders_told=revisions.orders_told) for place, each in enumerate(asked)
        ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One listing, with what was found under its names and keys."""

    query: SnapshotQuery
    listing: Listing
    brands: NamedBrands
    dossier: Dossier
    pair: Pair
    """The supplier and the brand that it sells."""
    views: tuple[View, ...]
    company: str
    """The key of the supplier's company; empty if it has none."""


def _asked(query: SnapshotQuery, brands: NamedBrands, dossier: Dossier, as_of: datetime) -> _Asked:
    listing = query.listing
    pair = (listing.supplier_id, brands.own.brand_id if brands.own else "")
    supplier = dossier.supplier
    company = company_key(supplier.registration_code, supplier.country) if supplier else ""
    return _Asked(query, listing, brands, dossier, pair, views_of(query, brands.own, as_of), company)


def _subjects(asked: _Asked) -> list[tuple[SubjectKind, str]]:
    """What list entries about a listing may speak of."""
    listing = asked.listing
    subjects = (
        (SubjectKind.LISTING, listing.listing_id),
        (SubjectKind.SUPPLIER, listing.supplier_id),
        (SubjectKind.SHOP, listing.shop_id),
        (SubjectKind.BRAND, asked.pair[1]),
        (SubjectKind.GTIN, asked.query.gtin),
    )
    return [subject for subject in subjects if subject[1]]


@dataclass(frozen=True, slots=True)
class _Page:
    """What several listings of a page may share, or only those that were stored before have."""

    edges: Mapping[Pair, tuple[Authorisation, ...]]
    duplicates: Sequence[DuplicateUse]
    """Of each listing, in their order."""
    image_matches: Sequence[Matches | None]
    """Of each listing, in their order."""
    copies_looked_for: bool
    terminated: Mapping[str, frozenset[str]]
    """The terminated suppliers of each company."""
    baselines: Mapping[View, Baseline]
    entries: Mapping[tuple[SubjectKind, str], tuple[ListEntry, ...]]
    own_prices: Mapping[str, OwnPrice]
    restrictions: Mapping[str, tuple[Restriction, ...]]
    serving: ServingModels
    votes: Sequence[VotesAround | None]
    """Of each listing, in their order."""


def _read_page(scope: Scope, asked: Sequence[_Asked], revisions: Revisions, as_of: datetime) -> _Page:
    known = {each.listing.listing_id: each.listing for each in asked if each.dossier.stored is not None}
    offered = [Offered(each.listing, each.brands.own, each.dossier.supplier) for each in asked]
    views = {view for each in asked for view in each.views}
    brands = [each.brands.own for each in asked if each.brands.own]
    licences, duplicates = read_duplicates(scope, offered, revisions, as_of)
    return _Page(
        edges=licences.edges,
        duplicates=duplicates,
        image_matches=read_image_matches(scope, offered, revisions, as_of),
        copies_looked_for=looks_for_copies(scope, revisions),
        terminated=_read_terminated(scope, {each.company for each in asked if each.company}, revisions),
        baselines=read_baselines(scope, views, brands, revisions, as_of),
        entries=known_entries(scope, [subject for each in asked for subject in _subjects(each)], revisions.entries),
        own_prices=PriceReader(scope).own_prices(known.values(), as_of),
        restrictions=VerdictReader(scope).restrictions(known.keys()),
        serving=serving_models(scope, revisions.models),
        votes=read_votes(scope, [_voted(each) for each in asked], revisions.votes),
    )


def _voted(asked: _Asked) -> Voted:
    return Voted(asked.listing, asked.query.product_key, asked.pair[1])


def _read_terminated(scope: Scope, companies: set[str], revisions: Revisions) -> dict[str, frozenset[str]]:
    notes = scope.memory.notes("terminated companies", revisions.standings)
    return notes.look_up(companies, SupplierReader(scope).terminated, frozenset())


def _snapshot(asked: _Asked, page: _Page, place: int, as_of: datetime, *, orders_told: bool) -> Snapshot:
    listing, dossier, stored = asked.listing, asked.dossier, asked.dossier.stored
    key = listing.listing_id
    return Snapshot(
        as_of=as_of,
        listing=listing,
        stored_before=stored is not None,
        first_seen_at=stored.first_seen_at if stored else None,
        edits=_edits(listing, dossier, as_of),
        supplier=dossier.supplier,
        supplier_profile=dossier.supplier_profile,
        company_terminated=bool(page.terminated[asked.company] - {listing.supplier_id}) if asked.company else None,
        shop=dossier.shop,
        brand=asked.brands.own,
        gtin_brands=asked.brands.by_gtin,
        known_brands=asked.brands.others,
        look_alike=asked.brands.look_alike,
        look_alikes_known=asked.brands.look_alikes_known,
        authorisations=page.edges.get(asked.pair, ()),
        baselines=tuple([page.baselines[view] for view in asked.views if view in page.baselines]),
        own_price=page.own_prices.get(key),
        forecast=dossier.forecast,
        listing_orders=(dossier.listing_orders or _NO_LISTING_ORDERS) if orders_told else None,
        supplier_orders=(dossier.supplier_orders or _NO_SUPPLIER_ORDERS) if orders_told else None,
        fake_allegations=dossier.fake_allegations if orders_told else None,
        units_sold_total=dossier.units_sold if orders_told else None,
        outcomes=dossier.outcomes,
        supplier_confirmed_fakes=dossier.confirmed_fakes if dossier.supplier or dossier.confirmed_fakes else None,
        duplicates=page.duplicates[place],
        image_matches=page.image_matches[place],
        copies_looked_for=page.copies_looked_for,
        votes=page.votes[place],
        restrictions=page.restrictions.get(key, ()),
        list_entries=_in_force(asked, page, as_of) if page.entries else (),
        serving=page.serving,
    )


_NO_LISTING_ORDERS = OrderSummary(LISTING_ORDER_DAYS)
_NO_SUPPLIER_ORDERS = OrderSummary(SUPPLIER_ORDER_DAYS)


def _edits(listing: Listing, dossier: Dossier, as_of: datetime) -> tuple[Edit, ...]:
    """The edits of a stored listing, the change that this very screening makes among them."""
    if dossier.stored is None:
        return ()
    edit = edit_between(dossier.stored.listing, listing, as_of, dossier.units_sold)
    return (edit, *dossier.stored.edits) if edit else dossier.stored.edits


def _in_force(asked: _Asked, page: _Page, as_of: datetime) -> tuple[ListEntry, ...]:
    found = (entry for subject in _subjects(asked) for entry in page.entries.get(subject, ()))
    return tuple(entry for entry in found if entry.holds_at(as_of))
