"""Baselines of the markets that listings sell in, and which of their sellers are authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from zhengpin.domain.brand import Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.price import Baseline, SellerPrice
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage.authorisations import AuthorisationReader, Licence
from zhengpin.storage.prices import Market, PriceReader
from zhengpin.storage.quotes import Quote
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

NANOS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Sellers:
    """Which sellers may sell which brand."""

    with_official_store: frozenset[str]
    licences: Mapping[tuple[str, str], Sequence[Licence]]
    """By brand and licensee."""

    def authorised(self, seller: str, brand: Brand | None, day: date) -> bool:
        """Whether the seller owns the brand, was its licensee on that day, or runs an official store."""
        if seller in self.with_official_store:
            return True
        if brand is None:
            return False
        licences = self.licences.get((brand.brand_id, seller), ())
        return seller == brand.owner_id or any(each.valid_from <= day <= each.valid_to for each in licences)


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


def read_baselines(
    scope: Scope, asked: Collection[tuple[Market, Brand | None]], as_of: datetime
) -> dict[tuple[Market, str], tuple[Baseline, ...]]:
    """The baselines of markets, as seen from a brand: by market and brand id (empty without a brand)."""
    quotes = PriceReader(scope).quotes({market for market, _ in asked}, as_of)
    names = {
        market: {quote.seller for found in strata.values() for quote in found} for market, strata in quotes.items()
    }
    sellers = _read_sellers(
        scope,
        {seller for found in names.values() for seller in found},
        {(seller, brand.brand_id) for market, brand in asked if brand is not None for seller in names.get(market, ())},
    )
    return {
        (market, brand.brand_id if brand else ""): tuple(
            Baseline(stratum, tuple(_seller_prices(found, sellers, brand)))
            for stratum, found in sorted(
                quotes.get(market, {}).items(), key=lambda item: (item[0].sale_kind, item[0].channel)
            )
        )
        for market, brand in asked
    }


def _read_sellers(scope: Scope, sellers: Collection[str], brands: Collection[tuple[str, str]]) -> Sellers:
    licences: dict[tuple[str, str], list[Licence]] = {}
    for licence in AuthorisationReader(scope).licences(brands):
        licences.setdefault((licence.brand_id, licence.licensee_id), []).append(licence)
    return Sellers(SupplierReader(scope).with_official_store(sellers), licences)


def _seller_prices(quotes: Iterable[Quote], sellers: Sellers, brand: Brand | None) -> Iterable[SellerPrice]:
    for quote in quotes:
        seen = quote.captured_at
        authorised = sellers.authorised(quote.seller, brand, seen.astimezone(UTC).date())
        yield SellerPrice(quote.seller, quote.nanos / NANOS, seen, authorised)
