"""Who belongs together with whom: edges with their evidence, and rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import delete, func, select

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.ring import Edge
from zhengpin.domain.vote import TargetKind
from zhengpin.storage import codec
from zhengpin.storage import supplier_tables as tables
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among
from zhengpin.storage.tables import authorisations
from zhengpin.storage.vote_tables import listing_targets

Pair: TypeAlias = tuple[str, str]
"""Two suppliers in alphabetical order."""

_EDGES = tables.supplier_edges.c
_MEMBERS = tables.ring_members.c

_ENDS = (among(tables.supplier_edges, "ids", "one_id"), among(tables.supplier_edges, "ids", "other_id"))
_BARE = select(_EDGES.one_id, _EDGES.other_id, _EDGES.probability, _EDGES.certain, _EDGES.weak)
_WHOLE = _BARE.add_columns(_EDGES.evidence)
_PAIRS_OF = tuple(select(_EDGES.one_id, _EDGES.other_id).where(end) for end in _ENDS)
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

    def linked(self, supplier_ids: Collection[str]) -> frozenset[Pair]:
        """Which pairs with one of the suppliers there is an edge between."""
        return frozenset((row.one_id, row.other_id) for row in self._either_end(_PAIRS_OF, supplier_ids))

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
