"""Signals of what a genuine one would cost, sold in the same way by somebody else."""

from __future__ import annotations

from datetime import timedelta

from zhengpin.domain.genuine_price import FORECAST_DAYS, Basis, GenuinePrice, WayOfSelling
from zhengpin.domain.hit import Evidence
from zhengpin.domain.money import Money
from zhengpin.domain.price import PriceChannel
from zhengpin.domain.snapshot import Snapshot
from zhengpin.signals.sheet import Sheet

_OBSERVED = {
    Basis.PRODUCT: "sellers",
    Basis.SALE_KIND: "products sold in this way",
    Basis.BRAND: "products of the brand",
    Basis.CATEGORY: "products of the category",
}
"""What a forecast counts."""


def note_genuine_price(sheet: Sheet, snapshot: Snapshot, single: Money | None, group: Money | None) -> None:
    """Note what is expected of a unit price, bought alone and in a group, and how these compare with it."""
    expected = _expected(snapshot, PriceChannel.SINGLE)
    if expected is not None:
        _note_single(sheet, expected, single, _evidence(snapshot, expected))
    expected = _expected(snapshot, PriceChannel.GROUP)
    if expected is not None and group is not None:
        sheet.note("price.group_vs_genuine", float(group) / expected.expected, _evidence(snapshot, expected))


def _note_single(sheet: Sheet, expected: GenuinePrice, single: Money | None, evidence: Evidence) -> None:
    sheet.note("price.genuine_expected", expected.expected, evidence)
    sheet.note("price.genuine_low", expected.low, evidence)
    sheet.note("price.genuine_basis", expected.basis.value, evidence)
    sheet.note("price.genuine_observations", expected.observations, evidence)
    if single is None:
        return
    sheet.note("price.vs_genuine", float(single) / expected.expected, evidence)
    sheet.note("price.below_genuine", float(single) < expected.low, evidence)


def _expected(snapshot: Snapshot, channel: PriceChannel) -> GenuinePrice | None:
    forecast = snapshot.forecast
    if forecast is None or snapshot.as_of - forecast.made_at > timedelta(days=FORECAST_DAYS):
        return None
    found = forecast.ways.get(WayOfSelling(snapshot.listing.offer.sale_kind, channel))
    return found.for_seller(snapshot.listing.supplier_id) if found else None


def _evidence(snapshot: Snapshot, price: GenuinePrice) -> Evidence:
    made_at = snapshot.forecast.made_at.isoformat() if snapshot.forecast else ""
    interval = f"{price.low:.2f} to {price.high:.2f}, {price.observations} {_OBSERVED[price.basis]}"
    return Evidence("price_forecast", f"{price.basis}|{made_at}", interval)
