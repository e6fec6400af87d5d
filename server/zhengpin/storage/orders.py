"""What orders add up to a day for listings and suppliers, as it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Date, Integer, String, and_, bindparam, case, func, select

from zhengpin.domain.order import BoughtGoods
from zhengpin.domain.order_counts import COUNTED, OrderCounts
from zhengpin.storage import tables
from zhengpin.storage.bought_goods import bought_with
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.order_sums import COUNTS_BY_NOW, Counted, days_at, first_day_of
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among

_DAYS = tables.order_days.c
_SALES = tables.listing_sales.c
_LISTINGS = tables.listings.c

MOST_LISTINGS_ASKED: Final = 2000
"""Among so many of a supplier's listings those are looked for that sell best."""

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
    select(_DAYS.subject, *(func.sum(COUNTS_BY_NOW[name]).label(name) for name in COUNTED))
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
        return bought_with(self.scope, order_ids)
