"""What others ask for the same: the prices that one listing's own may be compared with."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from zhengpin.detectors.statistics import Spread, middle_of, spread_of
from zhengpin.domain.listing import Condition, Listing
from zhengpin.domain.price import BASELINE_DAYS, Baseline, PriceChannel, SellerPrice, Stratum
from zhengpin.domain.quick_init import quickly_made

SELLERS_FOR_A_RATIO = 4
SELLERS_FOR_A_Z = 8
"""Iglewicz and Hoaglin's score needs a spread, and a spread needs more than a handful."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Market:
    """The latest prices of the other sellers in one stratum."""

    stratum: Stratum
    sellers: int
    """How many others there are."""
    newest: datetime | None
    """When the newest of their prices was seen; `None` without any."""
    authorised: tuple[float, ...]
    """What those ask who may sell the brand, from the lowest to the highest."""
    spread: Spread | None
    """`None` with fewer than `SELLERS_FOR_A_RATIO` sellers."""

    def ratio(self, price: float) -> float | None:
        """Give a price over the median; `None` with too few sellers."""
        return price / self.spread.median if self.spread else None

    def reference_ratio(self, price: float) -> float | None:
        """Give a price over the median of authorised sellers; `None` without any."""
        return price / middle_of(self.authorised) if self.authorised else None

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


def strata_of(listing: Listing, key: str) -> tuple[Stratum, ...]:
    """Name all that the listing's prices compare with: a single buyer's, and a group's where there are groups."""
    offer = listing.offer
    asked = [
        (PriceChannel.SINGLE, offer.single_price),
        *((PriceChannel.GROUP, tier.price) for tier in offer.group_tiers),
    ]
    named = [stratum_of(listing, key, channel, price.currency) for channel, price in asked if price is not None]
    return tuple(dict.fromkeys([stratum for stratum in named if stratum is not None]))


def market_of(baselines: Iterable[Baseline], stratum: Stratum, supplier_id: str, as_of: datetime) -> Market:
    """Gather the latest price of each seller but the supplier in this very stratum, of the last `BASELINE_DAYS` days.

    There is no falling back: a promotion that nobody else runs compares with nothing.
    """
    since = as_of - timedelta(days=BASELINE_DAYS)
    same = [baseline for baseline in baselines if baseline.stratum == stratum]
    if len(same) == 1:
        ranking = _ranking_of(_Itself(same[0]))
        if not ranking.latest or (since <= ranking.oldest and ranking.newest <= as_of):
            return ranking.without(supplier_id, stratum)
    prices = (each for baseline in same for each in baseline.prices if since <= each.captured_at <= as_of)
    return _Ranking(prices).without(supplier_id, stratum)


class _Ranking:
    """The latest price of each seller, ordered once for all listings of a market."""

    __slots__ = ("_whole", "by_time", "latest", "logs", "prices")

    def __init__(self, prices: Iterable[SellerPrice]) -> None:
        self.latest: dict[str, SellerPrice] = {}
        for price in prices:
            known = self.latest.get(price.seller)
            if price.unit_price > 0 and (known is None or known.captured_at < price.captured_at):
                self.latest[price.seller] = price
        self.prices = sorted(price.unit_price for price in self.latest.values())
        self.logs = [math.log(price) for price in self.prices]
        self.by_time = sorted(self.latest.values(), key=_captured_at)
        self._whole: Market | None = None

    @property
    def oldest(self) -> datetime:
        return self.by_time[0].captured_at

    @property
    def newest(self) -> datetime:
        return self.by_time[-1].captured_at

    def without(self, seller: str, stratum: Stratum) -> Market:
        """Give the market as this seller finds it."""
        own = self.latest.get(seller)
        if own is None:
            self._whole = self._whole or _market(stratum, self.prices, self.logs, self.by_time)
            return self._whole
        place = bisect_left(self.prices, own.unit_price)
        return _market(
            stratum,
            self.prices[:place] + self.prices[place + 1 :],
            self.logs[:place] + self.logs[place + 1 :],
            [price for price in self.by_time if price is not own],
        )


def _market(stratum: Stratum, prices: list[float], logs: list[float], by_time: list[SellerPrice]) -> Market:
    return Market(
        stratum,
        sellers=len(prices),
        newest=by_time[-1].captured_at if by_time else None,
        authorised=tuple(sorted([price.unit_price for price in by_time if price.authorised])),
        spread=spread_of(prices, logs) if len(prices) >= SELLERS_FOR_A_RATIO else None,
    )


def _captured_at(price: SellerPrice) -> datetime:
    return price.captured_at


class _Itself:
    """A baseline known by its identity: to compare those of a page value by value would cost more than to rank one."""

    __slots__ = ("baseline",)

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline

    def __hash__(self) -> int:
        return id(self.baseline)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.baseline is self.baseline


@lru_cache(maxsize=512)
def _ranking_of(itself: _Itself) -> _Ranking:
    """Rank a baseline once, however many listings share it: at most 512 of at most 200 sellers, some 20 MB."""
    return _Ranking(itself.baseline.prices)
