"""Baselines of the markets that listings sell in, and which of their sellers are authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.local_day import Today, today_in
from zhengpin.detectors.market import strata_of
from zhengpin.domain.brand import Brand
from zhengpin.domain.price import Baseline, SellerPrice, Stratum
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage.market_sellers import MarketSellers, read_market_sellers
from zhengpin.storage.memory import Notes
from zhengpin.storage.prices import PriceReader
from zhengpin.storage.quotes import Quote, Window, quotes_from_pieces, split
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope

NANOS = 1_000_000_000
MOST_QUOTES = 40_000
"""Quotes that a process keeps of a marketplace, some 0.8 kB each."""


class View(NamedTuple):
    """A stratum as one listing sees it on one day: which sellers are authorised depends on brand, category and day."""

    stratum: Stratum
    brand_id: str
    category: str
    today: Today


def views_of(query: SnapshotQuery, brand: Brand | None, as_of: datetime) -> tuple[View, ...]:
    """What the listing's prices compare with, as it sees it; nothing where its product or currency can't be told."""
    listing = query.listing
    brand_id, today = brand.brand_id if brand else "", today_in(listing.territory, as_of)
    return tuple([View(each, brand_id, listing.category, today) for each in strata_of(listing, query.product_key)])


class _Price(NamedTuple):
    """What became of a quote."""

    captured: int
    """Microseconds since 1970."""
    price: SellerPrice | None
    """`None` if it makes no market."""


class _Kept(NamedTuple):
    """A baseline, and for how long it stays as it is, unless a price comes or a revision is raised."""

    text: str
    """The quotes that it was made of, as they are stored: equal texts are equal quotes."""
    baseline: Baseline
    prices: Mapping[str, _Price]
    """What became of each quote, by its piece of the text."""
    since: datetime
    until: datetime


def _quotes_of(kept: _Kept) -> int:
    return 1 + len(kept.prices)


def read_baselines(
    scope: Scope, views: Collection[View], brands: Iterable[Brand], revisions: Revisions, as_of: datetime
) -> dict[View, Baseline]:
    """The baselines as of now, without the offers that make no market; what has no prices is left out.

    `brands` are those that the views name.
    """
    texts = PriceReader(scope).quote_texts({view.stratum for view in views})
    asked = {view: texts[view.stratum] for view in views if view.stratum in texts}
    named = {brand.brand_id: brand for brand in brands}
    found = _Baselines(scope, revisions, named, as_of).of(asked)
    return {view: baseline for view, baseline in found.items() if baseline.prices}


@dataclass(frozen=True, slots=True)
class _Baselines:
    """Makes baselines of stored quotes, and keeps them: of one that changes only the new quotes are looked at."""

    scope: Scope
    revisions: Revisions
    brands: Mapping[str, Brand]
    as_of: datetime

    def of(self, texts: Mapping[View, str]) -> dict[View, Baseline]:
        """The baselines, those that still hold from memory: their sorted prices are made once."""
        notes = self.scope.memory.notes("baselines", self.revisions.together, MOST_QUOTES, _quotes_of)
        found: dict[View, Baseline] = {}
        known: dict[View, Mapping[str, _Price]] = {}
        for view, text in texts.items():
            kept: _Kept | None = notes.get(view)
            if kept is not None and kept.text == text and kept.since <= self.as_of < kept.until:
                found[view] = kept.baseline
            else:
                known[view] = kept.prices if kept else {}
        if known:
            found |= self._made(known, texts, notes)
        return found

    def _made(
        self, known: Mapping[View, Mapping[str, _Price]], texts: Mapping[View, str], notes: Notes[View, _Kept]
    ) -> dict[View, Baseline]:
        pieces = {view: split(texts[view]) for view in known}
        new = {view: [piece for piece in pieces[view] if piece not in prices] for view, prices in known.items()}
        quotes = {view: quotes_from_pieces(some) for view, some in new.items()}
        sellers = self._read_sellers(quotes)
        found: dict[View, Baseline] = {}
        for view, before in known.items():
            told = dict(zip(new[view], self._prices(view, quotes[view], sellers), strict=True))
            prices = {piece: before.get(piece) or told[piece] for piece in pieces[view]}
            found[view] = Baseline(view.stratum, self._in_window(prices.values()))
            if not sellers.depends_on_time(quotes[view]):
                until = self._window.moves_at(price.captured for price in prices.values())
                notes.add(view, _Kept(texts[view], found[view], prices, self.as_of, until))
        return found

    def _in_window(self, prices: Iterable[_Price]) -> tuple[SellerPrice, ...]:
        first, last = self._window
        return tuple([price for captured, price in prices if price is not None and first <= captured <= last])

    @property
    def _window(self) -> Window:
        return Window.until(self.as_of)

    def _read_sellers(self, quotes: Mapping[View, Sequence[Quote]]) -> MarketSellers:
        pairs = {(quote.seller, each.brand_id) for each, some in quotes.items() if each.brand_id for quote in some}
        quoted = [quote for some in quotes.values() for quote in some]
        return read_market_sellers(self.scope, quoted, pairs, self.revisions, self.as_of)

    def _prices(self, view: View, quotes: Iterable[Quote], sellers: MarketSellers) -> list[_Price]:
        brand, place = self.brands.get(view.brand_id), Place(view.category, view.stratum.territory)

        def price(quote: Quote) -> SellerPrice | None:
            if not sellers.counts(quote):
                return None
            authorised = sellers.authorised(quote.seller, brand, place)
            return SellerPrice(quote.seller, quote.nanos / NANOS, quote.captured_at, authorised)

        return [_Price(quote.captured, price(quote)) for quote in quotes]
