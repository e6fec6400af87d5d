"""A listing's own prices, made comparable: one unit, before the platform's subsidy, within one stratum."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from zhengpin.detectors.matching import Units, product_key, units
from zhengpin.domain.listing import Condition, Listing
from zhengpin.domain.money import Money
from zhengpin.domain.price import BASELINE_DAYS, Baseline, PriceChannel, PriceObservation, SellerPrice, Stratum


def unit_price(listing: Listing, price: Money | None, pack: Units | None) -> Money | None:
    """Give what one unit costs after the seller's own reductions and before the platform's subsidy.

    `None` if the price or the number of units is not known, the currencies differ, or nothing is left to pay.
    """
    if price is None or pack is None:
        return None
    discount = listing.offer.merchant_discount
    if discount is not None and discount.currency != price.currency:
        return None
    nanos = (price.nanos - (discount.nanos if discount else 0)) // pack.count
    return Money(price.currency, nanos) if nanos > 0 else None


def offered_prices(listing: Listing, as_of: datetime) -> tuple[PriceObservation, ...]:
    """Give what the listing asks per unit: bought alone, and for each group tier.

    Empty if the product, the goods' condition, the number of units or the price can't be told. The same listing, tier,
    price and day give the same `observation_id`.
    """
    key = product_key(listing)
    pack = units(listing)
    if not key or pack is None or listing.condition is Condition.UNKNOWN:
        return ()
    offers = [(PriceChannel.SINGLE, 1, listing.offer.single_price)]
    offers += [(PriceChannel.GROUP, tier.size, tier.price) for tier in listing.offer.group_tiers]
    return tuple(
        _observation(listing, key, channel, size, price, as_of)
        for channel, size, offered in offers
        if (price := unit_price(listing, offered, pack)) is not None
    )


def _observation(
    listing: Listing, key: str, channel: PriceChannel, size: int, price: Money, as_of: datetime
) -> PriceObservation:
    parts = (listing.listing_id, key, channel, size, listing.offer.sale_kind, price.currency, price.nanos, as_of.date())
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    return PriceObservation(
        observation_id=f"offer-{digest[:32]}",
        product_key=key,
        seller=listing.supplier_id,
        listing_id=listing.listing_id,
        territory=listing.territory,
        condition=listing.condition,
        sale_kind=listing.offer.sale_kind,
        channel=channel,
        group_size=size,
        unit_price=price,
        captured_at=as_of,
    )


def stratum_of(listing: Listing, key: str, channel: PriceChannel, currency: str) -> Stratum | None:
    """Give the prices that the listing's own may be compared with; `None` without a product key or a known condition."""
    if not key or listing.condition is Condition.UNKNOWN:
        return None
    return Stratum(key, listing.territory, currency, listing.condition, listing.offer.sale_kind, channel)


def prices_of_others(
    baselines: Iterable[Baseline], stratum: Stratum, supplier_id: str, as_of: datetime
) -> tuple[SellerPrice, ...]:
    """Give the latest price of each other seller in the very stratum, from the last `BASELINE_DAYS` days.

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
    return tuple(latest.values())
