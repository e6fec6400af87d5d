"""Orders by line in columns, instead of by listing and once more by supplier in JSON.

Both are made anew from the recorded events, order by order.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

ROWS_AT_ONCE = 1000

_MOMENT = sa.DateTime(timezone=True)
_TIMES = ("first_event_at", "paid_at", "carried_at")
_LATER_TIMES = ("delivered_at", "cancelled_at", "promised_by")
"""Which the program before did not ask for, nor for the words."""
_WORDS = ("buyer_id", "cancelled_by")
_NUMBERS = ("units", "shipped", "delivered", "cancelled", "returned", "refunded", "complaints")
_ACCUSATIONS = ("called_fake", "called_not_as_described")
_CAUSES = {
    "called_fake": "fake",
    "called_not_as_described": "not_as_described",
    "called_defective": "defective",
    "called_late": "late",
    "changed_mind": "changed_mind",
    "other_cause": "other",
}
_WITHDRAWN = {"complaint_withdrawn": "complaint", "return_withdrawn": "returned", "refund_withdrawn": "refunded"}
_FLAGS = ("shipped", "delivered", "cancelled", "returned", "refunded", *_ACCUSATIONS)

_EVENTS = sa.table("order_events", sa.column("marketplace"), sa.column("order_id"), sa.column("body"))


def replace_states() -> None:
    """Make `order_lines` of the events; drop `order_states`."""
    lines = op.create_table(
        "order_lines",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", "order_id", *_LINE)),
        sa.Column("first_event_at", _MOMENT, nullable=False),
        *(sa.Column(name, _MOMENT) for name in (*_TIMES[1:], *_LATER_TIMES)),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in (*_NUMBERS, *_CAUSES, "other_complaints")),
        *(sa.Column(name, sa.String, nullable=False) for name in _WORDS),
        sqlite_with_rowid=False,
    )
    _fill(lines, _lines_of)
    op.drop_table("order_states")


def restore_states() -> None:
    """Make `order_states` of the events; drop `order_lines`."""
    states = op.create_table(
        "order_states",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("marketplace", *_SUBJECT, "order_id")),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    _fill(states, _states_of)
    op.drop_table("order_lines")


_LINE = ("listing_id", "supplier_id")
_SUBJECT = ("subject_kind", "subject")


def _fill(table: sa.Table, rows_of: Callable[[list[dict[str, Any]]], Iterator[dict[str, Any]]]) -> None:
    """Write the rows that each order's events make."""
    connection = op.get_bind()
    events = sa.select(_EVENTS).order_by(_EVENTS.c.marketplace, _EVENTS.c.order_id)
    found = connection.execute(events, execution_options={"yield_per": ROWS_AT_ONCE})
    orders = groupby(found, key=lambda row: (row.marketplace, row.order_id))
    rows = (
        {"marketplace": marketplace, "order_id": order_id, **row}
        for (marketplace, order_id), order in orders
        for row in rows_of([json.loads(event.body) for event in order])
    )
    while page := list(islice(rows, ROWS_AT_ONCE)):
        connection.execute(table.insert(), page)


def _lines_of(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    lines: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        lines[event["listing_id"], event["supplier_id"]].append(event)
    in_sqlite = op.get_context().dialect.name == "sqlite"
    for line, told in lines.items():
        state = _state_of(told) | _later_times(told) | _causes_of(told)
        if in_sqlite:  # which keeps times without their zone
            state |= {name: state[name] and state[name].replace(tzinfo=None) for name in (*_TIMES, *_LATER_TIMES)}
        words = {name: max(event.get(name, "") for event in told) for name in _WORDS}
        yield dict(zip(_LINE, line, strict=True)) | state | words


def _states_of(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        seen["listing", event["listing_id"]].append(event)
        seen["supplier", event["supplier_id"]].append(event)
    for subject, told in seen.items():
        causes = _causes_of(told)
        state = _state_of(told) | {name: causes[name] for name in _ACCUSATIONS}
        state |= {name: state[name] and state[name].isoformat().replace("+00:00", "Z") for name in _TIMES}
        state |= {name: state[name] > 0 for name in _FLAGS}
        yield dict(zip(_SUBJECT, subject, strict=True)) | {"body": json.dumps(state, separators=(",", ":"))}


def _state_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    """What events of one order tell: the earliest times, and how many said what."""
    told = [(event["kind"], event) for event in events]
    steps = ("delivered", "cancelled")
    return {
        "first_event_at": _earliest(events),
        "paid_at": _earliest(event for kind, event in told if kind == "paid"),
        "carried_at": _earliest(event for kind, event in told if kind in {"scanned", "delivered"}),
        "units": sum(event["quantity"] for kind, event in told if kind == "paid"),
        "shipped": sum(kind in {"shipped", "scanned", "delivered"} for kind, _ in told),
        **{step: sum(kind == step for kind, _ in told) for step in steps},
        "returned": _left(events, "returned"),
        "refunded": _left(events, "refunded"),
        "complaints": _left(events, "complaint"),
    }


def _causes_of(events: list[dict[str, Any]]) -> dict[str, int]:
    """How many said why, less those that were withdrawn."""
    steps = tuple(_WITHDRAWN.values())
    causes = {
        name: _left([event for event in events if event["cause"] == cause], *steps) for name, cause in _CAUSES.items()
    }
    others = [event for event in events if event["cause"] in {"other", "none"}]
    return causes | {"other_complaints": _left(others, "complaint")}


def _left(events: list[dict[str, Any]], *steps: str) -> int:
    """How many of these steps were told, less those that were withdrawn."""
    told = [event["kind"] for event in events]
    return sum(kind in steps for kind in told) - sum(_WITHDRAWN.get(kind) in steps for kind in told)


def _later_times(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "delivered_at": _earliest(event for event in events if event["kind"] == "delivered"),
        "cancelled_at": _earliest(event for event in events if event["kind"] == "cancelled"),
        "promised_by": _earliest((event for event in events if event.get("promised_by")), "promised_by"),
    }


def _earliest(events: Iterable[dict[str, Any]], name: str = "happened_at") -> datetime | None:
    moments = (datetime.fromisoformat(event[name]).astimezone(UTC) for event in events)
    return min(moments, default=None)
