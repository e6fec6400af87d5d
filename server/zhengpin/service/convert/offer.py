"""Offers: the prices of a listing."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.listing import GroupTier, Offer, SaleKind
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.service.convert.scalars import EnumPair, money_from_proto, money_to_proto, optional_money_from_proto
from zhengpin.v1 import listing_pb2 as pb

SALE_KINDS = EnumPair(SaleKind, pb.SaleKind, "SALE_KIND_", SaleKind.REGULAR)
PRICES = ("single_price", "was_price", "merchant_discount", "platform_subsidy", "campaign_floor", "unit_cost")


def offer_from_proto(message: pb.Offer) -> Offer:
    """An offer; raises `InvalidInput` where its prices are in several currencies or a group size has several prices."""
    offer = Offer(
        single_price=optional_money_from_proto(message, "single_price"),
        group_tiers=tuple([GroupTier(tier.size, money_from_proto(tier.price)) for tier in message.group_tiers]),
        was_price=optional_money_from_proto(message, "was_price"),
        merchant_discount=optional_money_from_proto(message, "merchant_discount"),
        platform_subsidy=optional_money_from_proto(message, "platform_subsidy"),
        campaign_floor=optional_money_from_proto(message, "campaign_floor"),
        unit_cost=optional_money_from_proto(message, "unit_cost"),
        sale_kind=SALE_KINDS.from_proto(message.sale_kind),
    )
    if not is_consistent(offer):
        raise InvalidInput(*offer_violations(message, "offer"))
    return offer


def is_consistent(offer: Offer) -> bool:
    """Whether all prices are in one currency, and each group size has one price."""
    tiers = offer.group_tiers
    prices = (
        offer.single_price,
        offer.was_price,
        offer.merchant_discount,
        offer.platform_subsidy,
        offer.campaign_floor,
        offer.unit_cost,
        *[tier.price for tier in tiers],
    )
    currency = ""
    for price in prices:
        if price is not None:
            if price.currency != (currency or price.currency):
                return False
            currency = price.currency
    return len(tiers) <= 1 or len({tier.size for tier in tiers}) == len(tiers)


def offer_violations(offer: pb.Offer, path: str) -> Iterator[FieldViolation]:
    """All prices of an offer are in one currency, and each group size has one price."""
    prices = [(name, getattr(offer, name)) for name in PRICES if offer.HasField(name)]  # type: ignore[arg-type]
    prices += [(f"group_tiers[{place}].price", tier.price) for place, tier in enumerate(offer.group_tiers)]
    for name, price in prices[1:]:
        if price.currency_code != prices[0][1].currency_code:
            yield FieldViolation(
                f"{path}.{name}",
                f"is in {price.currency_code!r}, but {prices[0][0]} is in {prices[0][1].currency_code!r}: "
                "give all prices of an offer in one currency",
            )
    sizes = [tier.size for tier in offer.group_tiers]
    for place, size in enumerate(sizes):
        if size in sizes[:place]:
            yield FieldViolation(f"{path}.group_tiers[{place}].size", f"{size} stands twice: give each group size once")


def offer_to_proto(offer: Offer) -> pb.Offer:
    """An offer as it is answered."""
    return pb.Offer(
        single_price=money_to_proto(offer.single_price),
        group_tiers=[pb.GroupTier(size=tier.size, price=money_to_proto(tier.price)) for tier in offer.group_tiers],
        was_price=money_to_proto(offer.was_price),
        merchant_discount=money_to_proto(offer.merchant_discount),
        platform_subsidy=money_to_proto(offer.platform_subsidy),
        campaign_floor=money_to_proto(offer.campaign_floor),
        unit_cost=money_to_proto(offer.unit_cost),
        sale_kind=SALE_KINDS.to_proto(offer.sale_kind),
    )
