"""What else orders add up to a day.

The program before knew nothing of promises; what it recorded of cancelled orders says which of them are excused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

ROWS_AT_ONCE = 1000

_MOMENT = sa.DateTime(timezone=True)
_TIMES = ("first_event_at", "paid_at", "cancelled_at")
_SUBJECTS = (("listing", "listing_id"), ("supplier", "supplier_id"))
_KEY = ("marketplace", "subject_kind", "subject", "day")
_ADDED = ("excused", "promised", "arrived_late")
_TIME_TO_SHIP = timedelta(hours=24)

_LINES = sa.table(
    "order_lines",
    *(sa.column(name, sa.String) for name in ("marketplace", "order_id", "listing_id", "supplier_id")),
    *(sa.column(name, _MOMENT) for name in _TIMES),
    *(sa.column(name, sa.BigInteger) for name in ("shipped", "cancelled")),
)
_DAYS = sa.table("order_days", *map(sa.column, _KEY[:-1]), sa.column("day", sa.Date), sa.column("excused"))

_Day: TypeAlias = tuple[str, str, str, date]


def count_promises() -> None:
    """Add the counts, and count which cancelled orders are excused."""
    for name in _ADDED:
        op.add_column("order_days", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    matches = [_DAYS.c[name] == sa.bindparam(f"of_{name}") for name in _KEY]
    count = sa.update(_DAYS).where(*matches).values(excused=sa.bindparam("count"))
    names = [f"of_{name}" for name in _KEY]
    rows = (dict(zip(names, day, strict=True)) | {"count": count} for day, count in _excused().items())
    while page := list(islice(rows, ROWS_AT_ONCE)):
        op.get_bind().execute(count, page)


def count_no_promises() -> None:
    """Drop them."""
    for name in _ADDED:
        op.drop_column("order_days", name)


def _excused() -> Counter[_Day]:
    """Cancelled orders a day, of those that were not shipped, within a day of payment."""
    cancelled = _LINES.alias()
    is_cancelled = sa.exists().where(
        cancelled.c.marketplace == _LINES.c.marketplace,
        cancelled.c.order_id == _LINES.c.order_id,
        cancelled.c.cancelled > 0,
    )
    lines = sa.select(_LINES).where(is_cancelled).order_by(_LINES.c.marketplace, _LINES.c.order_id)
    found = op.get_bind().execute(lines, execution_options={"yield_per": ROWS_AT_ONCE})
    orders = groupby(found, key=lambda line: (line.marketplace, line.order_id))
    return Counter(day for _, order in orders for day in _excused_in(list(order)))


def _excused_in(order: list[Any]) -> Iterator[_Day]:
    """The days of one order's listings and suppliers that excuse it."""
    for kind, column in _SUBJECTS:
        for subject in {getattr(line, column) for line in order}:
            lines = [line for line in order if getattr(line, column) == subject]
            since = _earliest(line.paid_at for line in lines) or _earliest(line.first_event_at for line in lines)
            until = _earliest(line.cancelled_at for line in lines)
            if since and until and until - since <= _TIME_TO_SHIP and not any(line.shipped for line in lines):
                yield lines[0].marketplace, kind, subject, since.date()


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """In UTC, as which SQLite keeps times without their zone."""
    told = (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in moments if moment)
    return min(told, default=None)
