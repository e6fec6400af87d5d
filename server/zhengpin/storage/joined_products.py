"""Keys that name the same product, found among all listings at once and read with every baseline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, collate, func, select

from zhengpin.detectors.products.joining import joined_keys
from zhengpin.domain.listing import Listing
from zhengpin.storage import codec, tables
from zhengpin.storage.correction import Differences, correct
from zhengpin.storage.recount import Advance
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

_JOINED = tables.joined_products.c
_LISTINGS = tables.listings.c
_ON_OFFER = (_LISTINGS.marketplace == HERE, _LISTINGS.deleted_at.is_(None))
_BODIES = select(_LISTINGS.body).where(*_ON_OFFER)
_COUNT = select(func.count().label("listings")).select_from(tables.listings).where(*_ON_OFFER)


@dataclass(frozen=True, slots=True)
class JoinedProducts:
    """One marketplace: its listings read from a snapshot, its joined products put right in a unit of work."""

    snapshot: Scope
    work: Scope

    def listings(self) -> int:
        """How many listings are on offer."""
        return int(self.snapshot.row(_COUNT).listings)

    def renew(self, advance: Advance) -> Differences:
        """Join the products that the listings on offer join, and no others; a second time changes nothing."""
        joined = joined_keys(self._on_offer(advance))
        fresh = ({"product_key": key, "joined_key": joined[key]} for key in sorted(joined))
        return correct(self.work, tables.joined_products, fresh, self._stored())

    def _on_offer(self, advance: Advance) -> Iterator[Listing]:
        for row in self.snapshot.stream(_BODIES):
            yield codec.LISTING.from_text(row.body)
            advance(1)

    def _stored(self) -> Iterator[dict[str, Any]]:
        rows = select(_JOINED.product_key, _JOINED.joined_key).where(_JOINED.marketplace == HERE)
        for row in self.snapshot.stream(rows.order_by(self._by_code_point(_JOINED.product_key))):
            yield {"product_key": row.product_key, "joined_key": row.joined_key}

    def _by_code_point(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """As Python orders texts; PostgreSQL would order them as people of a country do."""
        return collate(column, "C") if self.snapshot.connection.dialect.name == "postgresql" else column
