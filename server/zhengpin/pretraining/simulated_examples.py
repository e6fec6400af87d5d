"""Examples from simulated marketplaces: every listing as the service would see it, with its truth."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhengpin.detectors.matching import query_for
from zhengpin.domain.hit import Hit
from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.snapshot import Snapshot
from zhengpin.risk.examples import Example
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.observe import observe
from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.offer import Offer
from zhengpin.storage.store import Store
from zhengpin.told_market import MARKETPLACE, listing_of, pages, tell
from zhengpin.usecases.forecast_prices import ForecastPrices


@dataclass(frozen=True, slots=True)
class Screened:
    """One listing of a simulated marketplace, and what the service saw of it."""

    offer: Offer
    snapshot: Snapshot
    hits: tuple[Hit, ...]
    example: Example
    """With the truth for its label."""


def screened(
    market: Marketplace,
    now: datetime,
    rulebook: RuleBook,
    told: Callable[[int], object] = lambda _: None,
    *,
    forecast: bool = True,
) -> Iterator[Screened]:
    """Every listing of a market, screened at the market's time `now` after all of it was told.

    `told` hears of each listing twice: when it is stored and when it is screened. `forecast` says whether prices are
    forecast before, as a nightly job does where somebody runs it.
    """
    offers = list(market.offers())
    with tempfile.TemporaryDirectory(prefix="zhengpin-market-") as folder:
        store = Store(f"sqlite:///{Path(folder) / 'market.db'}")
        with closing(store):
            store.migrate()
            tell(store, market, offers, now, told)
            if forecast:
                ForecastPrices(store, lambda: now)(MARKETPLACE, lambda _step, _count: None)
            for page in pages(offers):
                with store.read(MARKETPLACE) as reader:
                    snapshots = reader.snapshots.read_many([query_for(listing_of(each)) for each in page], now)
                for offer, snapshot in zip(page, snapshots, strict=True):
                    yield _screen(offer, snapshot, rulebook)
                told(len(page))


def _screen(offer: Offer, snapshot: Snapshot, rulebook: RuleBook) -> Screened:
    observation = observe(snapshot)
    hits = rulebook.evaluate(observation).hits
    example = Example(
        observation.values,
        snapshot.listing.category,
        snapshot.as_of,
        offer.kind.fake,
        RuleEvidence.of((hit, hit.action) for hit in hits),
    )
    return Screened(offer, snapshot, hits, example)
