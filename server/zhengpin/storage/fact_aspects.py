"""What a fact is within its kind, as far as it has a quota of its own where the latest facts of a supplier are read.

So no number of invoices pushes out a licence, no number of claims what was confirmed, and nothing at all what is held
against a supplier.
"""

from __future__ import annotations

from typing import Final

from zhengpin.domain.held_against import is_held_against
from zhengpin.domain.supplier_fact import (
    Audit,
    DocumentKind,
    Fact,
    KeyedToken,
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


def aspects_of(kind: type[Fact]) -> tuple[str, ...]:
    """All that facts of a kind may be, what weighs most first."""
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
        case SupplierDocument(kind=paper):
            return paper
        case TraderDetail(field=field):
            return field
        case _:
            return _PLAIN
