"""Keys that name the same product, found among all listings at once and read with every baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
class JoinedProductReader:
    """Finds what the listings of one marketplace join."""

    scope: Scope

    def listings(self) -> int:
        """How many listings are on offer."""
        return int(self.scope.row(_COUNT).listings)

    def found(self, advance: Advance) -> dict[str, str]:
        """The other key of each product that has two by the listings on offer, both ways."""
        return joined_keys(self._on_offer(advance))

    def _on_offer(self, advance: Advance) -> Iterator[Listing]:
        for row in self.scope.stream(_BODIES):
            yield codec.LISTING.from_text(row.body)
            advance(1)


class JoinedProducts(JoinedProductReader):
    """The joined products of one marketplace, put right in a unit of work."""

    __slots__ = ()

    def become(self, joined: Mapping[str, str]) -> Differences:
        """Join these keys and no others; a second time changes nothing."""
        fresh = ({"product_key": key, "joined_key": joined[key]} for key in sorted(joined))
        return correct(self.scope, tables.joined_products, fresh, self._stored())

    def _stored(self) -> list[dict[str, Any]]:
        """All at once: they change while they are walked through. Memory holds as many that are found."""
        rows = select(_JOINED.product_key, _JOINED.joined_key).where(_JOINED.marketplace == HERE)
        ordered = rows.order_by(self._by_code_point(_JOINED.product_key))
        stored = self.scope.rows_asked(ordered)
        return [{"product_key": row.product_key, "joined_key": row.joined_key} for row in stored]

    def _by_code_point(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """As Python orders texts; PostgreSQL would order them as people of a country do."""
        return collate(column, "C") if self.scope.connection.dialect.name == "postgresql" else column
