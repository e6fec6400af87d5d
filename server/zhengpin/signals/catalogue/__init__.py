"""Every signal that a rule, a model or a person may name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhengpin.signals.catalogue import (
    brand,
    genuine_price,
    listing,
    orders,
    price,
    supplier,
    supplier_profile,
    text,
    votes,
)
from zhengpin.signals.signal import Signal

_SUBJECTS = (listing, brand, price, genuine_price, text, supplier, supplier_profile, orders, votes)

CATALOGUE: Mapping[str, Signal] = MappingProxyType({each.name: each for one in _SUBJECTS for each in one.SIGNALS})
"""By name, in the order in which people read them."""
