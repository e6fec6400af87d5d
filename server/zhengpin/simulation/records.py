"""Records in the form that `zhengpin import` reads: one JSON object a line, each the ProtoJSON of one message."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, dict[str, Any]]
"""`{"listing": {…}}`, `{"supplier": {…}}`, …"""


def money(fen: int) -> dict[str, Any]:
    """An amount in yuan, given in fen."""
    return {"currencyCode": "CNY", "units": str(fen // 100), "nanos": fen % 100 * 10_000_000}


def stamp(moment: datetime) -> str:
    """A time in UTC as ProtoJSON writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(moment: datetime) -> dict[str, int]:
    """A date."""
    return {"year": moment.year, "month": moment.month, "day": moment.day}


def order_events(
    listing: dict[str, Any], number: int, paid_at: datetime, *, late: bool = False, complaint: str = "", text: str = ""
) -> list[Record]:
    """One order from payment to delivery, with a complaint if there is a cause for one."""
    order_id = f"order-{listing['listingId']}-{number}"
    steps = [("PAID", timedelta()), ("SCANNED", timedelta(hours=40 if late else 9)), ("DELIVERED", timedelta(days=3))]
    events = [_event(listing, order_id, kind, paid_at + after) for kind, after in steps]
    if complaint:
        event = _event(listing, order_id, "COMPLAINT", paid_at + timedelta(days=4))
        event["order_event"] |= {"cause": f"COMPLAINT_CAUSE_{complaint}", "text": text}
        events.append(event)
    return events


def _event(listing: dict[str, Any], order_id: str, kind: str, moment: datetime) -> Record:
    return {
        "order_event": {
            "eventId": f"{order_id}-{kind.lower()}",
            "orderId": order_id,
            "listingId": listing["listingId"],
            "supplierId": listing["supplierId"],
            "kind": f"ORDER_EVENT_KIND_{kind}",
            "happenedAt": stamp(moment),
        }
    }
