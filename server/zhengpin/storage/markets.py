"""Baselines of the markets that listings sell in, and which of their sellers are authorised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from operator import truediv
from typing import NamedTuple

from zhengpin.detectors.authorisation import Place
from zhengpin.detectors.local_day import Today, today_in
from zhengpin.detectors.market import strata_of
from zhengpin.domain.brand import Brand
from zhengpin.domain.price import Baseline, Stratum
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage.licences import Pair
from zhengpin.storage.market_sellers import MarketSellers, read_market_sellers
from zhengpin.storage.memory import Notes
from zhengpin.storage.prices import PriceReader
from zhengpin.storage.quotes import Quotes, Window, columns_from_text
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope

NANOS = 1_000_000_000
MOST_QUOTES = 100_000
"""Quotes that a process keeps of a marketplace, some 0.3 kB each."""


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


class _Kept(NamedTuple):
    """A baseline, and for how long it stays as it is, unless a price comes or a revision is raised."""

    text: str
    """The quotes that it was made of, as they are stored: equal texts are equal quotes."""
    baseline: Baseline
    since: datetime
    until: datetime


def _quotes_of(kept: _Kept) -> int:
    return 1 + len(kept.baseline.sellers)


def read_baselines(
    scope: Scope, views: Collection[View], brands: Iterable[Brand], revisions: Revisions, as_of: datetime
) -> dict[View, Baseline]:
    """The baselines as of now, without the offers that make no market; what has no prices is left out.

    `brands` are those that the views name.
    """
    texts = PriceReader(scope).market_texts({view.stratum for view in views})
    asked = {view: texts[view.stratum] for view in views if view.stratum in texts}
    named = {brand.brand_id: brand for brand in brands}
    found = _Baselines(scope, revisions, named, as_of).of(asked)
    return {view: baseline for view, baseline in found.items() if baseline.sellers}


@dataclass(frozen=True, slots=True)
class _Baselines:
    """Makes baselines of stored quotes, and keeps them."""

    scope: Scope
    revisions: Revisions
    brands: Mapping[str, Brand]
    as_of: datetime

    def of(self, texts: Mapping[View, str]) -> dict[View, Baseline]:
        """The baselines, those that still hold from memory: their sorted prices are made once."""
        notes = self.scope.memory.notes("baselines", self.revisions.together, MOST_QUOTES, _quotes_of)
        found: dict[View, Baseline] = {}
        new: dict[View, str] = {}
        for view, text in texts.items():
            kept: _Kept | None = notes.get(view)
            if kept is not None and kept.text == text and kept.since <= self.as_of < kept.until:
                found[view] = kept.baseline
            else:
                new[view] = text
        if new:
            found |= self._made(new, notes)
        return found

    def _made(self, texts: Mapping[View, str], notes: Notes[View, _Kept]) -> dict[View, Baseline]:
        quotes = {view: columns_from_text(text) for view, text in texts.items()}
        sellers = self._read_sellers(quotes)
        window = Window.until(self.as_of)
        found: dict[View, Baseline] = {}
        for view, told in quotes.items():
            found[view] = self._baseline(view, sellers.counted(told.within(window)), sellers)
            if not sellers.depends_on_time(told):
                until = window.moves_at(told.captured)
                notes.add(view, _Kept(texts[view], found[view], self.as_of, until))
        return found

    def _read_sellers(self, quotes: Mapping[View, Quotes]) -> MarketSellers:
        pairs: set[Pair] = set()
        for view, told in quotes.items():
            if view.brand_id:
                pairs.update(zip(told.sellers, repeat(view.brand_id)))
        return read_market_sellers(self.scope, quotes.values(), pairs, self.revisions, self.as_of)

    def _baseline(self, view: View, quotes: Quotes, sellers: MarketSellers) -> Baseline:
        place = Place(view.category, view.stratum.territory)
        authorised = sellers.authorised(quotes.sellers, self.brands.get(view.brand_id), place)
        return Baseline(
            view.stratum,
            quotes.sellers,
            tuple(map(truediv, quotes.nanos, repeat(NANOS))),
            quotes.captured,
            tuple(map(authorised.__contains__, quotes.sellers)),
        )
