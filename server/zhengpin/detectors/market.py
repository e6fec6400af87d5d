"""What others ask for the same: the prices that one listing's own may be compared with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import compress
from typing import TypeAlias

from zhengpin.detectors.statistics import Spread, middle_of, spread_of
from zhengpin.domain.listing import Condition, Listing
from zhengpin.domain.moment import microseconds_of, moment_of
from zhengpin.domain.price import BASELINE_DAYS, Baseline, PriceChannel, Stratum
from zhengpin.domain.quick_init import quickly_made

SELLERS_FOR_A_RATIO = 4
SELLERS_FOR_A_Z = 8
"""Iglewicz and Hoaglin's score needs a spread, and a spread needs more than a handful."""
_WINDOW = microseconds_of(timedelta(days=BASELINE_DAYS))


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
    now = microseconds_of(as_of)
    since = now - _WINDOW
    same = [baseline for baseline in baselines if baseline.stratum == stratum]
    if len(same) == 1:
        ranking = _ranking_of(_Itself(same[0]))
        if ranking.lies_within(since, now):
            return ranking.without(supplier_id, stratum)
    rows = (row for baseline in same for row in zip(*_columns_of(baseline), strict=True) if since <= row[2] <= now)
    return _Ranking(*_columns_of_latest(rows)).without(supplier_id, stratum)


_Row: TypeAlias = tuple[str, float, int, bool]
"""Of a baseline: seller, price, when it was seen, whether the seller is authorised."""
_Columns: TypeAlias = tuple[Sequence[str], Sequence[float], Sequence[int], Sequence[bool]]


def _columns_of(baseline: Baseline) -> _Columns:
    return baseline.sellers, baseline.unit_prices, baseline.captured, baseline.authorised


def _columns_of_latest(rows: Iterable[_Row]) -> _Columns:
    """Keep the newest price of each seller."""
    latest: dict[str, _Row] = {}
    for row in rows:
        seller, price, captured, _ = row
        known = latest.get(seller)
        if price > 0 and (known is None or known[2] < captured):
            latest[seller] = row
    sellers, prices, times, authorised = zip(*latest.values(), strict=True) if latest else ((), (), (), ())
    return sellers, prices, times, authorised


class _Ranking:
    """One price of each seller, ordered once for all listings of a market."""

    __slots__ = ("_authorised", "_newest", "_ordered", "_prices", "_sellers", "_times", "_whole")

    def __init__(
        self, sellers: Sequence[str], prices: Sequence[float], times: Sequence[int], authorised: Sequence[bool]
    ) -> None:
        self._sellers = sellers
        self._prices = prices
        self._times = times
        self._authorised = authorised
        self._ordered = sorted(prices)
        self._newest = max(times, default=0)
        self._whole: Market | None = None

    def lies_within(self, first: int, last: int) -> bool:
        """Whether every price was seen in this time."""
        return self._newest <= last and min(self._times, default=last) >= first

    def without(self, seller: str, stratum: Stratum) -> Market:
        """Give the market as this seller finds it."""
        if seller in self._sellers:
            return self._without(self._sellers.index(seller), stratum)
        self._whole = self._whole or _market(stratum, self._ordered, self._newest, self._reference())
        return self._whole

    def _without(self, place: int, stratum: Stratum) -> Market:
        prices, newest, reference = _all_but(self._prices[place], self._ordered), self._newest, self._reference()
        if self._times[place] == newest:
            newest = max((*self._times[:place], *self._times[place + 1 :]), default=0)
        if self._authorised[place]:
            reference = _all_but(self._prices[place], reference)
        return _market(stratum, prices, newest, reference)

    def _reference(self) -> list[float]:
        return sorted(compress(self._prices, self._authorised))


def _all_but(one: float, ordered: list[float]) -> list[float]:
    place = bisect_left(ordered, one)
    return ordered[:place] + ordered[place + 1 :]


def _market(stratum: Stratum, prices: list[float], newest: int, reference: list[float]) -> Market:
    return Market(
        stratum,
        sellers=len(prices),
        newest=moment_of(newest) if prices else None,
        authorised=tuple(reference),
        spread=spread_of(prices) if len(prices) >= SELLERS_FOR_A_RATIO else None,
    )


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
    columns = _columns_of(itself.baseline)
    sellers, prices, _, _ = columns
    if len(set(sellers)) == len(sellers) and min(prices, default=1) > 0:
        return _Ranking(*columns)
    return _Ranking(*_columns_of_latest(zip(*columns, strict=True)))
