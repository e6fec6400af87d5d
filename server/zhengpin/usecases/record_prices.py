"""Turn reported prices into observations that compare: one unit, one product, before the platform's subsidy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from zhengpin.detectors.matching import product_key
from zhengpin.domain.listing import Listing
from zhengpin.domain.money import Money
from zhengpin.domain.price import PriceChannel, PricedProduct, PriceObservation, PriceReport
from zhengpin.errors import FieldViolation, InvalidInput, NotFound, ZhengpinError
from zhengpin.storage.work import UnitOfWork

KEYS_KEPT = 4096
"""Products whose keys are not worked out again."""


def record_prices(unit: UnitOfWork, reports: Sequence[PriceReport]) -> list[ZhengpinError | None]:
    """Store each price whose product can be told; answer what was wrong with each of the others."""
    subjects = _subjects(unit, reports)
    observations: list[PriceObservation] = []
    problems: list[ZhengpinError | None] = []
    for report in reports:
        subject = subjects[report.product or report.listing_id]
        if isinstance(subject, ZhengpinError):
            problems.append(subject)
        else:
            observations.append(_observation(report, *subject))
            problems.append(None)
    unit.prices.record_many(observations)
    return problems


def _subjects(
    unit: UnitOfWork, reports: Sequence[PriceReport]
) -> Mapping[PricedProduct | str, tuple[Listing, str] | ZhengpinError]:
    """What the reports speak of, with the product's key, or what is wrong with it; each is looked at once."""
    stored = unit.listings.find_many({report.listing_id for report in reports if report.product is None})
    found: dict[PricedProduct | str, tuple[Listing, str] | ZhengpinError] = {}
    for report in reports:
        subject = report.product or report.listing_id
        if subject in found:
            continue
        if isinstance(subject, PricedProduct):
            key = _key_elsewhere(subject.gtin, subject.brand, subject.model, subject.spec)
            found[subject] = (_elsewhere(subject), key) if key else _untold("product")
            continue
        here = stored.get(subject)
        if here is None:
            found[subject] = NotFound("listing", subject)
            continue
        key = product_key(here.listing)
        found[subject] = (here.listing, key) if key else _untold("listing_id")
    return found


def _untold(field: str) -> InvalidInput:
    remedy = "the product can't be told: give a GTIN with a valid check digit, or brand, model and spec"
    return InvalidInput(FieldViolation(field, remedy))


@lru_cache(KEYS_KEPT)
def _key_elsewhere(gtin: str, brand: str, model: str, spec: str) -> str:
    """The product's key: many sellers offer one product."""
    return product_key(Listing("", "", gtin=gtin, brand=brand, model=model, spec=spec))


def _elsewhere(product: PricedProduct) -> Listing:
    return Listing(
        listing_id="",
        supplier_id=f"{product.platform}:{product.seller}",
        gtin=product.gtin,
        brand=product.brand,
        model=product.model,
        spec=product.spec,
        condition=product.condition,
        territory=product.territory,
    )


def _observation(report: PriceReport, listing: Listing, key: str) -> PriceObservation:
    return PriceObservation(
        observation_id=report.observation_id,
        product_key=key,
        seller=listing.supplier_id,
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


def _unit_price(report: PriceReport) -> Money:
    subsidy = report.platform_subsidy.nanos if report.platform_subsidy else 0
    return Money(report.paid.currency, (report.paid.nanos + subsidy) // report.units)
