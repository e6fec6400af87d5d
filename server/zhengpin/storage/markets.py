"""Baselines of the markets that listings sell in, and which of their sellers are authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhengpin.detectors.authorisation import Place, standing_of
from zhengpin.detectors.local_day import today_in
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.outcome import ListKind, SubjectKind
from zhengpin.domain.price import Baseline, SellerPrice, Stratum
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage.authorisations import AuthorisationReader
from zhengpin.storage.list_entries import ListEntryReader
from zhengpin.storage.listings import ListingReader
from zhengpin.storage.outcomes import OutcomeReader
from zhengpin.storage.prices import Market, PriceReader
from zhengpin.storage.quotes import Quote
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

NANOS = 1_000_000_000


class View(NamedTuple):
    """A market as one listing sees it: which sellers are authorised depends on its brand and category."""

    market: Market
    brand: Brand | None
    category: str


@dataclass(frozen=True, slots=True)
class _Sellers:
    """Which sellers may sell which brand."""

    with_official_store: frozenset[str]
    edges: Mapping[tuple[str, str], tuple[Authorisation, ...]]
    """By seller and brand."""
    as_of: datetime

    def authorised(self, seller: str, view: View) -> bool:
        """Whether the seller may sell the brand today: what `brand.authorised` says of a listing of its own."""
        brand = view.brand
        if brand is None:
            return False
        standing = standing_of(
            self.edges.get((seller, brand.brand_id), ()),
            brand.owner_id,
            seller,
            Place(view.category, view.market.territory),
            today_in(view.market.territory, self.as_of),
            official_store=seller in self.with_official_store,
        )
        return standing.authorised is True


@dataclass(frozen=True, slots=True)
class _Excluded:
    """Whose offers make no market: they are what a market is there to tell."""

    sellers: frozenset[str]
    """Suspended, terminated or denied."""
    listings: frozenset[str]
    """Deleted, denied or found to be fake."""

    def __contains__(self, quote: object) -> bool:
        """Whether a quote is such an offer."""
        return isinstance(quote, Quote) and (quote.seller in self.sellers or quote.listing_id in self.listings)


def view_of(query: SnapshotQuery, brand: Brand | None) -> View | None:
    """The market that the listing sells in, as it sees it; `None` where its product or currency can't be told."""
    market = market_of(query)
    return View(market, brand, query.listing.category) if market else None


def market_of(query: SnapshotQuery) -> Market | None:
    """The market that the listing sells in; `None` where its product or its currency can't be told."""
    listing = query.listing
    currency = currency_of(listing)
    if not query.product_key or not currency:
        return None
    return Market(query.product_key, listing.territory, currency, listing.condition)


def currency_of(listing: Listing) -> str:
    """The currency that the listing asks; empty without a price."""
    offer = listing.offer
    prices = (offer.single_price, *(tier.price for tier in offer.group_tiers))
    return next((price.currency for price in prices if price is not None), "")


def read_baselines(scope: Scope, views: Collection[View], as_of: datetime) -> dict[View, tuple[Baseline, ...]]:
    """The baselines of markets as of now, without the offers that make no market."""
    quotes = _read_market_quotes(scope, {view.market for view in views}, as_of)
    sellers = _read_sellers(scope, views, quotes, as_of)
    return {
        view: tuple(
            Baseline(stratum, tuple(_seller_prices(found, sellers, view)))
            for stratum, found in sorted(
                quotes.get(view.market, {}).items(), key=lambda item: (item[0].sale_kind, item[0].channel)
            )
        )
        for view in views
    }


def _read_market_quotes(
    scope: Scope, markets: Collection[Market], as_of: datetime
) -> dict[Market, dict[Stratum, list[Quote]]]:
    """The quotes of each market that has any, those left out that make none."""
    quotes = PriceReader(scope).quotes(markets, as_of)
    excluded = _read_excluded(scope, _all_of(quotes), as_of)
    kept = {
        market: {
            stratum: left for stratum, found in strata.items() if (left := [q for q in found if q not in excluded])
        }
        for market, strata in quotes.items()
    }
    return {market: strata for market, strata in kept.items() if strata}


def _all_of(quotes: Mapping[Market, Mapping[Stratum, Iterable[Quote]]]) -> list[Quote]:
    return [quote for strata in quotes.values() for found in strata.values() for quote in found]


def _read_excluded(scope: Scope, quotes: Iterable[Quote], as_of: datetime) -> _Excluded:
    told = tuple(quotes)
    sellers = {quote.seller for quote in told}
    listings = {quote.listing_id for quote in told} - {""}
    subjects = {(SubjectKind.SUPPLIER, each) for each in sellers} | {(SubjectKind.LISTING, each) for each in listings}
    denied = {
        (entry.subject_kind, entry.subject)
        for entry in ListEntryReader(scope).about(subjects)
        if entry.kind is ListKind.DENY and entry.holds_at(as_of)
    }
    return _Excluded(
        SupplierReader(scope).not_active(sellers) | {each for kind, each in denied if kind is SubjectKind.SUPPLIER},
        ListingReader(scope).deleted(listings)
        | OutcomeReader(scope).found_fake(listings, as_of)
        | {each for kind, each in denied if kind is SubjectKind.LISTING},
    )


def _read_sellers(
    scope: Scope, views: Collection[View], quotes: Mapping[Market, Mapping[Stratum, Iterable[Quote]]], as_of: datetime
) -> _Sellers:
    names = {market: {quote.seller for quote in _all_of({market: strata})} for market, strata in quotes.items()}
    pairs = {
        (seller, view.brand.brand_id)
        for view in views
        if view.brand is not None
        for seller in names.get(view.market, ())
    }
    authorisations = AuthorisationReader(scope)
    # Most sellers hold no letter at all, and to look for paths is dearer than to see that.
    edges = authorisations.paths_to_many(authorisations.licensees_among(pairs))
    return _Sellers(SupplierReader(scope).with_official_store({seller for seller, _ in pairs}), edges, as_of)


def _seller_prices(quotes: Iterable[Quote], sellers: _Sellers, view: View) -> Iterable[SellerPrice]:
    for quote in quotes:
        authorised = sellers.authorised(quote.seller, view)
        yield SellerPrice(quote.seller, quote.nanos / NANOS, quote.captured_at, authorised)
