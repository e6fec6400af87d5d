"""Baselines of the markets that listings sell in, and which of their sellers are authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.local_day import Today, today_in
from zhengpin.domain.brand import Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.price import Baseline, SellerPrice, Stratum
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage.market_sellers import MarketSellers, read_market_sellers
from zhengpin.storage.memory import Notes
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


class _Asked(NamedTuple):
    """A stratum of a market as one listing sees it on one day."""

    stratum: Stratum
    brand_id: str
    category: str
    today: Today


class _Kept(NamedTuple):
    """A baseline, and for how long it stays as it is, unless a price comes or a revision is raised."""

    text: str
    """The quotes that it was made of, as they are stored: equal texts are equal quotes."""
    baseline: Baseline
    prices: Mapping[Quote, SellerPrice | None]
    """What became of each quote; `None` of those that make no market."""
    since: datetime
    until: datetime


def read_baselines(
    scope: Scope, views: Collection[View], revisions: Revisions, as_of: datetime
) -> dict[View, tuple[Baseline, ...]]:
    """The baselines of markets as of now, without the offers that make no market."""
    texts = PriceReader(scope).quote_texts({view.market for view in views})
    asked = {view: _strata(view, texts.get(view.market, {}), as_of) for view in views}
    brands = {view.brand.brand_id: view.brand for view in views if view.brand is not None}
    whole = {each: text for several in asked.values() for each, text in several.items()}
    found = _Baselines(scope, revisions, brands, as_of).of(whole)
    return {view: tuple(found[each] for each in several if found[each].prices) for view, several in asked.items()}


def _strata(view: View, texts: Mapping[Stratum, str], as_of: datetime) -> dict[_Asked, str]:
    """What is kept of each stratum, by kind of sale and channel."""
    today = today_in(view.market.territory, as_of)
    brand_id = view.brand.brand_id if view.brand else ""
    ordered = sorted(texts, key=_sale_and_channel) if len(texts) > 1 else texts
    return {_Asked(stratum, brand_id, view.category, today): texts[stratum] for stratum in ordered}


def _sale_and_channel(stratum: Stratum) -> tuple[str, str]:
    return stratum.sale_kind, stratum.channel


@dataclass(frozen=True, slots=True)
class _Baselines:
    """Makes baselines of stored quotes, and keeps them: of one that changes only the new quotes are looked at."""

    scope: Scope
    revisions: Revisions
    brands: Mapping[str, Brand]
    as_of: datetime

    def of(self, texts: Mapping[_Asked, str]) -> dict[_Asked, Baseline]:
        """The baselines, those that still hold from memory: their sorted prices are made once."""
        notes = self.scope.memory.notes("baselines", self.revisions.together, MOST_BASELINES)
        found: dict[_Asked, Baseline] = {}
        changed: dict[_Asked, tuple[list[Quote], Mapping[Quote, SellerPrice | None]]] = {}
        for each, text in texts.items():
            kept: _Kept | None = notes.get(each)
            if kept is not None and kept.text == text and kept.since <= self.as_of < kept.until:
                found[each] = kept.baseline
            else:
                changed[each] = quotes_from_text(text), kept.prices if kept else {}
        if changed:
            found |= self._made(changed, texts, notes)
        return found

    def _made(
        self,
        changed: Mapping[_Asked, tuple[list[Quote], Mapping[Quote, SellerPrice | None]]],
        texts: Mapping[_Asked, str],
        notes: Notes[_Asked, _Kept],
    ) -> dict[_Asked, Baseline]:
        recent = {each: in_window(quotes, self.as_of) for each, (quotes, _) in changed.items()}
        new = {each: [quote for quote in recent[each] if quote not in known] for each, (_, known) in changed.items()}
        sellers = self._read_sellers(new)
        found: dict[_Asked, Baseline] = {}
        for each, (quotes, known) in changed.items():
            prices = {**known, **self._prices(each, new[each], sellers)}
            prices = {quote: prices[quote] for quote in recent[each]}
            found[each] = Baseline(each.stratum, tuple([price for price in prices.values() if price is not None]))
            if not sellers.depends_on_time(new[each]):
                until = window_ends(quotes, self.as_of)
                notes.add(each, _Kept(texts[each], found[each], prices, self.as_of, until))
        return found

    def _read_sellers(self, quotes: Mapping[_Asked, Sequence[Quote]]) -> MarketSellers:
        pairs = {(quote.seller, each.brand_id) for each, some in quotes.items() if each.brand_id for quote in some}
        quoted = [quote for some in quotes.values() for quote in some]
        return read_market_sellers(self.scope, quoted, pairs, self.revisions, self.as_of)

    def _prices(
        self, asked: _Asked, quotes: Iterable[Quote], sellers: MarketSellers
    ) -> dict[Quote, SellerPrice | None]:
        brand, place = self.brands.get(asked.brand_id), Place(asked.category, asked.stratum.territory)

        def price(quote: Quote) -> SellerPrice | None:
            if not sellers.counts(quote):
                return None
            authorised = sellers.authorised(quote.seller, brand, place)
            return SellerPrice(quote.seller, quote.nanos / NANOS, quote.captured_at, authorised)

        return {quote: price(quote) for quote in quotes}
