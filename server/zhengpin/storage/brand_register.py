"""The register of brands as screenings ask for it: who is named, and whose code it is.

Of the names that a title may hold hardly one is a brand's. The process knows which are, and reads no others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Select, select

from zhengpin.domain.brand import Brand, normalised_name
from zhengpin.domain.look_alike import LookAlike
from zhengpin.domain.snapshot import SnapshotQuery
from zhengpin.storage import tables
from zhengpin.storage.brands import BrandReader, company_prefixes
from zhengpin.storage.look_alikes import LookAlikes
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE

MOST_KNOWN = 500_000
"""Names, and prefixes, that a process keeps in mind; of a larger register every name that may be one is read."""


def _all_of(column: Column[str]) -> Select[Any]:
    return select(column).distinct().where(column.table.c.marketplace == HERE).limit(MOST_KNOWN + 1)


_NAMES = _all_of(tables.brand_names.c.name)
_PREFIXES = _all_of(tables.brand_prefixes.c.prefix)


@dataclass(frozen=True, slots=True)
class NamedBrands:
    """The registered brands around one listing."""

    own: Brand | None
    """The brand that the listing names; of two that go by one name, the one with the lower id."""
    others: tuple[Brand, ...]
    """Brands that its title names beside its own, each once, by id."""
    by_gtin: tuple[Brand, ...]
    """The brands that own its code's company prefix."""
    look_alike: LookAlike | None = None
    """What the listing imitates, where it names no registered brand."""
    look_alikes_known: bool = False


class BrandRegister:
    """The registered brands at one revision."""

    def __init__(self, scope: Scope, revision: int) -> None:
        """Rely on what is remembered at this revision."""
        self._reader = BrandReader(scope)
        self._scope = scope
        self._revision = revision

    def named_by(self, queries: Sequence[SnapshotQuery]) -> list[NamedBrands]:
        """The brands around each of the listings."""
        own_names = [normalised_name(query.listing.brand) for query in queries]
        by_name = self._by_names({*own_names}.union(*(query.names for query in queries)))
        by_gtin = self._by_gtins({query.gtin for query in queries} - {""})
        named = [
            _named(own_name, query, by_name, by_gtin.get(query.gtin, ()))
            for query, own_name in zip(queries, own_names, strict=True)
        ]
        unregistered = [query.listing for query, each in zip(queries, named, strict=True) if each.own is None]
        imitated = LookAlikes(self._scope, self._revision).of(unregistered)
        if imitated is None:
            return named
        found = iter(imitated)
        return [
            replace(each, look_alikes_known=True, look_alike=next(found) if each.own is None else None)
            for each in named
        ]

    def _by_names(self, names: Collection[str]) -> Mapping[str, tuple[Brand, ...]]:
        known = self._known("brand names", _NAMES)
        asked = set(names) if known is None else known.intersection(names)
        return self._scope.memory.notes("brands by name", self._revision).look_up(asked, self._reader.by_names, ())

    def _by_gtins(self, gtins: Collection[str]) -> Mapping[str, tuple[Brand, ...]]:
        known = self._known("brand prefixes", _PREFIXES)
        asked = {gtin for gtin in gtins if known is None or not known.isdisjoint(company_prefixes(gtin))}
        return self._scope.memory.notes("brands by GTIN", self._revision).look_up(asked, self._reader.by_gtins, ())

    def _known(self, kind: str, statement: Select[Any]) -> frozenset[str] | None:
        """Every text of the register; `None` where they are too many."""
        notes = self._scope.memory.notes(kind, self._revision)
        known: dict[str, frozenset[str] | None]
        known = notes.look_up((kind,), lambda _: {kind: self._read_all(statement)}, None)
        return known[kind]

    def _read_all(self, statement: Select[Any]) -> frozenset[str] | None:
        texts = frozenset(row[0] for row in self._scope.rows(statement))
        return texts if len(texts) <= MOST_KNOWN else None


def _named(
    own_name: str, query: SnapshotQuery, by_name: Mapping[str, tuple[Brand, ...]], by_gtin: tuple[Brand, ...]
) -> NamedBrands:
    own = next(iter(by_name.get(own_name, ())), None)
    # There are fewer registered names around than names that a title may hold.
    named = {brand.brand_id: brand for name in by_name.keys() & query.names for brand in by_name[name]}
    others = tuple(brand for key, brand in sorted(named.items()) if own is None or key != own.brand_id)
    return NamedBrands(own, others, by_gtin)
