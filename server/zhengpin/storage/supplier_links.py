"""Who belongs together with whom: what links rest on, edges with their evidence, and rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import String, bindparam, delete, func, select

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.ring import Edge
from zhengpin.domain.vote import TargetKind
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.supplier_values import Shared
from zhengpin.storage.tables import authorisations
from zhengpin.storage.vote_tables import listing_targets

Pair: TypeAlias = tuple[str, str]
"""Two suppliers in alphabetical order."""

_TRAITS = tables.supplier_traits.c
_EDGES = tables.supplier_edges.c
_MEMBERS = tables.ring_members.c

_TRAITS_OF = select(_TRAITS.supplier_id, _TRAITS.attribute, _TRAITS.value, _TRAITS.verified).where(
    among(tables.supplier_traits, "ids", "supplier_id")
)
_BEARERS = (
    select(_TRAITS.supplier_id, _TRAITS.verified)
    .where(
        _TRAITS.marketplace == HERE,
        _TRAITS.attribute == bindparam("attribute", type_=String),
        _TRAITS.value == bindparam("value", type_=String),
    )
    .order_by(_TRAITS.verified.desc(), _TRAITS.supplier_id.desc())
    .limit(bindparam("most"))
)
_FORGET_TRAITS = delete(tables.supplier_traits).where(among(tables.supplier_traits, "ids", "supplier_id"))
_ENDS = (among(tables.supplier_edges, "ids", "one_id"), among(tables.supplier_edges, "ids", "other_id"))
_BARE = select(_EDGES.one_id, _EDGES.other_id, _EDGES.probability, _EDGES.certain, _EDGES.weak)
_WHOLE = _BARE.add_columns(_EDGES.evidence)
_EDGES_OF = tuple(_WHOLE.where(end) for end in _ENDS)
_HOLDING = tuple(_BARE.where(end, _EDGES.holds == 1) for end in _ENDS)
_FORGET_EDGES = delete(tables.supplier_edges).where(among(tables.supplier_edges, "pairs", "one_id", "other_id"))
_RINGS_OF = select(_MEMBERS.supplier_id, _MEMBERS.ring_id).where(among(tables.ring_members, "ids", "supplier_id"))
_IN_RINGS = (
    select(_MEMBERS.ring_id, _MEMBERS.supplier_id)
    .where(among(tables.ring_members, "ids", "ring_id"))
    .order_by(_MEMBERS.ring_id, _MEMBERS.supplier_id)
)
_SIZES = select(func.count().label("size")).where(_MEMBERS.marketplace == HERE).group_by(_MEMBERS.ring_id).subquery()
_COUNTS = select(
    select(func.count()).where(_EDGES.marketplace == HERE).scalar_subquery().label("links"),
    select(func.count())
    .where(_EDGES.marketplace == HERE, _EDGES.certain == 1)
    .scalar_subquery()
    .label("certain_links"),
    func.count().label("rings"),
    func.sum(_SIZES.c.size).label("members"),
    func.max(_SIZES.c.size).label("largest_ring"),
).select_from(_SIZES)
_LETTERS = select(authorisations.c.licensor_id, authorisations.c.body).where(
    among(authorisations, "ids", "licensee_id")
)
_NAMED_FACTORIES = (
    select(listing_targets.c.supplier_id, listing_targets.c.target_key)
    .distinct()
    .where(among(listing_targets, "factories", "target_kind", "target_key"))
)
_LEAVE = delete(tables.ring_members).where(among(tables.ring_members, "ids", "supplier_id"))


@dataclass(frozen=True, slots=True)
class SupplierLinkReader:
    """Links as they are stored."""

    scope: Scope

    def traits_of(self, supplier_ids: Collection[str]) -> dict[str, dict[Shared, bool]]:
        """What suppliers shared when they were last linked, and whether it was confirmed to be their own."""
        found: defaultdict[str, dict[Shared, bool]] = defaultdict(dict)
        for row in self.scope.rows(_TRAITS_OF, ids=supplier_ids) if supplier_ids else ():
            found[row.supplier_id][row.attribute, row.value] = bool(row.verified)
        return dict(found)

    def bearers(self, values: Iterable[Shared], most: int) -> dict[Shared, dict[str, bool]]:
        """Who shared each value then, at most so many of each, and whether it was confirmed to be the supplier's own.

        Those of whom it was come first, so that no number of claims hides them. A statement for each value: what a
        million share is read as quickly as what two do.
        """
        return {
            shared: {
                row.supplier_id: bool(row.verified)
                for row in self.scope.rows(_BEARERS, attribute=shared[0], value=shared[1], most=most)
            }
            for shared in values
        }

    def edges_of(self, supplier_ids: Collection[str]) -> list[Edge]:
        """All edges of suppliers, with their evidence."""
        return [
            _edge_from_row(row, codec.LINK_EVIDENCE.from_text(row.evidence))
            for row in self._either_end(_EDGES_OF, supplier_ids)
        ]

    def holding(self, supplier_ids: Collection[str]) -> list[Edge]:
        """Those of their edges that hold rings together, without the evidence."""
        return [_edge_from_row(row) for row in self._either_end(_HOLDING, supplier_ids)]

    def rings_of(self, supplier_ids: Collection[str]) -> dict[str, str]:
        """The rings of those of the suppliers that are in one."""
        rows = self.scope.rows(_RINGS_OF, ids=supplier_ids) if supplier_ids else ()
        return {row.supplier_id: row.ring_id for row in rows}

    def members(self, ring_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Who is in each ring, in alphabetical order; rings that are no more are left out."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.scope.rows(_IN_RINGS, ids=ring_ids) if ring_ids else ():
            found[row.ring_id].append(row.supplier_id)
        return {ring_id: tuple(those) for ring_id, those in found.items()}

    def counts(self) -> dict[str, int]:
        """How many links and rings there are, by what they are."""
        row = self.scope.row(_COUNTS)
        return {
            name: int(getattr(row, name) or 0)
            for name in ("links", "certain_links", "rings", "members", "largest_ring")
        }

    def letters_among(self, supplier_ids: Collection[str]) -> list[Authorisation]:
        """Letters that some of the suppliers hold from others of them."""
        rows = self.scope.rows(_LETTERS, ids=supplier_ids) if supplier_ids else ()
        return [codec.AUTHORISATION.from_text(row.body) for row in rows if row.licensor_id in supplier_ids]

    def named_factories(self, supplier_ids: Collection[str]) -> list[tuple[str, str]]:
        """Which of the suppliers name which others of them as the factory in their listings, the seller first."""
        factories = [(TargetKind.FACTORY, each) for each in supplier_ids]
        rows = self.scope.rows(_NAMED_FACTORIES, factories=factories) if factories else ()
        return [(row.supplier_id, row.target_key) for row in rows if row.supplier_id in supplier_ids]

    def _either_end(self, statements: Iterable[Any], supplier_ids: Collection[str]) -> Collection[Any]:
        """Rows of edges by both ends, each once."""
        if not supplier_ids:
            return ()
        rows = (row for statement in statements for row in self.scope.rows(statement, ids=supplier_ids))
        return {(row.one_id, row.other_id): row for row in rows}.values()


@dataclass(frozen=True, slots=True)
class SupplierLinks(SupplierLinkReader):
    """Links, to be read and changed."""

    def put_traits(self, traits: Mapping[str, Mapping[Shared, bool]]) -> None:
        """Store what suppliers share by now, in place of what they did."""
        if not traits:
            return
        self.scope.change(_FORGET_TRAITS, ids=traits)
        rows = (
            (*shared, supplier_id, int(verified))
            for supplier_id, own in traits.items()
            for shared, verified in own.items()
        )
        self.scope.insert(tables.supplier_traits, rows)

    def put_edges(self, edges: Iterable[tuple[Edge, bool]], gone: Collection[Pair]) -> None:
        """Store edges, each with whether it holds a ring together, and forget others."""
        self.scope.upsert_distinct(tables.supplier_edges, (_row_from_edge(edge, holds) for edge, holds in edges))
        if gone:
            self.scope.change(_FORGET_EDGES, pairs=gone)

    def put_rings(self, rings: Mapping[str, str | None]) -> None:
        """Store the ring of each supplier; `None` is in none."""
        gone = [supplier_id for supplier_id, ring_id in rings.items() if ring_id is None]
        if gone:
            self.scope.change(_LEAVE, ids=gone)
        self.scope.upsert_distinct(tables.ring_members, (each for each in rings.items() if each[1] is not None))


def _row_from_edge(edge: Edge, holds: bool) -> tuple[object, ...]:
    flags = int(edge.certain), int(edge.weak), int(holds)
    return edge.one, edge.other, edge.probability, *flags, codec.LINK_EVIDENCE.to_text(edge.evidence)


def _edge_from_row(row: Any, evidence: Any = ()) -> Edge:
    return Edge(row.one_id, row.other_id, row.probability, bool(row.certain), bool(row.weak), evidence)
