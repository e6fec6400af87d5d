"""Who may sell which brand, as far as its letters and the marketplace's own checks tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhengpin.detectors.authorisation import Place, standing_of
from zhengpin.detectors.local_day import today_in
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.storage.authorisations import AuthorisationReader
from zhengpin.storage.revisions import Revisions
from zhengpin.storage.scope import Scope
from zhengpin.storage.suppliers import SupplierReader

Pair = tuple[str, str]
"""A supplier and a brand."""


@dataclass(frozen=True, slots=True)
class Licences:
    """What stands behind some sellers at one moment."""

    edges: Mapping[Pair, tuple[Authorisation, ...]]
    official: Mapping[str, bool]
    """Whether a seller runs an official store; it must be known of those that hold a letter."""
    as_of: datetime

    def may_sell(self, seller: str, brand: Brand, place: Place) -> bool:
        """Whether the seller may sell the brand today: what `brand.authorised` says of a listing of its own."""
        edges = self.edges.get((seller, brand.brand_id), ())
        if not edges:
            return bool(brand.owner_id) and seller == brand.owner_id
        today = today_in(place.territory, self.as_of)
        official = self.official[seller]
        return standing_of(edges, brand.owner_id, seller, place, today, official_store=official).authorised is True


def read_edges(scope: Scope, pairs: set[Pair], revisions: Revisions) -> dict[Pair, tuple[Authorisation, ...]]:
    """The edges from which paths to a supplier within a brand may be made; most pairs have none and are left out."""
    authorisations = AuthorisationReader(scope)

    def read(asked: Collection[Pair]) -> Mapping[Pair, tuple[Authorisation, ...]]:
        # Most sellers hold no letter at all, and to look for paths is dearer than to see that.
        return authorisations.paths_to_many(authorisations.licensees_among(asked))

    return scope.memory.notes("edges", revisions.standings).look_up_few(pairs, read)


def read_official(scope: Scope, sellers: Collection[str], revisions: Revisions) -> dict[str, bool]:
    """Whether each seller runs an official store."""
    suppliers = SupplierReader(scope)

    def read(asked: Collection[str]) -> Mapping[str, bool]:
        return dict.fromkeys(suppliers.with_official_store(asked), True)

    return scope.memory.notes("official stores", revisions.standings).look_up(sellers, read, False)
