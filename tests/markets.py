"""Simulated marketplaces for tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from zhengpin.simulation import Marketplace, load_parameters
from zhengpin.simulation.records import Record

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_market(
    listings: int = 120, *, seed: int = 1, fakes: float | None = None, clever: float | None = None
) -> Marketplace:
    """A marketplace at `NOW`, with the shipped parameters but for the shares."""
    return Marketplace(load_parameters(fakes=fakes, clever=clever), seed=seed, now=NOW, listings=listings)


def trade_of(market: Marketplace) -> Iterator[Record]:
    """Every price, order event, outcome and list entry."""
    yield from market.elsewhere()
    for offer in market.offers():
        yield from offer.trade()
        yield from (each for each in offer.history() if "listing" not in each)
