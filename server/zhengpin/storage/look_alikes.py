"""Names that imitate registered brands, looked up in an index of the whole register that the process keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from zhengpin.detectors.lookalikes import GrowingIndex, start_of
from zhengpin.domain.brand import Brand
from zhengpin.domain.listing import Listing
from zhengpin.domain.look_alike import LookAlike
from zhengpin.storage import codec, tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

MOST_INDEXED = 30_000
"""Brands. In a larger register nothing is looked for."""
_BODIES = select(tables.brands.c.body).where(tables.brands.c.marketplace == HERE).limit(MOST_INDEXED + 1)
_ALL = "all"
_AT_ANY_REVISION = 0

_Asked = tuple[str, str]
"""What a listing's brand field says, and how its title begins; only one of them."""


class LookAlikes:
    """What names imitate, by the register at one revision."""

    def __init__(self, scope: Scope, revision: int) -> None:
        """Rely on what is remembered at this revision."""
        self._scope = scope
        self._revision = revision

    def of(self, listings: Sequence[Listing]) -> list[LookAlike | None] | None:
        """What each listing imitates by its brand field, or without one by how its title begins.

        `None` if the register is empty, or too large to tell. None of the listings names a registered brand.
        """
        index = self._scope.memory.notes("look-alike index", self._revision).look_up((_ALL,), self._index, None)[_ALL]
        if index is None:
            return None
        asked = [(listing.brand, "" if listing.brand else start_of(listing.title)) for listing in listings]

        def look_up(keys: Collection[_Asked]) -> Mapping[_Asked, LookAlike | None]:
            return {key: index.find(key[0]) if key[0] else index.find_at_start(key[1]) for key in keys}

        found = self._scope.memory.notes("look-alikes", self._revision).look_up(set(asked), look_up, None)
        return [found[each] for each in asked]

    def _index(self, _: Collection[str]) -> Mapping[str, GrowingIndex | None]:
        bodies = [row[0] for row in self._scope.rows(_BODIES)]
        if not 0 < len(bodies) <= MOST_INDEXED:
            return {_ALL: None}
        brands = frozenset(_known_by_name(codec.BRAND.from_text(body)) for body in bodies)
        # An index holds for its own brands, whatever the revision: the next one takes over what it can.
        latest = self._scope.memory.notes("latest look-alike index", _AT_ANY_REVISION)
        known: GrowingIndex | None = latest.get(_ALL)
        index = known.grown_to(brands) if known else GrowingIndex(brands)
        latest.add(_ALL, index)
        return {_ALL: index}


def _known_by_name(brand: Brand) -> Brand:
    """A brand with nothing but its names, so that a change of anything else leaves the index as it is."""
    return Brand(brand.brand_id, brand.name, brand.aliases)
