"""What products cost over the last weeks: the offers that make a market, and which sellers may sell the brand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from math import log
from operator import attrgetter
from typing import Any, TypeAlias

from sqlalchemy import collate, select

from zhengpin.detectors.authorisation import Place
from zhengpin.domain.brand import Brand, normalised_name
from zhengpin.domain.genuine_price import PriceSubject, WayOfSelling
from zhengpin.domain.listing import Listing
from zhengpin.domain.price import PriceObservation
from zhengpin.domain.price_history import OBSERVED_DAYS, ProductPrices, ToldPrice
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage import tables
from zhengpin.storage.brand_register import BrandRegister
from zhengpin.storage.listings import ListingReader
from zhengpin.storage.market_sellers import MarketSellers, read_market_sellers
from zhengpin.storage.observations import observation_from_row
from zhengpin.storage.quotes import Quotes, quote_of
from zhengpin.storage.revisions import REVISIONS, Revisions, revisions_of
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

PRODUCTS_A_PAGE = 200
_REVISIONS = select(*REVISIONS)

Advance: TypeAlias = Callable[[int], None]
"""Told how many products were read."""
Product: TypeAlias = Sequence[PriceObservation]
"""All that was told of one product."""


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """One marketplace's prices as of a time. It may be walked again and again, and is the same each time."""

    scope: Scope
    as_of: datetime

    def products(self, advance: Advance) -> Iterator[ProductPrices]:
        """Every product that has a key, by key and then by place, currency and condition; memory holds a page."""
        observations = map(observation_from_row, self.scope.stream(self._statement()))
        by_product = (list(told) for _, told in groupby(observations, key=attrgetter("product_key")))
        revisions = revisions_of(self.scope.row(_REVISIONS))
        while page := list(islice(by_product, PRODUCTS_A_PAGE)):
            yield from _Page.read(self.scope, page, revisions, self.as_of).products()
            advance(len(page))

    def _statement(self) -> Any:
        told = tables.price_observations.c
        # By code points, so that both databases have one order.
        on_postgres = self.scope.connection.dialect.name == "postgresql"
        keys = [collate(key, "C") if on_postgres else key for key in (told.product_key, told.observation_id)]
        since = self.as_of - timedelta(days=OBSERVED_DAYS)
        return (
            select(tables.price_observations)
            .where(told.marketplace == HERE, told.product_key != "")
            .where(told.captured_at > since, told.captured_at <= self.as_of)
            .order_by(*keys)
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """Some products, with what is known of those who sell them."""

    told: Sequence[Product]
    listings: Mapping[str, Listing]
    """One that offers it, by product key; of products that are only seen elsewhere there is none."""
    brands: Mapping[str, Brand | None]
    """Likewise."""
    sellers: MarketSellers

    @classmethod
    def read(cls, scope: Scope, told: Sequence[Product], revisions: Revisions, as_of: datetime) -> _Page:
        """Read what is known around the products."""
        listings = _read_listings(scope, told)
        queries = [SnapshotQuery(listing) for listing in listings.values()]
        named = BrandRegister(scope, revisions.brands).named_by(queries)
        brands = {key: each.own for key, each in zip(listings, named, strict=True)}
        prices = [each for product in told for each in product]
        pairs = {(each.seller, brand.brand_id) for each in prices if (brand := brands.get(each.product_key))}
        quotes = [_in_columns(product) for product in told]
        return cls(told, listings, brands, read_market_sellers(scope, quotes, pairs, revisions, as_of))

    def products(self) -> Iterator[ProductPrices]:
        """The products in their order, those parts of them that have prices which count."""
        for product in self.told:
            key = product[0].product_key
            listing = self.listings.get(key)
            brand, category = (normalised_name(listing.brand), listing.category) if listing else ("", "")
            counted = set(self.sellers.counted(_in_columns(product)).observation_ids)
            told: defaultdict[PriceSubject, list[PriceObservation]] = defaultdict(list)
            for each in product:
                if each.observation_id in counted and each.unit_price.nanos > 0:
                    told[PriceSubject(key, each.territory, each.unit_price.currency, each.condition)].append(each)
            for subject in sorted(told):
                yield ProductPrices(subject, brand, category, self._told(subject, category, told[subject]))

    def _told(self, subject: PriceSubject, category: str, prices: Product) -> tuple[ToldPrice, ...]:
        place = Place(category, subject.territory)
        brand = self.brands.get(subject.subject)
        authorised = self.sellers.authorised({each.seller for each in prices}, brand, place)
        return tuple(
            ToldPrice(
                WayOfSelling(each.sale_kind, each.channel),
                each.seller,
                each.captured_at,
                log(float(each.unit_price)),
                each.seller in authorised,
            )
            for each in prices
        )


def _in_columns(product: Product) -> Quotes:
    return Quotes(*zip(*map(quote_of, product), strict=True))


def _read_listings(scope: Scope, told: Iterable[Product]) -> dict[str, Listing]:
    """For each product the listing with the lowest id of those whose prices are told."""
    named = {product[0].product_key: {each.listing_id for each in product} - {""} for product in told}
    chosen = {key: min(listing_ids) for key, listing_ids in named.items() if listing_ids}
    stored = ListingReader(scope).find_many(set(chosen.values()))
    return {key: stored[chosen[key]].listing for key in chosen if chosen[key] in stored}
