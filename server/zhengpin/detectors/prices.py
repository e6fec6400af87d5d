"""A listing's own prices, made comparable: one unit, after the seller's reductions, before the platform's subsidy."""

from __future__ import annotations

import hashlib
from datetime import datetime

from zhengpin.detectors.matching import Units, product_key, units
from zhengpin.domain.listing import Condition, Listing, StoredListing
from zhengpin.domain.money import Money
from zhengpin.domain.price import PriceChannel, PriceObservation


def single_unit_price(listing: Listing, pack: Units | None) -> Money | None:
    """Give what one unit costs, bought alone, after the seller's own reductions: those are of the single price."""
    return unit_price(listing.offer.single_price, pack, listing.offer.merchant_discount)


def unit_price(price: Money | None, pack: Units | None, discount: Money | None = None) -> Money | None:
    """Give what one unit costs before the platform's subsidy, less what the seller takes off the whole.

    `None` if the price or the number of units is not known, the currencies differ, or nothing is left to pay.
    """
    if price is None or pack is None:
        return None
    if discount is not None and discount.currency != price.currency:
        return None
    nanos = (price.nanos - (discount.nanos if discount else 0)) // pack.count
    return Money(price.currency, nanos) if nanos > 0 else None


def units_for_price(listing: Listing) -> int | None:
    """Give how many units the listing's prices are for, for its own prices of other times: if need be as declared."""
    pack = units(listing)
    return pack.count if pack else listing.units_per_pack


def newly_offered_prices(
    listing: Listing, key: str, before: StoredListing | None, as_of: datetime
) -> tuple[PriceObservation, ...]:
    """Give what `offered_prices` gives, unless the listing was told before on this UTC day and asked the same then.

    `before` is the listing as it was stored until now. A price that comes back is told anew, so that it is the seller's
    latest one again; one that stays is told once a day, so that the market's window does not leave it behind.
    """
    if before is None or before.deleted_at is not None or before.updated_at.date() != as_of.date():
        return offered_prices(listing, key, as_of)
    if before.listing == listing:
        return ()
    asked = offered_prices(before.listing, product_key(before.listing), as_of)
    # All prices or none: which of a listing's group prices is the latest must not depend on which of them changed.
    offered = offered_prices(listing, key, as_of)
    return () if offered == asked else offered


def offered_prices(listing: Listing, key: str, as_of: datetime) -> tuple[PriceObservation, ...]:
    """Give what the listing, whose product has this key, asks per unit: bought alone, and for each group tier.

    Empty if the product, the goods' condition, the number of units or the price can't be told. The same offer
    at the same moment gives the same `observation_id`.
    """
    pack = units(listing) if key and listing.condition is not Condition.UNKNOWN else None
    if pack is None:
        return ()
    tiers = ((tier.size, unit_price(tier.price, pack)) for tier in listing.offer.group_tiers)
    prices = ((1, single_unit_price(listing, pack)), *tiers)
    return tuple(_observation(listing, key, size, price, as_of) for size, price in prices if price is not None)


def _observation(listing: Listing, key: str, group_size: int, price: Money, as_of: datetime) -> PriceObservation:
    kind = listing.offer.sale_kind
    place = f"{key}\x1f{listing.supplier_id}\x1f{listing.territory}\x1f{listing.condition}\x1f{kind}\x1f{group_size}"
    told = f"{place}\x1f{price.currency}\x1f{price.nanos}\x1f{as_of.isoformat()}"
    digest = hashlib.sha256(told.encode()).hexdigest()
    return PriceObservation(
        # The listing comes first, so that what is told together lies together.
        observation_id=f"offer:{listing.listing_id}:{digest[:20]}",
        product_key=key,
        seller=listing.supplier_id,
        listing_id=listing.listing_id,
        territory=listing.territory,
        condition=listing.condition,
        sale_kind=kind,
        channel=PriceChannel.GROUP if group_size > 1 else PriceChannel.SINGLE,
        group_size=group_size,
        unit_price=price,
        captured_at=as_of,
    )
