"""The marketplace's terms for letting suppliers in: every number of the policy, in one place."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Terms:
    """The defaults are the catalogue's; those without a law or a programme behind them are proposals."""

    papers_due: timedelta = timedelta(days=10)
    """To hand in what is missing. INFORM Consumers Act: ten days."""
    deposit_due: timedelta = timedelta(days=7)
    """To top the deposit up (FIN-01)."""
    reminded_before_end: timedelta = timedelta(days=30)
    """A paper or a letter that ends sooner is asked for anew (AUT-03)."""
    invoices_within: timedelta = timedelta(days=365)
    """Invoices are of the last year (Amazon's appeals)."""

    verified_within: timedelta = timedelta(days=180)
    """Papers are verified anew after that (KYB-03; E-Commerce Law art. 27 says periodically)."""
    life_and_health_verified_within: timedelta = timedelta(days=90)

    flagship_depth: int = 1
    """Letters from the owner to whoever runs its flagship store (Tmall)."""
    gated_depth: int = 2
    """Letters from the owner of a gated brand; a longer chain takes invoices beside them (AUT-02)."""

    tightened_after_rejected: int = 2
    """Rejected lots of the last `tightened_among`, after which inspection is tightened."""
    tightened_among: int = 5
    normal_after_accepted: int = 5
    """Lots accepted in a row, after which it is normal again."""

    certificate_years: int = 3
    """An ISO 9001 or SA8000 certificate without a last day holds for one cycle."""

    deposit_share: Decimal = Decimal("0.10")
    """Of a month's turnover; open claims come on top (FIN-01)."""

    probation: timedelta = timedelta(days=90)
    """Of a newcomer."""
    probation_orders: int = 30
    """Delivered orders, below which a supplier has no history."""
    probation_daily_orders: int = 50


CHECKS_VERSION = "6"
"""Raised whenever a check answers otherwise for the same application."""


@lru_cache(maxsize=64)
def version_of(terms: Terms) -> str:
    """Name the checks and the terms that they ran under: the same name, the same answer."""
    return f"{CHECKS_VERSION}-{zlib.crc32(repr(terms).encode()):08x}"
