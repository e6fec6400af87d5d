"""An index of a register that grows: what came since is indexed beside what was there."""

from __future__ import annotations

from zhengpin.detectors.lookalikes.index import BrandIndex
from zhengpin.domain.brand import Brand
from zhengpin.domain.look_alike import LookAlike

_FEW = 200
_SHARE = 10
"""A part of the register: with more new brands than either, all are indexed anew."""


class GrowingIndex:
    """Brands and their indexes. It never changes: safe to share between threads."""

    def __init__(
        self, brands: frozenset[Brand], later: frozenset[Brand] = frozenset(), index: BrandIndex | None = None
    ) -> None:
        """Index the brands, if they have no index yet, and those that came later."""
        self._first = brands
        self._brands = brands | later
        first = BrandIndex(_in_order(brands)) if index is None else index
        self._layers = (first, BrandIndex(_in_order(later))) if later else (first,)

    def grown_to(self, brands: frozenset[Brand]) -> GrowingIndex:
        """Index all these brands, using what is indexed as far as it still holds."""
        if brands == self._brands:
            return self
        later = brands - self._first
        if not self._first <= brands or len(later) > max(_FEW, len(brands) // _SHARE):
            return GrowingIndex(brands)
        return GrowingIndex(self._first, later, self._layers[0])

    def find(self, name: str) -> LookAlike | None:
        """Find the brand that a name imitates, as `BrandIndex.find` does."""
        own = next((layer for layer in self._layers if name in layer), None)
        return own.find(name) if own else _likest([layer.find(name) for layer in self._layers])

    def find_at_start(self, title: str) -> LookAlike | None:
        """Find the brand that the first words of a title imitate, as `BrandIndex.find_at_start` does."""
        if any(layer.is_named_at_start(title) for layer in self._layers):
            return None
        return _likest([layer.find_at_start(title) for layer in self._layers])


def _in_order(brands: frozenset[Brand]) -> list[Brand]:
    """The same brands make the same index in every process."""
    return sorted(brands, key=lambda brand: brand.brand_id)


def _likest(found: list[LookAlike | None]) -> LookAlike | None:
    return max(filter(None, found), key=lambda each: (each.similarity, each.name), default=None)
