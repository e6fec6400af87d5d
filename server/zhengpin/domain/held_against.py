"""Facts that are held against whom they speak of: they stand until they themselves are taken back."""

from __future__ import annotations

from typing import Final

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.supplier_fact import Audit, Fact, SupplierDocument, Termination

_ZERO_TOLERANCE: Final = frozenset({"zerotolerance", "zt", "零容忍"})


def is_zero_tolerance(grade: str) -> bool:
    """Whether an audit found what is never tolerated, such as forced labour (amfori BSCI), however it is spelt."""
    return normalised_name(grade) in _ZERO_TOLERANCE


def is_held_against(fact: Fact) -> bool:
    """Whether a fact is a termination, a paper whose picture was edited, or an audit with zero tolerance."""
    match fact:
        case Termination() | SupplierDocument(edited=True):
            return True
        case Audit(grade=grade):
            return is_zero_tolerance(grade)
        case _:
            return False
