"""Orders on their way in: each new event carries its order's lines on, and those what they add up to.

A line is what an order has of one listing and supplier. What an order adds to a day is taken away and added anew
whenever an event changes it, so that the sums are the same in any order of arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import delete, select

from zhengpin.domain.order import OrderEvent
from zhengpin.domain.order_state import OrderCounts, OrderState, state_of, whole
from zhengpin.storage import codec, tables
from zhengpin.storage.allegations import allegations_in
from zhengpin.storage.orders import Counted, OrderReader
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


class Line(NamedTuple):
    """What an order has of one listing and supplier."""

    listing_id: str
    supplier_id: str


Lines: TypeAlias = Mapping[Line, OrderState]
"""One order."""


class Day(NamedTuple):
    """Where orders count."""

    kind: Counted
    subject: str
    day: date


class BuyerDay(NamedTuple):
    """Where orders of one buyer count, once more."""

    supplier_id: str
    buyer_id: str
    day: date


CHANGES_KEPT = 4096
"""What one more event does to an order: kinds of changes that are not worked out again."""

Tallies: TypeAlias = dict[Day, OrderCounts]
BuyerTallies: TypeAlias = dict[BuyerDay, OrderCounts]
D = TypeVar("D", Day, BuyerDay)


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
            _add(days, difference(tallies(before), tallies(after)))
            _add(buyers, difference(buyer_tallies(before), buyer_tallies(after)))
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
        self.scope.add_up(tables.listing_sales, _sales(changes))


NONE = OrderCounts()


def by_order(events: Iterable[OrderEvent]) -> dict[str, list[OrderEvent]]:
    """Events by order id."""
    orders: defaultdict[str, list[OrderEvent]] = defaultdict(list)
    for event in events:
        orders[event.order_id].append(event)
    return orders


def lines_after(before: Lines, events: Iterable[OrderEvent]) -> dict[Line, OrderState]:
    """One order with more events."""
    lines = dict(before)
    for event in events:
        line = Line(event.listing_id, event.supplier_id)
        known = lines.get(line)
        lines[line] = state_of(event) if known is None else known.after(event)
    return lines


def tallies(lines: Lines) -> Tallies:
    """What one order adds to the days of its listings and suppliers."""
    if not lines:
        return {}
    if len(lines) == 1:  # nearly every order
        ((line, state),) = lines.items()
        day, counts = state.day, state.counts
        return {
            Day(Counted.LISTING, line.listing_id, day): counts,
            Day(Counted.SUPPLIER, line.supplier_id, day): counts,
        }
    return {Day(kind, subject, state.day): state.counts for kind, subject, state in _wholes(lines)}


def buyer_tallies(lines: Lines) -> BuyerTallies:
    """What one order adds to the days of its buyer, where its suppliers' lines tell who that is."""
    if len(lines) == 1:
        ((line, state),) = lines.items()
        return {BuyerDay(line.supplier_id, state.buyer_id, state.day): state.counts} if state.buyer_id else {}
    return {
        BuyerDay(subject, state.buyer_id, state.day): state.counts
        for kind, subject, state in _wholes(lines)
        if kind is Counted.SUPPLIER and state.buyer_id
    }


def difference(before: dict[D, OrderCounts], after: dict[D, OrderCounts]) -> dict[D, OrderCounts]:
    """What is added to each day, and taken away from days that an order leaves."""
    if not before:
        return after
    changes = {day: NONE.minus(counts) for day, counts in before.items() if day not in after}
    for day, counts in after.items():
        changes[day] = _change(counts, before[day]) if day in before else counts
    return changes


def _add(changes: dict[D, OrderCounts], more: dict[D, OrderCounts]) -> None:
    for day, change in more.items():
        changes[day] = changes[day].plus(change) if day in changes else change


@lru_cache(CHANGES_KEPT)
def _change(after: OrderCounts, before: OrderCounts) -> OrderCounts:
    """What was added. Orders go few ways, and each is counted for its listing and its supplier."""
    return after.minus(before)


def _wholes(lines: Lines) -> Iterator[tuple[Counted, str, OrderState]]:
    """An order as each of its listings and suppliers sees it."""
    seen: defaultdict[tuple[Counted, str], list[OrderState]] = defaultdict(list)
    for line, state in lines.items():
        seen[Counted.LISTING, line.listing_id].append(state)
        seen[Counted.SUPPLIER, line.supplier_id].append(state)
    for (kind, subject), states in seen.items():
        yield kind, subject, whole(states)


def _sales(changes: Tallies) -> Iterator[tuple[str, int]]:
    """What days change of what listings ever sold; those of which nothing more was sold are left out."""
    units: defaultdict[str, int] = defaultdict(int)
    for day, change in changes.items():
        if day.kind is Counted.LISTING:
            units[day.subject] += change.units
    return ((listing_id, more) for listing_id, more in units.items() if more)
