"""What a backend has to tell: made-up listings, prices and orders, the same for the same seed.

Few products, suppliers and popular listings are shared by all backends, so that everybody adds to the same sums.
"""

from __future__ import annotations

import random
import time
from typing import Any
from uuid import UUID

from google.protobuf import timestamp_pb2
from google.type import money_pb2

from callers import a_listing_message, a_price_message, an_order_message
from zhengpin.v1 import listing_pb2, order_pb2, price_pb2

DAY_SECONDS = 24 * 3600
GTINS = ("6904235001013", "4006381333931", "5901234123457", "0012345678905")
SUPPLIERS = tuple(f"supplier-{number}" for number in range(6))
SELLERS_ELSEWHERE = tuple(f"seller-{number}" for number in range(12))
POPULAR = ("popular-1", "popular-2", "popular-3")
"""Listings that every backend has orders for."""
CAUSES = tuple(order_pb2.ComplaintCause.values())
CANCELLERS = (
    order_pb2.CANCELLED_BY_UNSPECIFIED,
    order_pb2.CANCELLED_BY_UNSPECIFIED,
    order_pb2.CANCELLED_BY_BUYER,
    order_pb2.CANCELLED_BY_SUPPLIER,
    order_pb2.CANCELLED_BY_MARKETPLACE,
)
LATER_STEPS = (
    order_pb2.ORDER_EVENT_KIND_SHIPPED,
    order_pb2.ORDER_EVENT_KIND_SCANNED,
    order_pb2.ORDER_EVENT_KIND_DELIVERED,
    order_pb2.ORDER_EVENT_KIND_CANCELLED,
    order_pb2.ORDER_EVENT_KIND_RETURNED,
    order_pb2.ORDER_EVENT_KIND_REFUNDED,
    order_pb2.ORDER_EVENT_KIND_COMPLAINT,
    order_pb2.ORDER_EVENT_KIND_COMPLAINT_WITHDRAWN,
    order_pb2.ORDER_EVENT_KIND_REVIEW,
)


class Goods:
    """One backend's listings, prices and orders; ids begin with the backend's name."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.name = name
        self.chance = chance
        self._made = 0
        self._start = int(time.time()) - 20 * DAY_SECONDS
        self._listings: dict[str, listing_pb2.Listing] = {}
        self._deleted: list[listing_pb2.Listing] = []
        self._waiting: list[order_pb2.OrderEvent] = []
        self._told: list[order_pb2.OrderEvent] = []

    def request_id(self) -> str:
        """A fresh one."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def new_listing(self) -> listing_pb2.Listing:
        """A listing that nobody told before."""
        listing = a_listing_message(
            self._new_id("listing"),
            supplier_id=self.chance.choice(SUPPLIERS),
            gtin=self.chance.choice(GTINS),
            offer=self._offer(),
        )
        self._listings[listing.listing_id] = listing
        return listing

    def known_listing(self) -> listing_pb2.Listing | None:
        """One that was told and not deleted; `None` without any."""
        return self.chance.choice(list(self._listings.values())) if self._listings else None

    def repriced_listing(self) -> listing_pb2.Listing:
        """A known listing that asks another price, or a new one."""
        known = self.known_listing()
        if known is None:
            return self.new_listing()
        return self._at_another_price(known)

    def delete(self, listing_id: str) -> None:
        """Speak no more of a listing, unless it comes back."""
        self._deleted.append(self._listings.pop(listing_id))

    def returned_listing(self) -> listing_pb2.Listing:
        """A deleted listing that is told again, or a new one."""
        if not self._deleted:
            return self.new_listing()
        deleted = self._deleted.pop(self.chance.randrange(len(self._deleted)))
        returned = self._at_another_price(deleted)
        # Surely another price: the old one would begin anew as well, which the audit need not know.
        returned.offer.single_price.units = deleted.offer.single_price.units + 1
        return returned

    def _at_another_price(self, listing: listing_pb2.Listing) -> listing_pb2.Listing:
        repriced = listing_pb2.Listing()
        repriced.CopyFrom(listing)
        repriced.offer.CopyFrom(self._offer())
        self._listings[repriced.listing_id] = repriced
        return repriced

    def price(self) -> price_pb2.PriceObservation:
        """What a listing of ours cost, before it was told or just now; or a product elsewhere."""
        listing = self.known_listing()
        if listing is None or self.chance.random() < 0.4:
            return self.price_elsewhere()
        return a_price_message(self._new_id("price"), listing_id=listing.listing_id, **self._price_facts())

    def price_elsewhere(self) -> price_pb2.PriceObservation:
        """What one of the sellers of another platform asks for one of the products."""
        product = price_pb2.PricedProduct(
            gtin=self.chance.choice(GTINS),
            condition=listing_pb2.CONDITION_NEW,
            territory="CN",
            platform="elsewhere",
            seller=self.chance.choice(SELLERS_ELSEWHERE),
        )
        facts = self._price_facts()
        return price_pb2.PriceObservation(observation_id=self._new_id("price"), product=product, **facts)

    def _price_facts(self) -> dict[str, Any]:
        # Up to ten minutes ahead is allowed, and surely not before the listing was told.
        seconds = self._past() if self.chance.random() < 0.7 else int(time.time()) + 120
        return {
            "paid": self._money(),
            "platform_subsidy": self._money(0, 20),
            "units": self.chance.randint(1, 3),
            "group_size": self.chance.choice((0, 0, 3)),
            "captured_at": timestamp_pb2.Timestamp(seconds=seconds),
        }

    def order_events(self, count: int) -> list[order_pb2.OrderEvent]:
        """Steps of many orders in any order, now and then one that was told before."""
        while len(self._waiting) < count:
            self._waiting.extend(self._order())
            self.chance.shuffle(self._waiting)
        events, self._waiting = self._waiting[:count], self._waiting[count:]
        again = [self.chance.choice(self._told)] if self._told and self.chance.random() < 0.2 else []
        self._told.extend(events)
        return [*events, *again]

    def _order(self) -> list[order_pb2.OrderEvent]:
        """An order of one or two listings: each is paid, and what comes later is of either."""
        order_id, paid_at = self._new_id("order"), self._past()
        listings = self.chance.sample(POPULAR, self.chance.choice((1, 1, 2)))
        supplier_id = self.chance.choice(SUPPLIERS)
        later = self.chance.sample(LATER_STEPS, self.chance.randint(0, 4))
        steps = [(order_pb2.ORDER_EVENT_KIND_PAID, listing_id) for listing_id in listings]
        steps += [(kind, self.chance.choice(listings)) for kind in later]
        return [
            an_order_message(
                f"{order_id}-{place}",
                order_id=order_id,
                listing_id=listing_id,
                supplier_id=supplier_id,
                kind=kind,
                quantity=self.chance.randint(1, 5),
                cause=self.chance.choice(CAUSES),
                happened_at=timestamp_pb2.Timestamp(seconds=paid_at + place * self.chance.randint(0, DAY_SECONDS)),
                promised_by=self._promise(paid_at),
                cancelled_by=self.chance.choice(CANCELLERS),
            )
            for place, (kind, listing_id) in enumerate(steps)
        ]

    def _promise(self, paid_at: int) -> timestamp_pb2.Timestamp | None:
        """Some steps say by when the goods were promised, and not all the same."""
        days = self.chance.choice((0, 0, 1, 3))
        return timestamp_pb2.Timestamp(seconds=paid_at + days * DAY_SECONDS) if days else None

    def _offer(self) -> listing_pb2.Offer:
        tiers = [listing_pb2.GroupTier(size=3, price=self._money())] if self.chance.random() < 0.3 else []
        regular = listing_pb2.SALE_KIND_REGULAR
        return listing_pb2.Offer(single_price=self._money(), group_tiers=tiers, sale_kind=regular)

    def _money(self, least: int = 80, most: int = 200) -> money_pb2.Money:
        return money_pb2.Money(
            currency_code="CNY", units=self.chance.randint(least, most), nanos=self.chance.randrange(100) * 10_000_000
        )

    def _past(self) -> int:
        """A moment of the ten days that ended ten days ago, in seconds since 1970."""
        return self._start + self.chance.randint(0, 10 * DAY_SECONDS)

    def _new_id(self, kind: str) -> str:
        self._made += 1
        return f"{self.name}-{kind}-{self._made}"
