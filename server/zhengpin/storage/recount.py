"""What is kept up to date as facts come in, made anew from the recorded facts and compared with what is stored.

What is read is one snapshot; what differs is written beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Table, and_, collate, func, select

from zhengpin.domain.price import PriceChannel
from zhengpin.storage import codec, tables
from zhengpin.storage.allegations import allegations_in
from zhengpin.storage.correction import Differences, Row, correct
from zhengpin.storage.fresh_summaries import fresh_baselines, fresh_buyer_days, fresh_days, fresh_lines
from zhengpin.storage.observations import observation_from_row
from zhengpin.storage.order_sums import Counted
from zhengpin.storage.price_intake import own_row
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

Advance: TypeAlias = Callable[[int], None]
"""Told how many recorded facts were read."""


@dataclass(frozen=True, slots=True)
class Recount:
    """One marketplace: read from a snapshot, corrected in a unit of work that nobody writes beside."""

    snapshot: Scope
    work: Scope
    advance: Advance

    def order_lines(self) -> Differences:
        """The lines of orders, from their events."""
        events = self._read(tables.order_events, "order_id", "event_id")
        return self._correct(tables.order_lines, fresh_lines(map(self._seen, events)))

    def order_days(self) -> Differences:
        """What orders add up to a day, from their lines."""
        by_listing = self._read(tables.order_lines, "listing_id", "order_id", "supplier_id")
        by_supplier = self._read(tables.order_lines, "supplier_id", "order_id", "listing_id")
        rows = chain(
            fresh_days(Counted.LISTING, map(self._seen, by_listing), "listing_id"),
            fresh_days(Counted.SUPPLIER, by_supplier, "supplier_id"),
        )
        return self._correct(tables.order_days, rows)

    def buyer_days(self) -> Differences:
        """What each buyer's orders of a supplier add up to a day, from their lines."""
        lines = self._read(tables.order_lines, "supplier_id", "order_id", "listing_id")
        return self._correct(tables.buyer_days, fresh_buyer_days(map(self._seen, lines)))

    def listing_sales(self) -> Differences:
        """What listings ever sold, from their days."""
        days = tables.order_days.c
        sold = (
            select(days.subject.label("listing_id"), func.sum(days.units).label("units"))
            .where(days.marketplace == HERE, days.subject_kind == Counted.LISTING.value)
            .group_by(days.subject)
            .having(func.sum(days.units) != 0)
            .order_by(self._ordered(days.subject))
        )
        rows = ({"listing_id": row.listing_id, "units": int(row.units)} for row in self.snapshot.stream(sold))
        return self._correct(tables.listing_sales, map(self._seen, rows))

    def fake_allegations(self) -> Differences:
        """What calls goods fake, from the words of the events."""
        events = map(self._seen, self._read(tables.order_events, "event_id"))
        told = (codec.ORDER_EVENT.from_text(row.body) for row in events)
        return self._correct(tables.fake_allegations, allegations_in(told))

    def baselines(self) -> Differences:
        """The latest price of each seller, from the observations."""
        observations = self._read(tables.price_observations, "product_key", "observation_id")
        return self._correct(tables.baselines, fresh_baselines(map(self._seen, observations)))

    def prices_before(self) -> Differences:
        """What listings cost before they were told, from the observations; what they ask themselves stays."""
        told, listings = tables.price_observations.c, tables.listings.c
        named = and_(listings.marketplace == HERE, listings.listing_id == told.listing_id)
        earlier = (
            select(tables.price_observations)
            .select_from(tables.price_observations.join(tables.listings, named))
            .where(
                told.marketplace == HERE,
                told.channel == PriceChannel.SINGLE.value,
                told.captured_at < listings.first_seen_at,
            )
            .order_by(self._ordered(listings.listing_id), told.captured_at, self._ordered(told.observation_id))
        )
        rows = (own_row(observation_from_row(row)) for row in self.snapshot.stream(earlier))
        recorded = tables.listing_prices.c.observation_id != ""
        return self._correct(tables.listing_prices, map(self._seen, rows), recorded)

    @property
    def _dialect(self) -> str:
        return self.snapshot.connection.dialect.name

    def _seen(self, fact: Any) -> Any:
        self.advance(1)
        return fact

    def _read(self, table: Table, *order: str, only: ColumnElement[bool] | None = None) -> Iterator[Any]:
        rows = select(table).where(table.c.marketplace == HERE, *(() if only is None else (only,)))
        return self.snapshot.stream(rows.order_by(*(self._ordered(table.c[name]) for name in order)))

    def _ordered(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """By code points, as Python orders texts; PostgreSQL would order them as people of a country do."""
        is_text = column.type.python_type is str
        return collate(column, "C") if is_text and self._dialect == "postgresql" else column

    def _correct(self, table: Table, fresh: Iterable[Row], only: ColumnElement[bool] | None = None) -> Differences:
        names = [column.name for column in table.columns][1:]
        keys = [column.name for column in table.primary_key][1:]
        stored = ({name: getattr(row, name) for name in names} for row in self._read(table, *keys, only=only))
        return correct(self.work, table, fresh, stored)
