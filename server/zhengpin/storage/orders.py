"""What orders add up to a day for listings and suppliers, as it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, Select, String, and_, bindparam, case, func, select

from zhengpin.domain.order import BoughtGoods, OrderSummary
from zhengpin.domain.order_state import COUNTED, OrderCounts
from zhengpin.storage import tables
from zhengpin.storage.json_values import json_row
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, starting_from


class Counted(StrEnum):
    """Whom orders are counted for."""

    LISTING = "listing"
    SUPPLIER = "supplier"


_DAYS = tables.order_days.c
_SALES = tables.listing_sales.c
_LISTINGS = tables.listings.c

MOST_LISTINGS_ASKED: Final = 2000
"""Among so many of a supplier's listings those are looked for that sell best."""

_SCANNED_BY_NOW = case((_DAYS.day <= bindparam("scanned_day", type_=Date), _DAYS.unscanned), else_=0)
_COUNTS = {name: _DAYS[name] for name in COUNTED} | {"shipped_late": _DAYS.shipped_late + _SCANNED_BY_NOW}
_SUMS = tuple(func.sum(_COUNTS[field.name]).label(field.name) for field in fields(OrderSummary)[1:])
"""The counts of a summary, in its order."""
_LINES = tables.order_lines.c
_STANDS = and_(_LINES.paid_at.is_not(None), _LINES.cancelled == 0, _LINES.returned == 0, _LINES.refunded == 0)
_BOUGHT = select(
    _LINES.order_id, _LINES.buyer_id, case((_STANDS, _LINES.listing_id), else_=None).label("listing_id")
).where(among(tables.order_lines, "orders", "order_id"))
_DELIVERED = select(func.sum(_DAYS.delivered).label("delivered")).where(
    _DAYS.marketplace == HERE,
    _DAYS.subject_kind == Counted.SUPPLIER.value,
    _DAYS.subject == bindparam("supplier_id", type_=String),
)
_SOLD = select(_DAYS.day, (_DAYS.orders - _DAYS.cancelled).label("sold")).where(
    _DAYS.marketplace == HERE,
    _DAYS.subject_kind == Counted.SUPPLIER.value,
    _DAYS.subject == bindparam("supplier_id", type_=String),
    _DAYS.day >= bindparam("first_day", type_=Date),
)
_DAYS_OF = (
    select(_DAYS.subject, _DAYS.day, *(_DAYS[name] for name in COUNTED))
    .where(among(tables.order_days, "subjects", "subject_kind", "subject"))
    .order_by(_DAYS.subject, _DAYS.day)
)
_BUYERS = tables.buyer_days.c
_OFTEN = select(_BUYERS.supplier_id, _BUYERS.day, *(_BUYERS[name] for name in COUNTED)).where(
    among(tables.buyer_days, "subjects", "supplier_id"), tables.IS_OFTEN_BOUGHT
)
_BUYERS_OF = select(func.count()).select_from(
    select(_BUYERS.buyer_id)
    .distinct()
    .where(_BUYERS.marketplace == HERE, _BUYERS.supplier_id == bindparam("supplier_id", type_=String))
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_SINCE = (
    select(_DAYS.subject, *(func.sum(_COUNTS[name]).label(name) for name in COUNTED))
    .where(
        among(tables.order_days, "subjects", "subject_kind", "subject"),
        _DAYS.day >= bindparam("first_day", type_=Date),
        _DAYS.day <= bindparam("last_day", type_=Date),
    )
    .group_by(_DAYS.subject)
)
_OFFERED = (
    select(_LISTINGS.listing_id)
    .where(
        _LISTINGS.marketplace == HERE,
        _LISTINGS.supplier_id == bindparam("of", type_=String),
        _LISTINGS.deleted_at.is_(None),
    )
    .order_by(_LISTINGS.listing_id)
    .limit(bindparam("most_offered", type_=Integer))
    .subquery()
)
_IS_RECENT = _DAYS.day >= bindparam("recent_day", type_=Date)
_RECENT = func.sum(case((_IS_RECENT, _DAYS.units), else_=0))
_BEFORE = func.sum(case((_IS_RECENT, 0), else_=_DAYS.units))
_BEST_SELLING = (
    select(_DAYS.subject, _RECENT.label("units"), _BEFORE.label("units_before"))
    .select_from(
        starting_from(
            _OFFERED,
            tables.order_days,
            and_(
                _DAYS.marketplace == HERE,
                _DAYS.subject_kind == Counted.LISTING.value,
                _DAYS.subject == _OFFERED.c.listing_id,
                _DAYS.day >= bindparam("first_day", type_=Date),
                _DAYS.day <= bindparam("last_day", type_=Date),
            ),
        )
    )
    .group_by(_DAYS.subject)
    .having(_RECENT + _BEFORE > 0)
    .order_by(_RECENT.desc(), _BEFORE.desc(), _DAYS.subject)
    .limit(bindparam("most", type_=Integer))
)
_UNITS = select(_SALES.listing_id, _SALES.units).where(among(tables.listing_sales, "ids", "listing_id"))


def summary_of(kind: Counted, subject: ColumnElement[str], first_day: str) -> Select[Any]:
    """The counts of `OrderSummary`, in its order, as a JSON array; nulls without orders.

    A window is made of whole UTC days. An order counts, with all that became of it, under the day of its payment. The
    days come as the parameters that `days_at` fills, the first one under the name that is given here.
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


class ListingSales(NamedTuple):
    """How one listing sells."""

    listing_id: str
    units: int
    """In the last days."""
    units_before: int
    """In as many days before."""


@dataclass(frozen=True, slots=True)
class OrderReader:
    """Orders as they add up."""

    scope: Scope

    def units_sold(self, listing_ids: Collection[str]) -> dict[str, int]:
        """How many units each listing has ever sold; those that sold none are left out."""
        return {row[0]: int(row[1]) for row in self.scope.rows(_UNITS, ids=listing_ids)} if listing_ids else {}

    def delivered(self, supplier_id: str) -> int:
        """How many orders a supplier has ever delivered."""
        return int(self.scope.row(_DELIVERED, supplier_id=supplier_id).delivered or 0)

    def sold(self, supplier_id: str, first_day: date) -> list[tuple[date, int]]:
        """How many orders of each day (UTC) since `first_day` a supplier was paid for and did not cancel."""
        return [(row.day, row.sold) for row in self.scope.rows(_SOLD, supplier_id=supplier_id, first_day=first_day)]

    def days_of_suppliers(self, supplier_ids: Collection[str]) -> dict[str, list[tuple[date, OrderCounts]]]:
        """What suppliers' orders add up to, by supplier, day after day (UTC) of their payment."""
        subjects = [(Counted.SUPPLIER, supplier_id) for supplier_id in supplier_ids]
        found: defaultdict[str, list[tuple[date, OrderCounts]]] = defaultdict(list)
        for supplier_id, day, *counts in self.scope.rows(_DAYS_OF, subjects=subjects) if subjects else ():
            found[supplier_id].append((day, OrderCounts._make(counts)))
        return dict(found)

    def often_bought(self, supplier_ids: Collection[str]) -> dict[str, list[tuple[date, OrderCounts]]]:
        """Of each supplier what one buyer's orders of one day add up to, where they are more than `MOST_OF_BUYER`."""
        found: defaultdict[str, list[tuple[date, OrderCounts]]] = defaultdict(list)
        for supplier_id, day, *counts in self.scope.rows(_OFTEN, subjects=supplier_ids) if supplier_ids else ():
            found[supplier_id].append((day, OrderCounts._make(counts)))
        return dict(found)

    def buyers(self, supplier_id: str, most: int) -> int:
        """How many buyers a supplier has ever had that were told, counted up to `most`."""
        return int(self.scope.rows(_BUYERS_OF, supplier_id=supplier_id, most=most)[0][0])

    def counts_of_suppliers(self, supplier_ids: Collection[str], as_of: datetime, days: int) -> dict[str, OrderCounts]:
        """What suppliers' orders of so many days add up to, as they stand now; those without any are left out.

        A parcel that no carrier has seen though its time is over counts as shipped late.
        """
        subjects = [(Counted.SUPPLIER, supplier_id) for supplier_id in supplier_ids]
        if not subjects:
            return {}
        rows = self.scope.rows(_SINCE, subjects=subjects, first_day=first_day_of(as_of, days), **days_at(as_of))
        return {row[0]: OrderCounts._make(map(int, row[1:])) for row in rows}

    def best_selling(self, supplier_id: str, as_of: datetime, days: int, most: int) -> list[ListingSales]:
        """The listings on offer that sold most in so many days, or at least in as many before, the best first.

        They are looked for among the first `MOST_LISTINGS_ASKED` of the supplier's, by id.
        """
        last_day = as_of.astimezone(UTC).date()
        rows = self.scope.rows(
            _BEST_SELLING,
            of=supplier_id,
            most_offered=MOST_LISTINGS_ASKED,
            recent_day=first_day_of(as_of, days),
            first_day=first_day_of(as_of, 2 * days),
            last_day=last_day,
            most=most,
        )
        return [ListingSales(row[0], int(row[1]), int(row[2])) for row in rows]

    def bought(self, order_ids: Collection[str]) -> dict[str, BoughtGoods]:
        """What each order bought, and who did, by order; those that nobody told are left out."""
        lines: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self.scope.rows(_BOUGHT, orders=order_ids) if order_ids else ():
            lines[row.order_id].append(row)
        return {
            order_id: BoughtGoods(
                frozenset(row.listing_id for row in rows if row.listing_id), max(row.buyer_id for row in rows)
            )
            for order_id, rows in lines.items()
        }
