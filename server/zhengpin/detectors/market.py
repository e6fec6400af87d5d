"""What others ask for the same: the prices that one listing's own may be compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengpin.detectors.statistics import Spread, spread_of
from zhengpin.domain.listing import Condition, Listing
from zhengpin.domain.price import BASELINE_DAYS, Baseline, PriceChannel, SellerPrice, Stratum

SELLERS_FOR_A_RATIO = 4
SELLERS_FOR_A_Z = 8
"""Iglewicz and Hoaglin's score needs a spread, and a spread needs more than a handful."""


@dataclass(frozen=True, slots=True)
class Market:
    """The latest price of each other seller in one stratum."""

    stratum: Stratum
    prices: tuple[SellerPrice, ...]
    spread: Spread | None
    """`None` with fewer than `SELLERS_FOR_A_RATIO` sellers."""

    @property
    def sellers(self) -> int:
        """How many others there are."""
        return len(self.prices)

    def ratio(self, price: float) -> float | None:
        """Give a price over the median; `None` with too few sellers."""
        return price / self.spread.median if self.spread else None

    def z(self, price: float) -> float | None:
        """Give the modified z-score of a price; `None` with fewer than `SELLERS_FOR_A_Z` sellers."""
        return self.spread.robust_z(price) if self.spread and self.sellers >= SELLERS_FOR_A_Z else None

    @property
    def log_mad(self) -> float | None:
        """Give how far the prices lie apart; `None` with fewer than `SELLERS_FOR_A_Z` sellers."""
        return self.spread.log_mad if self.spread and self.sellers >= SELLERS_FOR_A_Z else None


def stratum_of(listing: Listing, key: str, channel: PriceChannel, currency: str) -> Stratum | None:
    """Name the prices that the listing's own compare with; `None` without a product key or a known condition."""
    if not key or listing.condition is Condition.UNKNOWN:
        return None
    return Stratum(key, listing.territory, currency, listing.condition, listing.offer.sale_kind, channel)


def market_of(baselines: Iterable[Baseline], stratum: Stratum, supplier_id: str, as_of: datetime) -> Market:
    """Gather the latest price of each seller but the supplier in this very stratum, of the last `BASELINE_DAYS` days.

    There is no falling back: a promotion that nobody else runs compares with nothing.
    """
    since = as_of - timedelta(days=BASELINE_DAYS)
    latest: dict[str, SellerPrice] = {}
    for price in (each for baseline in baselines if baseline.stratum == stratum for each in baseline.prices):
        if price.seller == supplier_id or price.unit_price <= 0 or not since <= price.captured_at <= as_of:
            continue
        known = latest.get(price.seller)
        if known is None or known.captured_at < price.captured_at:
            latest[price.seller] = price
    prices = tuple(latest.values())
    spread = spread_of([price.unit_price for price in prices]) if len(prices) >= SELLERS_FOR_A_RATIO else None
    return Market(stratum, prices, spread)
