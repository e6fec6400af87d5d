"""Records in the form that `zhengpin import` reads: one JSON object a line, each the ProtoJSON of one message."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

Fields: TypeAlias = dict[str, Any]
"""The fields of one message."""
Record: TypeAlias = dict[str, Fields]
"""`{"listing": {…}}`, `{"supplier": {…}}`, …"""


def money(fen: int) -> Fields:
    """An amount in yuan, given in fen."""
    return {"currencyCode": "CNY", "units": str(fen // 100), "nanos": fen % 100 * 10_000_000}


def stamp(moment: datetime) -> str:
    """A time in UTC as ProtoJSON writes it, to the second."""
    return f"{moment.isoformat()[:19]}Z"


def day(moment: date) -> dict[str, int]:
    """A date."""
    return {"year": moment.year, "month": moment.month, "day": moment.day}
