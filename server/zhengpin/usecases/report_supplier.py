"""Tell a supplier how it stands: its score, what went wrong with its orders, its rank, and its prices and sales."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Final

from zhengpin.detectors.market import Market, market_of, stratum_of
from zhengpin.detectors.matching import query_for, units
from zhengpin.detectors.prices import single_unit_price
from zhengpin.domain.money import NANOS, Money
from zhengpin.domain.order_counts import OrderCounts
from zhengpin.domain.price import PriceChannel
from zhengpin.domain.scored_supplier import ScoredSupplier
from zhengpin.domain.snapshot import Snapshot, SnapshotQuery
from zhengpin.domain.supplier_report import CategoryRank, OrderTrouble, ProductPosition, SupplierReport, TroubleShare
from zhengpin.domain.supplier_score import ComponentName
from zhengpin.storage.orders import ListingSales
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader
from zhengpin.suppliers.score.forecast import late_chance
from zhengpin.suppliers.score.standards import PLACE
from zhengpin.suppliers.score.sums import fade
from zhengpin.usecases.read_supplier_scores import TREND, ReadSupplierScores

TROUBLE_DAYS: Final = 90
SALES_DAYS: Final = 30
MOST_PRODUCTS: Final = 20
MOST_PEERS: Final = 300
"""Of a larger category so many stand for all."""
FEWEST_PEERS: Final = 5
"""With orders: what fewer of them had might be known for that of one."""
MOST_OF_ONE: Final = 0.5
"""Of all orders of the peers: what one with more of them had is nearly what all of them had."""

_COUNTS: Final[Mapping[OrderTrouble, Callable[[OrderCounts], int]]] = {
    OrderTrouble.COMPLAINED_OF: attrgetter("distinct_complaining_orders"),
    OrderTrouble.RETURNED: attrgetter("returned"),
    OrderTrouble.REFUNDED: attrgetter("refunded"),
    OrderTrouble.CALLED_FAKE: attrgetter("fake_complaints"),
    OrderTrouble.NOT_AS_DESCRIBED: attrgetter("not_as_described"),
    OrderTrouble.CALLED_DEFECTIVE: attrgetter("called_defective"),
    OrderTrouble.CALLED_LATE: attrgetter("called_late"),
    OrderTrouble.CHANGED_MIND: attrgetter("changed_mind"),
    OrderTrouble.OTHER_CAUSE: attrgetter("other_cause"),
    OrderTrouble.LATE: attrgetter("shipped_late"),
    OrderTrouble.CANCELLED: attrgetter("cancelled"),
}


class ReportSupplier:
    """Reports as of now."""

    def __init__(self, store: Store, scores: ReadSupplierScores, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._scores = scores
        self._clock = clock

    def __call__(self, marketplace: str, supplier_id: str) -> SupplierReport:
        """One supplier's report; NotFound for one that is not stored."""
        now = self._clock()
        score = self._scores.get(marketplace, supplier_id)
        with self._store.read(marketplace) as reader:
            stood = reader.supplier_scores.find_many((supplier_id,)).get(supplier_id)
            category = stood.evidence.category if stood else reader.offered_goods.of(supplier_id).category
            counts = reader.orders.counts_of_suppliers((supplier_id,), now, TROUBLE_DAYS).get(supplier_id)
            peers = _peers(reader, category, supplier_id, now)
            return SupplierReport(
                name=reader.suppliers.without_shops((supplier_id,))[supplier_id].name,
                score=score,
                trend=tuple(reader.supplier_scores.trend(supplier_id, TREND)),
                orders=counts.orders if counts else 0,
                troubles=tuple(_troubles(counts, peers)) if counts else (),
                peers=len(peers),
                rank=_rank(reader, stood) if stood else None,
                products=tuple(_products(reader, supplier_id, now)),
                late_chance=self._late_chance(marketplace, reader, stood, now) if stood else None,
                as_of=now,
            )

    def _late_chance(self, marketplace: str, reader: Reader, stood: ScoredSupplier, now: datetime) -> float | None:
        """By the priors that its score was made with."""
        components = fade(stood.evidence.sums, now)
        if not any(components[PLACE[ComponentName.DELIVERY]]):
            return None
        table = self._scores.table(marketplace, reader, stood.priors)
        return late_chance(components, table.of(stood.evidence.category))


def _peers(reader: Reader, category: str, supplier_id: str, now: datetime) -> list[OrderCounts]:
    """What others of the category had to do with their orders; nothing where one of them might be known by it."""
    if not category:
        return []
    others = set(reader.supplier_scores.sample(category, MOST_PEERS)) - {supplier_id}
    found = [*reader.orders.counts_of_suppliers(others, now, TROUBLE_DAYS).values()]
    orders = [each.orders for each in found]
    return found if len(found) >= FEWEST_PEERS and max(orders) <= MOST_OF_ONE * sum(orders) else []


def _troubles(own: OrderCounts, peers: list[OrderCounts]) -> Iterator[TroubleShare]:
    orders = sum(each.orders for each in peers)
    for trouble, count_of in _COUNTS.items():
        usual = sum(map(count_of, peers)) / orders if orders else None
        yield TroubleShare(trouble, count_of(own), count_of(own) / own.orders, usual)


def _rank(reader: Reader, stood: ScoredSupplier) -> CategoryRank | None:
    category = stood.evidence.category
    if not category:
        return None
    place = reader.supplier_scores.place(category, stood.stands.points)
    return CategoryRank(category, place.better + 1, place.scored)


def _products(reader: Reader, supplier_id: str, now: datetime) -> Iterator[ProductPosition]:
    """The best selling listings, each beside the market that a screening would compare it with."""
    sales = reader.orders.best_selling(supplier_id, now, SALES_DAYS, MOST_PRODUCTS)
    stored = reader.listings.find_many([each.listing_id for each in sales])
    queries = [query_for(stored[each.listing_id].listing) for each in sales]
    snapshots = reader.snapshots.read_many(queries, now)
    for sold, query, snapshot in zip(sales, queries, snapshots, strict=True):
        yield _position(sold, query, snapshot)


def _position(sold: ListingSales, query: SnapshotQuery, snapshot: Snapshot) -> ProductPosition:
    listing = query.listing
    price = single_unit_price(listing, units(listing))
    market = _market(query, snapshot, price) if price else None
    median = market.spread.median if market and market.spread else None
    return ProductPosition(
        listing_id=listing.listing_id,
        title=listing.title,
        price=price,
        market_price=Money(price.currency, round(median * NANOS)) if price and median else None,
        market_sellers=market.sellers if market else 0,
        units=sold.units,
        units_before=sold.units_before,
    )


def _market(query: SnapshotQuery, snapshot: Snapshot, price: Money) -> Market | None:
    stratum = stratum_of(query.listing, query.product_key, PriceChannel.SINGLE, price.currency)
    return market_of(snapshot.baselines, stratum, query.listing.supplier_id, snapshot.as_of) if stratum else None
