"""Orders on their way in: each new event carries its order's lines on, and those what they add up to.

A line is what an order has of one listing and supplier. What an order adds to a day is taken away and added anew
whenever an event changes it, so that the sums are the same in any order of arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from zhengpin.domain.order import OrderEvent
from zhengpin.domain.order_state import OrderState
from zhengpin.storage import codec, tables
from zhengpin.storage.allegations import allegations_in
from zhengpin.storage.order_tallies import (
    BuyerTallies,
    Line,
    Tallies,
    add_up,
    buyer_tallies,
    by_order,
    difference,
    lines_after,
    sales_in,
    tallies,
)
from zhengpin.storage.orders import OrderReader
from zhengpin.storage.sets import among
from zhengpin.storage.stale_suppliers import mark_stale

_LINES = tables.order_lines.c
_DAYS = tables.order_days.c

_LINES_OF = select(
    _LINES.order_id, _LINES.listing_id, _LINES.supplier_id, *(_LINES[name] for name in OrderState._fields)
).where(among(tables.order_lines, "orders", "order_id"))
_FORGET_BUYERS = delete(tables.buyer_days).where(
    among(tables.buyer_days, "buyers", "supplier_id", "buyer_id"), tables.buyer_days.c.orders == 0
)
_FORGET_EMPTY_DAYS = delete(tables.order_days).where(
    among(tables.order_days, "subjects", "subject_kind", "subject"), _DAYS.orders == 0
)


@dataclass(frozen=True, slots=True)
class Orders(OrderReader):
    """Orders, to be read and added to."""

    def record_many(self, events: Sequence[OrderEvent]) -> int:
        """Store events whose ids are new, bring what they add up to up to date, and tell how many are new."""
        told = {event.event_id: event for event in reversed(events)}
        rows = (
            {"event_id": key, "order_id": event.order_id, "body": codec.ORDER_EVENT.to_text(event)}
            for key, event in told.items()
        )
        new = [told[row[0]] for row in self.scope.insert_new(tables.order_events, rows)]
        if new:
            self.scope.insert(tables.fake_allegations, allegations_in(new))
            self._count(new)
            mark_stale(self.scope, {event.supplier_id for event in new})
        return len(new)

    def _count(self, events: Iterable[OrderEvent]) -> None:
        """Carry the events over to their orders' lines, and what that changes to the counts."""
        told = by_order(events)
        known = self._lines_of(told)
        changed: list[tuple[Any, ...]] = []
        days: Tallies = {}
        buyers: BuyerTallies = {}
        for order_id, order_events in told.items():
            before = known.get(order_id, {})
            after = lines_after(before, order_events)
            changed += ((order_id, *line, *state) for line, state in after.items() if state is not before.get(line))
            add_up(days, difference(tallies(before), tallies(after)))
            add_up(buyers, difference(buyer_tallies(before), buyer_tallies(after)))
        self.scope.upsert_distinct(tables.order_lines, changed)
        self._add_to_days(days)
        self._add_to_buyers(buyers)
        self._add_to_sales(days)

    def _lines_of(self, order_ids: Iterable[str]) -> dict[str, dict[Line, OrderState]]:
        found: defaultdict[str, dict[Line, OrderState]] = defaultdict(dict)
        for row in self.scope.rows(_LINES_OF, orders=list(order_ids)):
            found[row[0]][Line(row[1], row[2])] = OrderState._make(row[3:])
        return found

    def _add_to_days(self, changes: Tallies) -> None:
        self.scope.add_up(tables.order_days, ((*day, *change) for day, change in changes.items() if any(change)))
        left = {(day.kind, day.subject) for day, change in changes.items() if change.orders < 0}
        if left:
            self.scope.change(_FORGET_EMPTY_DAYS, subjects=left)

    def _add_to_buyers(self, changes: BuyerTallies) -> None:
        self.scope.add_up(tables.buyer_days, ((*day, *change) for day, change in changes.items() if any(change)))
        left = {(day.supplier_id, day.buyer_id) for day, change in changes.items() if change.orders < 0}
        if left:
            self.scope.change(_FORGET_BUYERS, buyers=left)

    def _add_to_sales(self, changes: Tallies) -> None:
        self.scope.add_up(tables.listing_sales, sales_in(changes))
