"""What the suppliers of a target say it comes from, each of them counting once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

from pydantic_core import from_json
from sqlalchemy import CTE, Double, Select, and_, bindparam, cast, func, literal, select

from zhengpin.domain.vote import Target
from zhengpin.domain.vote_tally import ListingOrigin
from zhengpin.storage import vote_tables as tables
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

MOST_SUPPLIERS_ASKED = 500
"""Of a target; few products have so many, and of a brand or a place what these say stands for the others."""
MOST_LISTINGS_ASKED = 1000
"""Of all of them together: the first of each, as many of one as of another."""
FEW_LISTINGS = 100
"""Of a target with as many at most, all are read and added up here: the statement for many takes ten times as long."""

Saying: TypeAlias = tuple[str, str]
"""A supplier and what one of its listings says."""

_OFFERED = tables.listing_targets.c
_IS_TARGET = (
    _OFFERED.marketplace == HERE,
    _OFFERED.target_kind == bindparam("kind"),
    _OFFERED.target_key == bindparam("key"),
)


def _suppliers() -> CTE:
    """Who offers goods of a target. Each is found behind the one before: a thousand listings of one are one step."""
    first = select(func.min(_OFFERED.supplier_id).label("supplier_id"), literal(1).label("place")).where(*_IS_TARGET)
    found = first.cte("offering", recursive=True)
    behind = select(func.min(_OFFERED.supplier_id)).where(*_IS_TARGET, _OFFERED.supplier_id > found.c.supplier_id)
    step = select(behind.scalar_subquery(), found.c.place + 1)
    is_not_last = found.c.supplier_id.is_not(None), found.c.place < MOST_SUPPLIERS_ASKED
    return found.union_all(step.where(*is_not_last))


def _origins() -> Select[Any]:
    """What the suppliers of a target say, each of them with one voice that its listings share."""
    suppliers, said = _suppliers(), tables.listing_targets.alias("said")
    of_each = select(MOST_LISTINGS_ASKED // func.count()).select_from(suppliers).scalar_subquery()
    first = (
        select(_OFFERED.listing_id)
        .where(*_IS_TARGET, _OFFERED.supplier_id == suppliers.c.supplier_id)
        .order_by(_OFFERED.listing_id)
        .limit(of_each)
        .correlate(suppliers)
    )
    is_asked = (
        said.c.marketplace == HERE,
        said.c.target_kind == bindparam("kind"),
        said.c.target_key == bindparam("key"),
        said.c.supplier_id == suppliers.c.supplier_id,
        said.c.listing_id.in_(first),
    )
    listings = cast(func.count(), Double)
    share = listings / func.sum(listings).over(partition_by=said.c.supplier_id)
    sayings = (
        select(said.c.said, said.c.supplier_id, share.label("share"))
        .select_from(starting_from(suppliers, said, and_(*is_asked)))
        .group_by(said.c.said, said.c.supplier_id)
        .subquery()
    )
    return select(
        sayings.c.said,
        func.sum(sayings.c.share).label("suppliers"),
        func.min(sayings.c.supplier_id).label("first_supplier"),
        func.max(sayings.c.supplier_id).label("last_supplier"),
    ).group_by(sayings.c.said)


_ORIGINS = _origins()
_SAYINGS = select(_OFFERED.supplier_id, _OFFERED.said).where(*_IS_TARGET).limit(FEW_LISTINGS + 1)


def read_origins(scope: Scope, target: Target) -> list[ListingOrigin]:
    """What the suppliers of a target say it comes from; empty if none offers it."""
    sayings = scope.rows(_SAYINGS, kind=target.kind, key=target.key)
    if len(sayings) <= FEW_LISTINGS:
        return _added_up(sayings)
    return [_origin(*row) for row in scope.rows(_ORIGINS, kind=target.kind, key=target.key)]


def _added_up(sayings: Sequence[Saying]) -> list[ListingOrigin]:
    """What the statement for many finds, from what each listing of a target says."""
    listings = Counter(supplier_id for supplier_id, _ in sayings)
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (supplier_id, said), times in Counter(sayings).items():
        shares[said][supplier_id] = times / listings[supplier_id]
    return [_origin(said, sum(of.values()), min(of), max(of)) for said, of in shares.items()]


def _origin(said: str, suppliers: float, first_supplier: str, last_supplier: str) -> ListingOrigin:
    sole = first_supplier if first_supplier == last_supplier else ""
    category, brand, factory_id, origin = from_json(said)
    return ListingOrigin(suppliers, category, brand, factory_id, origin, sole)
