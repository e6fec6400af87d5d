"""Orders of a listing: paid, shipped, delivered, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from zhengpin.simulation.draft import Rates
from zhengpin.simulation.parameters import Trade
from zhengpin.simulation.records import Fields, Record, money, stamp

_SAID = {
    "FAKE": (
        "假货，和专柜完全不一样",
        "怀疑不是正品，味道和颜色都不对",
        "扫码查不到，应该是假的",
    ),
    "NOT_AS_DESCRIBED": ("颜色和图片差很多", "尺寸和描述不符", "少了配件"),
    "DEFECTIVE": ("用了两天就坏了", "收到就有划痕"),
    "LATE": ("发货太慢了",),
    "CHANGED_MIND": ("不想要了", "买多了"),
}
_DEFECTIVE = 0.4
"""Of returns; the others changed their mind."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What is ordered, of whom, at what price."""

    listing_id: str
    supplier_id: str
    price: int
    """Of one purchase, in fen."""
    now: datetime
    """What would happen later has not happened yet."""
    rates: Rates
    trade: Trade


@dataclass(slots=True)
class Order:
    """One order whose events are told one by one."""

    sold: Sold
    order_id: str
    step: int = 0

    def event(self, kind: str, moment: datetime, **more: object) -> Iterator[Record]:
        """One event, if its time has come."""
        if moment > self.sold.now:
            return
        self.step += 1
        fields: Fields = {
            "eventId": f"{self.order_id}-{self.step}",
            "orderId": self.order_id,
            "listingId": self.sold.listing_id,
            "supplierId": self.sold.supplier_id,
            "kind": f"ORDER_EVENT_KIND_{kind}",
            "happenedAt": stamp(moment),
            **more,
        }
        yield {"order_event": fields}


def order_events(order: Order, paid_at: datetime, quantity: int, dice: Random) -> Iterator[Record]:
    """One order from payment to whatever became of it by now."""
    paid = money(order.sold.price * quantity)
    yield from order.event("PAID", paid_at, quantity=quantity, paid=paid)
    if dice.random() < order.sold.trade.cancelled:
        yield from order.event("CANCELLED", paid_at + timedelta(hours=1 + 20 * dice.random()))
        return
    is_late = dice.random() < order.sold.rates.late
    scanned = paid_at + timedelta(hours=26 + 60 * dice.random() if is_late else 2 + 20 * dice.random())
    yield from order.event("SCANNED", scanned)
    delivered = scanned + timedelta(hours=30 + 70 * dice.random())
    yield from order.event("DELIVERED", delivered)
    yield from _afterwards(order, delivered, dice)


def _afterwards(order: Order, delivered: datetime, dice: Random) -> Iterator[Record]:
    """At most one cause of grief, a review, a question."""
    trade = order.sold.trade
    later = delivered + timedelta(hours=4 + 120 * dice.random())
    cause = _cause(order.sold.rates, dice.random(), dice)
    if cause:
        text = _SAID[cause][int(dice.random() * len(_SAID[cause]))]
        told = {"cause": f"COMPLAINT_CAUSE_{cause}", "text": text}
        if cause not in {"CHANGED_MIND", "DEFECTIVE"}:
            yield from order.event("COMPLAINT", later, **told)
        if cause != "LATE" and dice.random() < 4 / 5:
            back = later + timedelta(days=1 + 4 * dice.random())
            yield from order.event("RETURNED", back, **told)
            yield from order.event("REFUNDED", back + timedelta(hours=12), **told)
    elif dice.random() < trade.refunded_only:
        yield from order.event("REFUNDED", later)
    if dice.random() < trade.reviewed:
        stars = 1 + int(2 * dice.random()) if cause else 3 + int(3 * dice.random() ** 0.4)
        yield from order.event("REVIEW", later + timedelta(hours=3), stars=stars)
    if dice.random() < trade.service_contacts:
        yield from order.event("SERVICE_CONTACT", later - timedelta(hours=1))


def _cause(rates: Rates, mark: float, dice: Random) -> str:
    """Why a buyer is unhappy; empty for most."""
    for cause, share in (
        ("FAKE", rates.fake_complaints),
        ("NOT_AS_DESCRIBED", rates.not_as_described),
        ("LATE", rates.late / 4),
        ("RETURNED", rates.returned),
    ):
        if mark < share:
            if cause == "RETURNED":
                return "DEFECTIVE" if dice.random() < _DEFECTIVE else "CHANGED_MIND"
            return cause
        mark -= share
    return ""
