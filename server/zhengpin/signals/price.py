"""Signals of the price: what one unit costs, and how that compares with others, with cost and with its own past."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from zhengpin.detectors.market import Market, market_of, stratum_of
from zhengpin.detectors.matching import Units
from zhengpin.detectors.prices import single_unit_price, unit_price
from zhengpin.domain.hit import Evidence
from zhengpin.domain.listing import Listing
from zhengpin.domain.money import Money
from zhengpin.domain.price import PriceChannel
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.genuine_price import note_genuine_price
from zhengpin.signals.sheet import Sheet

DAYS_OF_A_PRIOR_PRICE = 30
"""A prior price is the lowest of at least so many days (Directive 98/6/EC art. 6a)."""


def note_price(sheet: Sheet, snapshot: Snapshot, key: str, pack: Units | None) -> None:
    """Note every `price.*` signal."""
    listing = snapshot.listing
    single = single_unit_price(listing, pack)
    group = _lowest_group_price(listing, pack)
    _note_paid(sheet, snapshot, single, pack)
    _note_market(sheet, snapshot, key, single)
    _note_group(sheet, snapshot, key, single, group)
    note_genuine_price(sheet, snapshot, single, group)
    _note_reductions(sheet, listing)
    _note_own_past(sheet, snapshot)
    _note_reduced(sheet, snapshot, single, pack)


def _lowest_group_price(listing: Listing, pack: Units | None) -> Money | None:
    if not listing.offer.group_tiers:
        return None
    prices = [price for tier in listing.offer.group_tiers if (price := unit_price(tier.price, pack))]
    if len({price.currency for price in prices}) != 1:
        return None
    return min(prices, key=lambda price: price.nanos)


def _note_paid(sheet: Sheet, snapshot: Snapshot, single: Money | None, pack: Units | None) -> None:
    offer = snapshot.listing.offer
    sheet.note_all(
        {
            "price.sale_kind": offer.sale_kind.value,
            "price.paid": None if single is None else float(single),
            "price.vs_rrp": ratio(single, snapshot.brand.reference_price if snapshot.brand else None),
            "price.vs_cost": ratio(single, offer.unit_cost),
        }
    )
    if pack is not None and offer.campaign_floor is not None:
        asked = Money(offer.campaign_floor.currency, offer.campaign_floor.nanos // pack.count)
        sheet.note("price.campaign_vs_cost", ratio(asked, offer.unit_cost))


def ratio(part: Money | None, whole: Money | None) -> float | None:
    """Give one amount over another of the same currency; `None` if either is not known or the second is nothing."""
    if part is None or whole is None or part.currency != whole.currency or whole.nanos <= 0:
        return None
    return part.nanos / whole.nanos


def _note_market(sheet: Sheet, snapshot: Snapshot, key: str, single: Money | None) -> None:
    market = _market(snapshot, key, PriceChannel.SINGLE, snapshot.listing.offer.single_price)
    if market is None:
        return
    evidence = _evidence(market)
    sheet.note("price.market_sellers", market.sellers, evidence)
    sheet.note("price.market_spread", market.log_mad, evidence)
    sheet.note("price.reference_sellers", len(market.authorised), evidence)
    if single is None:
        return
    price = float(single)
    sheet.note("price.vs_market", market.ratio(price), evidence)
    sheet.note("price.market_z", market.z(price), evidence)
    sheet.note("price.vs_reference", market.reference_ratio(price), evidence)


def _market(snapshot: Snapshot, key: str, channel: PriceChannel, price: Money | None) -> Market | None:
    stratum = stratum_of(snapshot.listing, key, channel, price.currency) if price else None
    if stratum is None:
        return None
    return market_of(snapshot.baselines, stratum, snapshot.listing.supplier_id, snapshot.as_of)


def _evidence(market: Market) -> Evidence:
    one = market.stratum
    parts = (one.product_key, one.territory, one.currency, one.condition, one.sale_kind, one.channel)
    until = f", newest {market.newest.isoformat()}" if market.newest else ""
    return Evidence("price_baseline", "|".join(parts), f"{market.sellers} sellers{until}")


def _note_group(sheet: Sheet, snapshot: Snapshot, key: str, single: Money | None, group: Money | None) -> None:
    offer = snapshot.listing.offer
    if not offer.group_tiers:
        return
    sheet.note("price.tiers_rise", _tiers_rise(snapshot.listing))
    if group is None:
        return
    sheet.note("price.group_paid", float(group))
    saved = ratio(group, single)
    sheet.note("price.group_saving", None if saved is None else 1 - saved)
    market = _market(snapshot, key, PriceChannel.GROUP, group)
    if market is None:
        return
    evidence = _evidence(market)
    sheet.note("price.group_market_sellers", market.sellers, evidence)
    sheet.note("price.group_vs_market", market.ratio(float(group)), evidence)
    sheet.note("price.group_market_z", market.z(float(group)), evidence)


def _tiers_rise(listing: Listing) -> bool | None:
    tiers = sorted(listing.offer.group_tiers, key=lambda tier: tier.size)
    prices = [tier.price for tier in tiers]
    if listing.offer.single_price is not None:
        prices.insert(0, listing.offer.single_price)
    if len({price.currency for price in prices}) != 1:
        return None
    return any(later.nanos > earlier.nanos for earlier, later in pairwise(prices))


def _note_reductions(sheet: Sheet, listing: Listing) -> None:
    offer = listing.offer
    kept = ratio(offer.single_price, offer.was_price)
    sheet.note_all(
        {
            "price.discount_claimed": None if kept is None else 1 - kept,
            "price.subsidy_share": ratio(offer.platform_subsidy, offer.single_price),
            "price.merchant_discount_share": ratio(offer.merchant_discount, offer.single_price),
        }
    )


def _note_own_past(sheet: Sheet, snapshot: Snapshot) -> None:
    offer, past = snapshot.listing.offer, snapshot.own_price
    if past is None:
        return
    if offer.was_price is not None and past.lowest_30d:
        sheet.note("price.was_vs_lowest_30d", float(offer.was_price) / past.lowest_30d)
    if offer.single_price is not None and past.single_7d_ago:
        sheet.note("price.single_raise_7d", float(offer.single_price) / past.single_7d_ago - 1)


def _note_reduced(sheet: Sheet, snapshot: Snapshot, single: Money | None, pack: Units | None) -> None:
    """Note how the price compares with the listing's own before, if it was on sale for long enough to have one."""
    past, since = snapshot.own_price, snapshot.on_sale_since
    if past is None or not past.lowest_30d or single is None or pack is None or since is None:
        return
    if snapshot.as_of - since >= timedelta(days=DAYS_OF_A_PRIOR_PRICE):
        sheet.note("price.vs_own_before", float(single) * pack.count / past.lowest_30d)
