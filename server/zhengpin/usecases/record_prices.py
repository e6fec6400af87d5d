"""Turn reported prices into observations that compare: one unit, one product, before the platform's subsidy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from zhengpin.detectors.matching import product_key
from zhengpin.domain.listing import Listing
from zhengpin.domain.money import Money
from zhengpin.domain.price import PriceChannel, PricedProduct, PriceObservation, PriceReport
from zhengpin.errors import FieldViolation, InvalidInput, NotFound, ZhengpinError
from zhengpin.storage.listings import Offering
from zhengpin.storage.work import UnitOfWork

KEYS_KEPT = 4096
"""Products whose keys are not worked out again."""

_Subject: TypeAlias = Offering | ZhengpinError


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
            observations.append(_observation(report, subject))
            problems.append(None)
    unit.prices.record_many(observations)
    return problems


def _subjects(unit: UnitOfWork, reports: Sequence[PriceReport]) -> Mapping[PricedProduct | str, _Subject]:
    """What the reports speak of, or what is wrong with it; each is looked at once."""
    stored = unit.listings.offerings({report.listing_id for report in reports if report.product is None})
    return {
        subject: _elsewhere(subject) if isinstance(subject, PricedProduct) else _here(subject, stored.get(subject))
        for subject in {report.product or report.listing_id for report in reports}
    }


def _here(listing_id: str, offering: Offering | None) -> _Subject:
    if offering is None:
        return NotFound("listing", listing_id)
    return offering if offering.product_key else _untold("listing_id")


def _elsewhere(product: PricedProduct) -> _Subject:
    key = _key_elsewhere(product.gtin, product.brand, product.model, product.spec)
    if not key:
        return _untold("product")
    return Offering(f"{product.platform}:{product.seller}", key, product.territory, product.condition)


def _untold(field: str) -> InvalidInput:
    remedy = "the product can't be told: give a GTIN with a valid check digit, or brand, model and spec"
    return InvalidInput(FieldViolation(field, remedy))


@lru_cache(KEYS_KEPT)
def _key_elsewhere(gtin: str, brand: str, model: str, spec: str) -> str:
    """The product's key: many sellers offer one product."""
    return product_key(Listing("", "", gtin=gtin, brand=brand, model=model, spec=spec))


def _observation(report: PriceReport, subject: Offering) -> PriceObservation:
    return PriceObservation(
        observation_id=report.observation_id,
        product_key=subject.product_key,
        seller=subject.supplier_id,
        listing_id=report.listing_id,
        territory=subject.territory,
        condition=subject.condition,
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
