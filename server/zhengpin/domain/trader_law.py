"""What laws ask a marketplace to know of its traders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import TraderField

EUROPEAN_UNION: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
"""Territories by ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class TraderLaw:
    """Whose buyers a law protects, and what it asks of whoever sells to them."""

    territories: frozenset[str]
    fields: tuple[TraderField, ...]


DIGITAL_SERVICES_ACT: Final = TraderLaw(
    EUROPEAN_UNION,
    (
        TraderField.NAME,
        TraderField.ADDRESS,
        TraderField.PHONE,
        TraderField.EMAIL,
        TraderField.IDENTITY,
        TraderField.PAYMENT_ACCOUNT,
        TraderField.TRADE_REGISTER,
        TraderField.SELF_CERTIFICATION,
    ),
)
"""Regulation (EU) 2022/2065, art. 30."""
INFORM_CONSUMERS_ACT: Final = TraderLaw(
    frozenset({"US"}),
    (
        TraderField.PAYMENT_ACCOUNT,
        TraderField.IDENTITY,
        TraderField.TAX_ID,
        TraderField.EMAIL,
        TraderField.PHONE,
    ),
)
"""15 U.S.C. 45f."""
E_COMMERCE_LAW: Final = TraderLaw(
    frozenset({"CN"}),
    (TraderField.IDENTITY, TraderField.ADDRESS, TraderField.PHONE, TraderField.TRADE_REGISTER),
)
"""E-Commerce Law of China, art. 27."""
LAWS: Final = (DIGITAL_SERVICES_ACT, INFORM_CONSUMERS_ACT, E_COMMERCE_LAW)
_BY_TERRITORY: Final = {territory: law for law in LAWS for territory in law.territories}


def trader_law_of(territory: str) -> TraderLaw | None:
    """The law that protects a territory's buyers, as far as one is known here."""
    return _BY_TERRITORY.get(territory)


def recorded_fields(supplier: Supplier) -> frozenset[TraderField]:
    """What the supplier's own record tells of what laws ask."""
    record = {
        TraderField.NAME: supplier.name,
        TraderField.ADDRESS: supplier.address,
        TraderField.TRADE_REGISTER: supplier.registration_code,
    }
    return frozenset(field for field, text in record.items() if text)
