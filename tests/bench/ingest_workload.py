"""A made-up market in motion, as the messages that tell of it: listings, prices and order events in batches.

- *Listings* are about 1 kB each, with three pictures. A few products are offered by hundreds of sellers, most by one.
- *Prices*: half of a batch are a crawl's, which visits 25 products and sees ten sellers of each; the other half were
  paid for stored listings, drawn at random.
- *Order events* come as time goes by: a batch holds the steps of many orders, and the steps of one order are spread
  over several batches. One order in fifty ends in a complaint, one in twenty in a return.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from zhengpin.v1 import catalog_service_pb2 as catalog
from zhengpin.v1 import listing_pb2, order_pb2, price_pb2

PRODUCTS = 4000
SUPPLIERS = 2000
CRAWLED_PRODUCTS = 25
CRAWLED_SELLERS = 10
SELLERS_ELSEWHERE = 40
"""Who offers one product on other platforms; a crawl sees some of them."""
PLATFORMS = ("tmall", "jd", "pdd")
DESCRIPTION = "Boils a litre in under three minutes, shuts off by itself and keeps warm for two hours. " * 6

_STEPS = (
    (order_pb2.ORDER_EVENT_KIND_PAID, 0),
    (order_pb2.ORDER_EVENT_KIND_SHIPPED, 9),
    (order_pb2.ORDER_EVENT_KIND_SCANNED, 20),
    (order_pb2.ORDER_EVENT_KIND_DELIVERED, 70),
)
"""Which steps an order takes, and after about how many hours."""


class Market:
    """A marketplace whose backend tells what happens, the same for the same seed."""

    def __init__(self, seed: int, now: datetime, listings_a_product: int | None = None) -> None:
        """Offer `PRODUCTS` products; or, if told how many listings each has, the more products the more listings."""
        self._listings_a_product = listings_a_product
        self._random = random.Random(seed)  # noqa: S311  a workload, no secret
        self._now = now
        self._numbers = count(1)
        self._listing_ids: list[tuple[str, str]] = []
        self._steps = self._order_steps()

    def listings(self, size: int) -> catalog.UpsertListingsRequest:
        """New listings."""
        return catalog.UpsertListingsRequest(
            request_id=self._request_id(), listings=[self._listing() for _ in range(size)]
        )

    def prices(self, size: int) -> catalog.RecordPricesRequest:
        """New prices: half crawled elsewhere, half paid here."""
        elsewhere = [
            self._price(product=self._product_elsewhere(product, seller))
            for product in (self._product() for _ in range(CRAWLED_PRODUCTS))
            for seller in self._random.sample(range(SELLERS_ELSEWHERE), CRAWLED_SELLERS)
        ][: size // 2]
        here = [self._price(listing_id=self._random.choice(self._listing_ids)[0]) for _ in range(size - len(elsewhere))]
        return catalog.RecordPricesRequest(request_id=self._request_id(), prices=[*elsewhere, *here])

    def orders(self, size: int) -> catalog.RecordOrdersRequest:
        """New steps of orders, in the order in which they happened."""
        events = [next(self._steps) for _ in range(size)]
        return catalog.RecordOrdersRequest(request_id=self._request_id(), events=events)

    def _listing(self) -> listing_pb2.Listing:
        number = next(self._numbers)
        product, supplier_id = self._product(), f"supplier-{self._random.randrange(SUPPLIERS)}"
        listing_id = f"listing-{number:09}"
        self._listing_ids.append((listing_id, supplier_id))
        return listing_pb2.Listing(
            listing_id=listing_id,
            supplier_id=supplier_id,
            shop_id=f"{supplier_id}-shop",
            title=f"Haolin electric kettle {_model(product)} 1.7 l, stainless steel, 220 V",
            description=DESCRIPTION,
            category="kitchen/kettles",
            brand="Haolin",
            model=_model(product),
            spec="1.7 l",
            attributes={"voltage": "220 V", "material": "stainless steel"},
            origin_place="Zhejiang",
            images=[
                listing_pb2.Image(
                    uri=f"https://img.example/{listing_id}/{nth}.jpg",
                    sha256=sha256(f"{listing_id}/{nth}".encode()).hexdigest(),
                )
                for nth in range(3)
            ],
            offer=listing_pb2.Offer(
                single_price=self._money(product),
                group_tiers=[listing_pb2.GroupTier(size=2, price=self._money(product))],
            ),
            units_per_pack=1,
            condition=listing_pb2.CONDITION_NEW,
            territory="CN",
            stock=500,
        )

    def _product(self) -> int:
        """A product; the first ones are the popular ones."""
        return int(self._products * self._random.random() ** 2)

    @property
    def _products(self) -> int:
        if self._listings_a_product is None:
            return PRODUCTS
        return max(len(self._listing_ids) // self._listings_a_product, 1)

    def _price(self, **subject: Any) -> price_pb2.PriceObservation:
        return price_pb2.PriceObservation(
            observation_id=f"price-{next(self._numbers):09}",
            paid=self._money(self._product()),
            units=1,
            group_size=self._random.choice((1, 1, 2)),
            captured_at=_stamp(self._now - timedelta(minutes=self._random.randrange(60 * 24 * 5))),
            **subject,
        )

    @staticmethod
    def _product_elsewhere(product: int, seller: int) -> price_pb2.PricedProduct:
        return price_pb2.PricedProduct(
            platform=PLATFORMS[seller % len(PLATFORMS)],
            seller=f"shop-{product}-{seller}",
            brand="Haolin",
            model=_model(product),
            spec="1.7 l",
            condition=listing_pb2.CONDITION_NEW,
            territory="CN",
        )

    def _money(self, product: int) -> Money:
        cents = 9900 + 37 * product + self._random.randrange(-1500, 1500)
        return Money(currency_code="CNY", units=cents // 100, nanos=cents % 100 * 10_000_000)

    def _order_steps(self) -> Iterator[order_pb2.OrderEvent]:
        """Steps of all orders without end, the earliest first; a new order begins about every minute."""
        waiting: list[tuple[datetime, int, order_pb2.OrderEvent]] = []
        started = self._now - timedelta(days=60)
        for number in count(1):
            started += timedelta(seconds=self._random.randrange(40))
            for event in self._order(f"order-{number:09}", started):
                heapq.heappush(waiting, (event.happened_at.ToDatetime(UTC), next(self._numbers), event))
            while waiting[0][0] <= started:
                yield heapq.heappop(waiting)[2]

    def _order(self, order_id: str, paid_at: datetime) -> Iterator[order_pb2.OrderEvent]:
        listing_id, supplier_id = self._random.choice(self._listing_ids)
        steps: Sequence[tuple[order_pb2.OrderEventKind.ValueType, int]] = _STEPS
        if self._random.random() < 1 / 50:
            steps = (*steps, (order_pb2.ORDER_EVENT_KIND_COMPLAINT, 90))
        elif self._random.random() < 1 / 20:
            steps = (*steps, (order_pb2.ORDER_EVENT_KIND_RETURNED, 120))
        for kind, hours in steps:
            yield order_pb2.OrderEvent(
                event_id=f"{order_id}/{kind}",
                order_id=order_id,
                listing_id=listing_id,
                supplier_id=supplier_id,
                buyer_id=f"buyer-of-{order_id}",
                kind=kind,
                happened_at=_stamp(
                    paid_at + timedelta(hours=hours, minutes=self._random.randrange(240) if hours else 0)
                ),
                quantity=1,
                paid=self._money(0) if kind == order_pb2.ORDER_EVENT_KIND_PAID else None,
                cause=order_pb2.COMPLAINT_CAUSE_NOT_AS_DESCRIBED
                if kind == order_pb2.ORDER_EVENT_KIND_COMPLAINT
                else order_pb2.COMPLAINT_CAUSE_UNSPECIFIED,
            )

    def _request_id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))


def _model(product: int) -> str:
    return f"HL-{1000 + product}"


def _stamp(moment: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp
