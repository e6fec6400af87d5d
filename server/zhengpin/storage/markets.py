"""Baselines of the markets that listings sell in, and which of their sellers are authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.local_day import Today, today_in
from zhengpin.domain.brand import Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.price import Baseline, SellerPrice, Stratum
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage.market_sellers import MarketSellers, read_market_sellers
from zhengpin.storage.prices import Market, PriceReader
from zhengpin.storage.quotes import Quote, in_window, quotes_from_text, window_ends
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope

NANOS = 1_000_000_000
MOST_BASELINES = 2048
"""Baselines that a process keeps; each has at most 200 prices."""


class View(NamedTuple):
    """A market as one listing sees it: which sellers are authorised depends on its brand and category."""

    market: Market
    brand: Brand | None
    category: str


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


class _Kept(NamedTuple):
    """A baseline and for how long it stays as it is, unless a revision is raised."""

    baseline: Baseline
    since: datetime
    until: datetime


class _Asked(NamedTuple):
    """A stratum of a market as one listing sees it. Its quotes are known by the text in which they are stored."""

    stratum: Stratum
    quotes: str
    brand_id: str
    category: str
    today: Today


def read_baselines(
    scope: Scope, views: Collection[View], revisions: Revisions, as_of: datetime
) -> dict[View, tuple[Baseline, ...]]:
    """The baselines of markets as of now, without the offers that make no market."""
    texts = PriceReader(scope).quote_texts({view.market for view in views})
    asked = {view: _strata(view, texts.get(view.market, {}), as_of) for view in views}
    brands = {view.brand.brand_id: view.brand for view in views if view.brand is not None}
    found = _baselines(scope, {each for several in asked.values() for each in several}, brands, revisions, as_of)
    return {view: tuple(found[each] for each in several if found[each].prices) for view, several in asked.items()}


def _strata(view: View, texts: Mapping[Stratum, str], as_of: datetime) -> list[_Asked]:
    today = today_in(view.market.territory, as_of)
    brand_id = view.brand.brand_id if view.brand else ""
    ordered = sorted(texts.items(), key=lambda item: (item[0].sale_kind, item[0].channel))
    return [_Asked(stratum, text, brand_id, view.category, today) for stratum, text in ordered]


def _baselines(
    scope: Scope, asked: Collection[_Asked], brands: Mapping[str, Brand], revisions: Revisions, as_of: datetime
) -> dict[_Asked, Baseline]:
    """The baselines, those that were made before and still hold from memory: their sorted prices are made once."""
    notes = scope.memory.notes("baselines", revisions.together, MOST_BASELINES)
    found: dict[_Asked, Baseline] = {}
    new: dict[_Asked, list[Quote]] = {}
    for each in asked:
        kept: _Kept | None = notes.get(each)
        if kept is not None and kept.since <= as_of < kept.until:
            found[each] = kept.baseline
        else:
            new[each] = quotes_from_text(each.quotes)
    if not new:
        return found
    pairs = {(quote.seller, each.brand_id) for each, quotes in new.items() if each.brand_id for quote in quotes}
    quoted = [quote for quotes in new.values() for quote in quotes]
    sellers = read_market_sellers(scope, quoted, pairs, revisions, as_of)
    for each, quotes in new.items():
        recent = in_window(quotes, as_of)
        found[each] = _baseline(each, recent, brands.get(each.brand_id), sellers)
        if not sellers.depends_on_time(recent):
            notes.add(each, _Kept(found[each], as_of, window_ends(quotes, as_of)))
    return found


def _baseline(asked: _Asked, quotes: Iterable[Quote], brand: Brand | None, sellers: MarketSellers) -> Baseline:
    place = Place(asked.category, asked.stratum.territory)

    def price(quote: Quote) -> SellerPrice:
        authorised = sellers.authorised(quote.seller, brand, place)
        return SellerPrice(quote.seller, quote.nanos / NANOS, quote.captured_at, authorised)

    return Baseline(asked.stratum, tuple(price(quote) for quote in quotes if sellers.counts(quote)))
