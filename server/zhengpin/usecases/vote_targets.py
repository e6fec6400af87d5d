"""What votes speak of, as the catalogue knows it: what it comes from, and whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from zhengpin.domain.brand import Brand, normalised_name
from zhengpin.domain.vote import OF_ONE_LISTING, Target, TargetKind
from zhengpin.domain.vote_tally import ListingOrigin
from zhengpin.errors import NotFound
from zhengpin.storage.listing_targets import product_of
from zhengpin.storage.work import Reader

LEAST_CERTAINTY: Final = 0.1
"""What fewer of a target's suppliers say is no parent of it: a brand has many factories."""
OWNED_FROM: Final = 0.5
"""The certainty from which on the owner of a product's brand, or its factory, owns the product too."""

_CATEGORY, _FACTORY, _ORIGIN = map(attrgetter, ("category", "factory_id", "origin"))


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """A target that the catalogue knows, or that was voted on when it did."""

    target: Target
    offered_as: tuple[Target, ...]
    """As what listings name it: a brand by each of its names (`storage.listing_targets`)."""
    category: str = ""
    """By most of its suppliers."""
    origin: str = ""
    """The place that most of them name."""
    parents: tuple[tuple[Target, float], ...] = ()
    """What it comes from, each with the share of its suppliers that say so, however many listings they have."""
    owners: frozenset[str] = frozenset()
    """Suppliers whose own it is."""


class TargetFinder:
    """Finds targets; what was found once is not looked up again."""

    def __init__(self, reader: Reader) -> None:
        """Look in this state of the store."""
        self._reader = reader
        self._found: dict[Target, KnownTarget] = {}
        self._brands: dict[str, Brand] = {}

    def find(self, asked: Target) -> KnownTarget:
        """What is known of a target; raises `NotFound` for what nobody has told of.

        A product may be named by one listing of it: `listing:` and the listing's id.
        """
        known = self._found.get(asked)
        if known is None:
            known = self._look_up(asked)
            self._found |= {asked: known, known.target: known}
        return known

    def _look_up(self, asked: Target) -> KnownTarget:
        match asked.kind:
            case TargetKind.PRODUCT if asked.key.startswith(OF_ONE_LISTING):
                return self._listed(asked.key.removeprefix(OF_ONE_LISTING))
            case TargetKind.BRAND:
                return self._brand(asked)
            case _:
                return self._named(asked)

    def _listed(self, listing_id: str) -> KnownTarget:
        offering = self._reader.listings.offerings((listing_id,)).get(listing_id)
        if offering is None:
            raise NotFound("listing", listing_id)
        target = Target(TargetKind.PRODUCT, product_of(listing_id, offering.product_key))
        return self._described(target, (target,), self._reader.listing_targets.origins(target))

    def _brand(self, target: Target) -> KnownTarget:
        brand = self._brands.get(target.key) or self._reader.brands.by_ids((target.key,)).get(target.key)
        if brand is None:
            raise NotFound("brand", target.key)
        names = sorted({normalised_name(name) for name in (brand.name, *brand.aliases)} - {""})
        offered_as = tuple(Target(TargetKind.BRAND, name) for name in names)
        said = [origin for name in offered_as for origin in self._reader.listing_targets.origins(name)]
        return self._described(target, offered_as, said, frozenset({brand.owner_id}) - {""})

    def _named(self, target: Target) -> KnownTarget:
        """A product, a factory or a place, as listings name it."""
        said = self._reader.listing_targets.origins(target)
        if not said and not self._is_known_otherwise(target):
            raise NotFound(target.kind, target.key)
        owners = frozenset({target.key} if target.kind is TargetKind.FACTORY else ())
        return self._described(target, (target,), said, owners)

    def _is_known_otherwise(self, target: Target) -> bool:
        """Whether it is a supplier, or was voted on while listings offered it."""
        if target.kind is TargetKind.FACTORY and self._reader.suppliers.without_shops((target.key,)):
            return True
        return bool(self._reader.vote_tallies.find_many((target,)))

    def _described(
        self,
        target: Target,
        offered_as: tuple[Target, ...],
        said: Sequence[ListingOrigin],
        owners: frozenset[str] = frozenset(),
    ) -> KnownTarget:
        brands = self._brands_in(said) if target.kind is TargetKind.PRODUCT else {}
        parents = tuple(_parents(target.kind, said, brands))
        if target.kind is TargetKind.PRODUCT:
            owners = frozenset(_owners(parents, said, {brand.brand_id: brand for brand in brands.values()}))
        category, origin = (_most_said(said, part) for part in (_CATEGORY, _ORIGIN))
        return KnownTarget(target, offered_as, category, origin, parents, owners)

    def _brands_in(self, said: Sequence[ListingOrigin]) -> dict[str, Brand]:
        """The registered brands that listings name, by the normalised name."""
        found = self._reader.brands.by_names({each.brand for each in said})
        named = {name: brands[0] for name, brands in found.items()}
        self._brands |= {brand.brand_id: brand for brand in named.values()}
        return named


def _parents(
    kind: TargetKind, said: Sequence[ListingOrigin], brands: dict[str, Brand]
) -> Iterator[tuple[Target, float]]:
    """A product comes from brand, factory and place, a brand from factories and places, a factory from a place."""

    def brand_id(each: ListingOrigin) -> str:
        return brands[each.brand].brand_id if each.brand in brands else ""

    if kind is TargetKind.PRODUCT:
        yield from _shares(TargetKind.BRAND, said, brand_id)
    if kind in {TargetKind.PRODUCT, TargetKind.BRAND}:
        yield from _shares(TargetKind.FACTORY, said, _FACTORY)
    if kind is not TargetKind.ORIGIN:
        yield from _shares(TargetKind.ORIGIN, said, _ORIGIN)


def _shares(
    kind: TargetKind, said: Sequence[ListingOrigin], part: Callable[[ListingOrigin], str]
) -> Iterator[tuple[Target, float]]:
    """What suppliers say of one kind of parent, the surest first."""
    total = sum(each.suppliers for each in said)
    for key, suppliers in sorted(_counted(said, part).items(), key=lambda each: (-each[1], each[0])):
        if suppliers >= LEAST_CERTAINTY * total:
            yield Target(kind, key), suppliers / total


def _owners(
    parents: Sequence[tuple[Target, float]], said: Sequence[ListingOrigin], brands: dict[str, Brand]
) -> Iterator[str]:
    """Whose own a product is: its brand's owner's, its factory's, and of whoever alone offers it."""
    for parent, certainty in parents:
        if certainty >= OWNED_FROM and parent.kind is TargetKind.FACTORY:
            yield parent.key
        if certainty >= OWNED_FROM and parent.kind is TargetKind.BRAND and brands[parent.key].owner_id:
            yield brands[parent.key].owner_id
    sellers = {each.sole_supplier_id for each in said}
    if len(sellers) == 1 and sellers != {""}:
        yield from sellers


def _most_said(said: Sequence[ListingOrigin], part: Callable[[ListingOrigin], str]) -> str:
    """What most suppliers say; of two that as many say, the first in the alphabet."""
    counts = _counted(said, part)
    return min(counts, key=lambda key: (-counts[key], key), default="")


def _counted(said: Sequence[ListingOrigin], part: Callable[[ListingOrigin], str]) -> dict[str, float]:
    """How many suppliers say what; those that say nothing are left out."""
    counts: defaultdict[str, float] = defaultdict(float)
    for each in said:
        if key := part(each):
            counts[key] += each.suppliers
    return counts
