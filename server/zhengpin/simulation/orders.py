"""Orders of a listing: paid, shipped, delivered, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from zhengpin.simulation.chance import Chance
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
_SENT_BACK_WITHOUT_A_WORD = {"CHANGED_MIND", "DEFECTIVE"}
_SENT_BACK = 0.8
"""Share of unhappy buyers who send the goods back."""
_BUYERS_TIME = 0.7
"""Of the time in which orders are cancelled: at first buyers think better of it, later suppliers have none left."""
_NOTHING: Fields = {}
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


class Order:
    """One order whose events are told one by one."""

    def __init__(self, sold: Sold, path: str, chance: Chance, dice: Random) -> None:
        """`path` is its name; its buyer is somebody of whom nothing else is told."""
        self.sold = sold
        self.dice = dice
        self.events: list[Record] = []
        self._order_id = chance.id(path)
        self._buyer_id = chance.id(f"{path}/buyer")

    def tell(self, kind: str, moment: datetime, more: Fields = _NOTHING) -> None:
        """Add one event, if its time has come."""
        if moment > self.sold.now:
            return
        fields: Fields = {
            "eventId": f"{self._order_id}-{len(self.events) + 1}",
            "orderId": self._order_id,
            "listingId": self.sold.listing_id,
            "supplierId": self.sold.supplier_id,
            "buyerId": self._buyer_id,
            "kind": f"ORDER_EVENT_KIND_{kind}",
            "happenedAt": stamp(moment),
        }
        self.events.append({"order_event": fields | more})


def order_events(order: Order, paid_at: datetime, quantity: int) -> list[Record]:
    """One order from payment to whatever became of it by now."""
    throw, sold = order.dice.random, order.sold
    promised_by = stamp(paid_at + timedelta(days=sold.trade.promised_days))
    order.tell("PAID", paid_at, {"quantity": quantity, "paid": money(sold.price * quantity), "promisedBy": promised_by})
    if throw() < sold.trade.cancelled:
        waited = throw()
        who = "BUYER" if waited < _BUYERS_TIME else "SUPPLIER"
        order.tell("CANCELLED", paid_at + timedelta(hours=1 + 20 * waited), {"cancelledBy": f"CANCELLED_BY_{who}"})
        return order.events
    is_late = throw() < sold.rates.late
    scanned = paid_at + timedelta(hours=26 + 60 * throw() if is_late else 2 + 20 * throw())
    order.tell("SCANNED", scanned)
    delivered = scanned + timedelta(hours=30 + 70 * throw())
    order.tell("DELIVERED", delivered)
    if delivered < sold.now:
        _tell_afterwards(order, delivered)
    return order.events


def _tell_afterwards(order: Order, delivered: datetime) -> None:
    """At most one cause of grief, a review, a question."""
    throw, trade = order.dice.random, order.sold.trade
    later = delivered + timedelta(hours=4 + 120 * throw())
    cause = _cause(order.sold.rates, throw(), order.dice)
    if cause:
        _tell_grief(order, later, cause)
    elif throw() < trade.refunded_only:
        order.tell("REFUNDED", later)
    if throw() < trade.reviewed:
        stars = 1 + int(2 * throw()) if cause else 3 + int(3 * throw() ** 0.4)
        order.tell("REVIEW", later + timedelta(hours=3), {"stars": stars})
    if throw() < trade.service_contacts:
        order.tell("SERVICE_CONTACT", later - timedelta(hours=1))


def _tell_grief(order: Order, moment: datetime, cause: str) -> None:
    """A complaint, or goods sent back, or both."""
    text = _SAID[cause][int(order.dice.random() * len(_SAID[cause]))]
    told = {"cause": f"COMPLAINT_CAUSE_{cause}", "text": text}
    if cause not in _SENT_BACK_WITHOUT_A_WORD:
        order.tell("COMPLAINT", moment, told)
    if cause != "LATE" and order.dice.random() < _SENT_BACK:
        back = moment + timedelta(days=1 + 4 * order.dice.random())
        order.tell("RETURNED", back, told)
        order.tell("REFUNDED", back + timedelta(hours=12), told)


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
