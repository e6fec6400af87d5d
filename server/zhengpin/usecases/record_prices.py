"""Turn reported prices into observations that compare: one unit, one product, before the platform's subsidy."""

from __future__ import annotations

from collections.abc import Sequence

from zhengpin.detectors.matching import product_key
from zhengpin.domain.listing import Listing
from zhengpin.domain.money import Money
from zhengpin.domain.price import PriceChannel, PricedProduct, PriceObservation, PriceReport
from zhengpin.errors import FieldViolation, InvalidInput, NotFound, ZhengpinError
from zhengpin.storage.work import UnitOfWork


def record_prices(unit: UnitOfWork, reports: Sequence[PriceReport]) -> list[ZhengpinError | None]:
    """Store each price whose product can be told; answer what was wrong with each of the others."""
    observations: list[PriceObservation] = []
    problems: list[ZhengpinError | None] = []
    for report in reports:
        try:
            observations.append(_observation(unit, report))
            problems.append(None)
        except (InvalidInput, NotFound) as problem:
            problems.append(problem)
    unit.prices.record_many(observations)
    return problems


def _observation(unit: UnitOfWork, report: PriceReport) -> PriceObservation:
    listing = _subject(unit, report)
    key = product_key(listing)
    if not key:
        raise InvalidInput(
            FieldViolation(
                "listing_id" if report.listing_id else "product",
                "the product can't be told: give a GTIN with a valid check digit, or brand, model and spec",
            )
        )
    return PriceObservation(
        observation_id=report.observation_id,
        product_key=key,
        seller=_seller(report.product) if report.product else listing.supplier_id,
        listing_id=report.listing_id,
        territory=listing.territory,
        condition=listing.condition,
        sale_kind=report.sale_kind,
        channel=PriceChannel.GROUP if report.group_size > 1 else PriceChannel.SINGLE,
        group_size=max(report.group_size, 1),
        unit_price=_unit_price(report),
        captured_at=report.captured_at,
        proof=report.proof,
    )


def _subject(unit: UnitOfWork, report: PriceReport) -> Listing:
    product = report.product
    if product is None:
        return unit.listings.get(report.listing_id).listing
    return Listing(
        listing_id="",
        supplier_id="",
        gtin=product.gtin,
        brand=product.brand,
        model=product.model,
        spec=product.spec,
        condition=product.condition,
        territory=product.territory,
    )


def _seller(product: PricedProduct) -> str:
    return f"{product.platform}:{product.seller}"


def _unit_price(report: PriceReport) -> Money:
    subsidy = report.platform_subsidy.nanos if report.platform_subsidy else 0
    return Money(report.paid.currency, (report.paid.nanos + subsidy) // report.units)
