"""What else orders add up to a day, and once more by buyer.

It is worked out from the lines of those orders of which there is something to say. The program before knew of no
promises and no buyers; what it recorded of cancelled orders says which of them are excused, and of complaints, returns
and refunds, why they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.order_state import OrderState, whole
from zhengpin.storage.columns import UtcDateTime

ROWS_AT_ONCE = 1000

_ADDED = (
    *("excused", "promised", "arrived_late", "of_untold_buyers"),
    *("called_defective", "called_late", "changed_mind", "other_cause", "with_faults", "late_by_word"),
)
_SAID = (
    *("called_fake", "called_not_as_described", "called_defective", "called_late", "changed_mind", "other_cause"),
    "other_complaints",
)
"""What a line tells of causes."""
_COUNTED = (
    *("orders", "units", "shipped", "shipped_late", "unscanned", "delivered", "cancelled", "returned", "refunded"),
    *("complaints", "fake_complaints", "not_as_described", "distinct_complaining_orders"),
    *_ADDED,
)
_DAY = ("marketplace", "subject_kind", "subject", "day")
_BUYER_DAY = ("marketplace", "supplier_id", "buyer_id", "day")
_SUBJECTS = (("listing", "listing_id"), ("supplier", "supplier_id"))
_TIMES = ("first_event_at", "paid_at", "carried_at", "delivered_at", "cancelled_at", "promised_by")

_LINES = sa.table(
    "order_lines",
    *map(sa.column, ("marketplace", "order_id", "listing_id", "supplier_id")),
    *(sa.column(name, UtcDateTime) for name in _TIMES),
    *(sa.column(name) for name in OrderState._fields if name not in _TIMES),
)
_DAYS = sa.table(
    "order_days", *map(sa.column, _DAY[:-1]), sa.column("day", sa.Date), *map(sa.column, ("orders", *_ADDED))
)

_Counts: TypeAlias = defaultdict[tuple[str, str, str, date], OrderCounts]
"""By `_DAY` or `_BUYER_DAY`."""


def count_promises_and_buyers() -> None:
    """Add the counts and the table, and fill them."""
    for name in _ADDED:
        op.add_column("order_days", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE order_days SET of_untold_buyers = orders")
    by_buyer = _buyer_days()
    days, buyers = _counted()
    _change_days(days)
    rows = ({**_named(_BUYER_DAY, key), **_named(_COUNTED, counts)} for key, counts in buyers.items())
    _run(by_buyer.insert(), rows)


def _buyer_days() -> sa.Table:
    is_often = sa.text("orders > 3")
    return op.create_table(
        "buyer_days",
        *(sa.Column(name, sa.String, primary_key=True) for name in _BUYER_DAY[:-1]),
        sa.Column("day", sa.Date, primary_key=True),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in _COUNTED),
        sa.Index(
            "ix_buyer_days_often",
            "marketplace",
            "supplier_id",
            "orders",
            sqlite_where=is_often,
            postgresql_where=is_often,
        ),
        sqlite_with_rowid=False,
    )


def _change_days(days: _Counts) -> None:
    """Write what was not counted before; orders that are not among these tell no buyers."""
    changed: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in _ADDED}
    changed["of_untold_buyers"] = _DAYS.c.orders - sa.bindparam("told")
    matches = (_DAYS.c[name] == sa.bindparam(f"of_{name}") for name in _DAY)
    rows = (
        {
            **{f"of_{name}": value for name, value in _named(_DAY, key).items()},
            **{f"new_{name}": getattr(counts, name) for name in _ADDED},
            "told": counts.orders - counts.of_untold_buyers,
        }
        for key, counts in days.items()
    )
    _run(sa.update(_DAYS).where(*matches).values(changed), rows)


def _named(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def forget_promises_and_buyers() -> None:
    """Drop them."""
    op.drop_table("buyer_days")
    for name in _ADDED:
        op.drop_column("order_days", name)


def _counted() -> tuple[_Counts, _Counts]:
    """What orders of which there is something to say add up to, by day and by buyer and day."""
    days, buyers = _Counts(OrderCounts), _Counts(OrderCounts)
    for (marketplace, _), order in _orders():
        for kind, column in _SUBJECTS:
            for subject in {getattr(line, column) for line in order}:
                lines = (line for line in order if getattr(line, column) == subject)
                state = whole(OrderState(*(getattr(line, name) for name in OrderState._fields)) for line in lines)
                key = marketplace, kind, subject, state.day
                days[key] = days[key].plus(state.counts)
                if kind == "supplier" and state.buyer_id:
                    of_buyer = marketplace, subject, state.buyer_id, state.day
                    buyers[of_buyer] = buyers[of_buyer].plus(state.counts)
    return days, buyers


def _orders() -> Iterator[tuple[tuple[str, str], list[Any]]]:
    """The lines of each such order, by marketplace and order id."""
    said = _LINES.alias()
    is_told = sa.exists().where(
        said.c.marketplace == _LINES.c.marketplace,
        said.c.order_id == _LINES.c.order_id,
        sa.or_(
            *(said.c[name] > 0 for name in ("cancelled", *_SAID)),
            said.c.promised_by.is_not(None),
            said.c.buyer_id != "",
        ),
    )
    lines = sa.select(_LINES).where(is_told).order_by(_LINES.c.marketplace, _LINES.c.order_id)
    found = op.get_bind().execute(lines, execution_options={"yield_per": ROWS_AT_ONCE})
    yield from ((key, list(order)) for key, order in groupby(found, key=lambda line: (line.marketplace, line.order_id)))


def _run(statement: sa.Executable, rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while page := list(islice(left, ROWS_AT_ONCE)):
        op.get_bind().execute(statement, page)
