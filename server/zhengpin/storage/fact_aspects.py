"""What a fact is within its kind, as far as it has a quota of its own where the latest facts of a supplier are read.

So no number of invoices pushes out a licence, no number of claims what was confirmed, no number of lots one of another
category, and nothing at all what is held against a supplier.
"""

from __future__ import annotations

from typing import Final

from zhengpin.domain.held_against import is_held_against
from zhengpin.domain.supplier_fact import (
    Audit,
    DocumentKind,
    Fact,
    KeyedToken,
    SampleInspection,
    SupplierDocument,
    SupplierFact,
    Termination,
    TokenKind,
    TraderDetail,
    TraderField,
)

WITHDRAWN: Final = "withdrawn"
"""Never read."""
_HELD_AGAINST: Final = "held against"
_PLAIN: Final = ""
_OF_SOME: Final[dict[type[Fact], tuple[str, ...]]] = {
    Audit: (_HELD_AGAINST, _PLAIN),
    KeyedToken: tuple(f"{sure}{kind}" for sure in ("verified ", "") for kind in TokenKind),
    SupplierDocument: (_HELD_AGAINST, *DocumentKind),
    Termination: (_HELD_AGAINST,),
    TraderDetail: tuple(TraderField),
}


BY_CATEGORY: Final = SampleInspection
"""The kind of fact whose aspects are the categories that were told: which there are, only the store can say."""


def aspects_of(kind: type[Fact]) -> tuple[str, ...]:
    """All that facts of a kind may be, what weighs most first; of every kind but `BY_CATEGORY`."""
    return _OF_SOME.get(kind, (_PLAIN,))


def aspect_of(told: SupplierFact) -> str:
    """What a fact is within its kind."""
    if told.withdrawn:
        return WITHDRAWN
    if is_held_against(told.fact):
        return _HELD_AGAINST
    match told.fact:
        case KeyedToken(kind=kind, verified=verified):
            return f"verified {kind}" if verified else kind
        case SupplierDocument(kind=name) | TraderDetail(field=name):
            return name
        case SampleInspection(category=category):
            return f"of {category}"
        case _:
            return _PLAIN
