"""Orders: their events, their state, and what they add up to a day for listings and suppliers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, select

from zhengpin.domain.order import OrderEvent, OrderSummary
from zhengpin.domain.order_state import COUNTED, OrderCounts, OrderState
from zhengpin.storage import codec, tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each, json_row, starting_from


class Counted(StrEnum):
    """Whom orders are counted for."""

    LISTING = "listing"
    SUPPLIER = "supplier"


_DAYS = tables.order_days.c
_STATES = tables.order_states.c
_SALES = tables.listing_sales.c

_SCANNED_BY_NOW = case((_DAYS.day <= bindparam("scanned_day", type_=Date), _DAYS.unscanned), else_=0)
_COUNTS = {name: _DAYS[name] for name in COUNTED} | {"shipped_late": _DAYS.shipped_late + _SCANNED_BY_NOW}
_SUMS = tuple(func.sum(_COUNTS[field.name]).label(field.name) for field in fields(OrderSummary)[1:])
"""The counts of a summary, in its order."""
_SUMMARIES = (
    select(_DAYS.subject, *_SUMS)
    .where(
        among(tables.order_days, "subjects", "subject_kind", "subject"),
        _DAYS.day >= bindparam("first_day", type_=Date),
        _DAYS.day <= bindparam("last_day", type_=Date),
    )
    .group_by(_DAYS.subject)
)
_ANY = select(_DAYS.day).where(_DAYS.marketplace == HERE).limit(1)
_UNITS = select(_SALES.listing_id, _SALES.units).where(among(tables.listing_sales, "ids", "listing_id"))

_STATES_OF = select(_STATES.subject_kind, _STATES.subject, _STATES.order_id, _STATES.body).where(
    among(tables.order_states, "orders", "subject_kind", "subject", "order_id")
)
_ASKED_DAYS = each("days", "subject_kind", "subject", "day")
_DAYS_OF = select(tables.order_days).select_from(
    starting_from(
        _ASKED_DAYS,
        tables.order_days,
        and_(
            _DAYS.marketplace == HERE,
            _DAYS.subject_kind == _ASKED_DAYS.c.subject_kind,
            _DAYS.subject == _ASKED_DAYS.c.subject,
            _DAYS.day == func.date(_ASKED_DAYS.c.day),
        ),
    )
)


def summary_of(kind: Counted, subject: ColumnElement[str], first_day: str) -> Select[Any]:
    """The counts of `OrderSummary`, in its order, as a JSON array; nulls without orders.

    The days come as the parameters that `days_at` fills, the first one under the name that is given here.
    """
    return select(json_row(*_SUMS)).where(
        _DAYS.marketplace == HERE,
        _DAYS.subject_kind == kind.value,
        _DAYS.subject == subject,
        _DAYS.day >= bindparam(first_day, type_=Date),
        _DAYS.day <= bindparam("last_day", type_=Date),
    )


def first_day_of(as_of: datetime, days: int) -> date:
    """The first of so many UTC days of which that of `as_of` is the last."""
    return as_of.astimezone(UTC).date() - timedelta(days=days - 1)


def days_at(as_of: datetime) -> dict[str, date]:
    """The other days that a summary asks for."""
    last_day = as_of.astimezone(UTC).date()
    # A parcel paid on this day or before has had more than 24 hours to be scanned.
    return {"last_day": last_day, "scanned_day": last_day - timedelta(days=2)}


@dataclass(frozen=True, slots=True)
class OrderReader:
    """Orders as they add up.

    A window is made of whole UTC days: `days` of them, of which the day of `as_of` is the last. An order counts, with
    all that became of it, under the day of its payment.
    """

    scope: Scope

    def summary_of_listing(self, listing_id: str, as_of: datetime, days: int) -> OrderSummary:
        """What the orders of one listing add up to."""
        return self._summary(Counted.LISTING, listing_id, as_of, days)

    def summary_of_supplier(self, supplier_id: str, as_of: datetime, days: int) -> OrderSummary:
        """What the orders of one supplier add up to."""
        return self._summary(Counted.SUPPLIER, supplier_id, as_of, days)

    def summaries(self, kind: Counted, ids: Collection[str], as_of: datetime, days: int) -> dict[str, OrderSummary]:
        """What the orders of many subjects add up to, by id; those without orders in the window are left out."""
        if not ids:
            return {}
        rows = self.scope.rows(
            _SUMMARIES,
            subjects=[(kind, subject) for subject in ids],
            first_day=first_day_of(as_of, days),
            **days_at(as_of),
        )
        return {row.subject: OrderSummary(days, *map(int, row[1:])) for row in rows}

    def units_sold(self, listing_ids: Collection[str]) -> dict[str, int]:
        """How many units each listing has ever sold; those that sold none are left out."""
        return {row[0]: int(row[1]) for row in self.scope.rows(_UNITS, ids=listing_ids)} if listing_ids else {}

    def any_recorded(self) -> bool:
        """Whether the marketplace has told of any order at all: without, "no orders" would be a guess."""
        return self.scope.row(_ANY) is not None

    def _summary(self, kind: Counted, subject: str, as_of: datetime, days: int) -> OrderSummary:
        return self.summaries(kind, (subject,), as_of, days).get(subject, OrderSummary(days))


@dataclass(frozen=True, slots=True)
class Orders(OrderReader):
    """Orders, to be read and added to."""

    def record_many(self, events: Sequence[OrderEvent]) -> int:
        """Store events whose ids are new, bring what they add up to up to date, and tell how many are new."""
        told = {event.event_id: event for event in reversed(events)}
        stored = self.scope.known(tables.order_events, told)
        new = [event for key, event in told.items() if key not in stored]
        if not new:
            return 0
        self.scope.insert(
            tables.order_events,
            ({"event_id": e.event_id, "order_id": e.order_id, "body": codec.ORDER_EVENT.to_text(e)} for e in new),
        )
        self._count(new)
        return len(new)

    def _count(self, events: Iterable[OrderEvent]) -> None:
        """Carry the events over to their orders' states, and what that changes to the counts."""
        told: defaultdict[tuple[Counted, str, str], list[OrderEvent]] = defaultdict(list)
        for event in events:
            told[Counted.LISTING, event.listing_id, event.order_id].append(event)
            told[Counted.SUPPLIER, event.supplier_id, event.order_id].append(event)
        before = {
            (Counted(row[0]), row[1], row[2]): codec.ORDER_STATE.from_text(row[3])
            for row in self.scope.rows(_STATES_OF, orders=told)
        }
        changes: defaultdict[tuple[Counted, str, date], OrderCounts] = defaultdict(OrderCounts)
        states = []
        for order, order_events in told.items():
            kind, subject, order_id = order
            old = before.get(order)
            state = old or OrderState(order_events[0].happened_at)
            for event in order_events:
                state = state.after(event)
            if old is not None:
                changes[kind, subject, old.day] -= old.counts
            changes[kind, subject, state.day] += state.counts
            row = {"subject_kind": kind, "subject": subject, "order_id": order_id}
            states.append({**row, "body": codec.ORDER_STATE.to_text(state)})
        self.scope.upsert(tables.order_states, states)
        self._add_to_days(changes)
        self._add_to_sales(changes)

    def _add_to_days(self, changes: dict[tuple[Counted, str, date], OrderCounts]) -> None:
        known = {
            (Counted(row.subject_kind), row.subject, row.day): OrderCounts(*(getattr(row, name) for name in COUNTED))
            for row in self.scope.rows(_DAYS_OF, days=[(kind, subject, str(day)) for kind, subject, day in changes])
        }
        self.scope.upsert(
            tables.order_days,
            (
                {
                    "subject_kind": key[0],
                    "subject": key[1],
                    "day": key[2],
                    **asdict(known.get(key, OrderCounts()) + change),
                }
                for key, change in changes.items()
            ),
        )

    def _add_to_sales(self, changes: dict[tuple[Counted, str, date], OrderCounts]) -> None:
        units: defaultdict[str, int] = defaultdict(int)
        for (kind, subject, _), change in changes.items():
            if kind is Counted.LISTING:
                units[subject] += change.units
        known = self.units_sold(units)
        rows = ({"listing_id": key, "units": known.get(key, 0) + more} for key, more in units.items() if more)
        self.scope.upsert(tables.listing_sales, rows)
