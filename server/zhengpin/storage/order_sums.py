"""What orders of some days add up to, and which days those are."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, func, select

from zhengpin.domain.order import OrderSummary
from zhengpin.domain.order_counts import COUNTED
from zhengpin.storage import tables
from zhengpin.storage.json_values import json_row
from zhengpin.storage.sets import HERE


class Counted(StrEnum):
    """Whom orders are counted for."""

    LISTING = "listing"
    SUPPLIER = "supplier"


_DAYS = tables.order_days.c

_SCANNED_BY_NOW = case((_DAYS.day <= bindparam("scanned_day", type_=Date), _DAYS.unscanned), else_=0)
COUNTS_BY_NOW: Final = {name: _DAYS[name] for name in COUNTED} | {"shipped_late": _DAYS.shipped_late + _SCANNED_BY_NOW}
"""The columns of days as they stand on `scanned_day` and after it: what no carrier has seen by then is late."""
_SUMS = tuple(func.sum(COUNTS_BY_NOW[field.name]).label(field.name) for field in fields(OrderSummary)[1:])
"""The counts of a summary, in its order."""


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
