"""What one order adds to the days of its listings, suppliers and buyers, and what one more event changes of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from zhengpin.domain.order import OrderEvent
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.order_state import OrderState, state_of, whole
from zhengpin.storage.order_sums import Counted


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


def add_up(changes: dict[D, OrderCounts], more: dict[D, OrderCounts]) -> None:
    """Add more changes to those of several orders."""
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


def sales_in(changes: Tallies) -> Iterator[tuple[str, int]]:
    """What days change of what listings ever sold; those of which nothing more was sold are left out."""
    units: defaultdict[str, int] = defaultdict(int)
    for day, change in changes.items():
        if day.kind is Counted.LISTING:
            units[day.subject] += change.units
    return ((listing_id, more) for listing_id, more in units.items() if more)
