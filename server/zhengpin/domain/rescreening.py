"""What listings hang on: when it changes, they are judged anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.domain.word import Word


class HangsOn(Word):
    """What many listings may have in common: what votes speak of, by the words of `TargetKind`, and who offers them."""

    PRODUCT = "product"
    BRAND = "brand"
    FACTORY = "factory"
    ORIGIN = "origin"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Change:
    """One of these became otherwise."""

    number: int
    """In the order in which changes were stored."""
    kind: HangsOn
    key: str
    changed_at: datetime
