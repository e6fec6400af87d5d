"""Observed prices as rows of `price_observations`."""

from __future__ import annotations

from typing import Any

from zhengpin.domain.listing import Condition, SaleKind
from zhengpin.domain.money import NANOS, Money
from zhengpin.domain.price import PriceChannel, PriceObservation


def observation_row(price: PriceObservation) -> tuple[Any, ...]:
    """The values of all columns but the marketplace, in their order."""
    amount, nanos = divmod(price.unit_price.nanos, NANOS)
    return (
        price.observation_id,
        price.product_key,
        price.seller,
        price.listing_id,
        price.territory,
        price.condition,
        price.sale_kind,
        price.channel,
        price.group_size,
        price.unit_price.currency,
        amount,
        nanos,
        price.captured_at,
        price.units_sold,
        price.proof,
    )


def observation_from_row(row: Any) -> PriceObservation:
    """The observation of a row that has these columns."""
    return PriceObservation(
        observation_id=row.observation_id,
        product_key=row.product_key,
        seller=row.seller,
        listing_id=row.listing_id,
        territory=row.territory,
        condition=Condition(row.condition),
        sale_kind=SaleKind(row.sale_kind),
        channel=PriceChannel(row.channel),
        group_size=row.group_size,
        unit_price=Money(row.currency, row.amount * NANOS + row.nanos),
        captured_at=row.captured_at,
        units_sold=row.units_sold,
        proof=row.proof,
    )
