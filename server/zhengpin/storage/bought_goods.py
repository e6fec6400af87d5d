"""What orders bought, and who did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, case, select

from zhengpin.domain.order import BoughtGoods
from zhengpin.storage import tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import among

_LINES = tables.order_lines.c
# Withdrawn before it was told, a return counts below 0, as good as none; so a refund.
_STANDS = and_(_LINES.paid_at.is_not(None), _LINES.cancelled == 0, _LINES.returned <= 0, _LINES.refunded <= 0)
_BOUGHT = select(
    _LINES.order_id, _LINES.buyer_id, case((_STANDS, _LINES.listing_id), else_=None).label("listing_id")
).where(among(tables.order_lines, "orders", "order_id"))


def bought_with(scope: Scope, order_ids: Collection[str]) -> dict[str, BoughtGoods]:
    """What each order bought, and who did, by order; those that nobody told are left out."""
    lines: defaultdict[str, list[Any]] = defaultdict(list)
    for row in scope.rows(_BOUGHT, orders=order_ids) if order_ids else ():
        lines[row.order_id].append(row)
    return {
        order_id: BoughtGoods(
            frozenset(row.listing_id for row in rows if row.listing_id), max(row.buyer_id for row in rows)
        )
        for order_id, rows in lines.items()
    }
