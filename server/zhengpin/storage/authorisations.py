"""The authorisation graph: who lets whom sell a brand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, FromClause, Select, and_, func, literal, select

from zhengpin.domain.brand import Authorisation
from zhengpin.storage import codec, tables
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each, starting_from

MAX_LEVELS = 10
MAX_EDGES = 500

_EDGES = tables.authorisations.c


def _paths() -> Select[tuple[str, str, str]]:
    """Edges reachable backwards from each licensee within a brand, nearest first, each with the pair it belongs to."""
    asked = each("pairs", "supplier_id", "brand_id")
    start = select(asked.c.supplier_id.label("root"), asked.c.brand_id, asked.c.supplier_id, literal(1).label("level"))
    # UNION drops what the same level reached before; the limit on levels ends every cycle.
    reached = start.cte("reached", recursive=True)
    reached = reached.union(
        select(reached.c.root, reached.c.brand_id, _EDGES.licensor_id, reached.c.level + 1)
        .select_from(_edges_to(reached))
        .where(reached.c.level < MAX_LEVELS)
    )
    edges = (
        select(reached.c.root, reached.c.brand_id, _EDGES.authorisation_id, func.min(reached.c.level).label("level"))
        .select_from(_edges_to(reached))
        .group_by(reached.c.root, reached.c.brand_id, _EDGES.authorisation_id)
        .subquery()
    )
    nearness = func.row_number().over(
        partition_by=(edges.c.root, edges.c.brand_id), order_by=(edges.c.level, edges.c.authorisation_id)
    )
    ranked = select(edges, nearness.label("nearness")).subquery()
    same = and_(_EDGES.marketplace == HERE, _EDGES.authorisation_id == ranked.c.authorisation_id)
    return (
        select(ranked.c.root, ranked.c.brand_id, _EDGES.body)
        .select_from(starting_from(ranked, tables.authorisations, same))
        .where(ranked.c.nearness <= MAX_EDGES)
        .order_by(ranked.c.root, ranked.c.brand_id, ranked.c.nearness)
    )


def _edges_to(reached: CTE) -> FromClause:
    """What has been reached, with the edges whose licensee it is."""
    leads_there = and_(
        _EDGES.marketplace == HERE, _EDGES.brand_id == reached.c.brand_id, _EDGES.licensee_id == reached.c.supplier_id
    )
    return starting_from(reached, tables.authorisations, leads_there)


def _sharing() -> Select[tuple[str, str, str]]:
    """For each licensee within a brand: the others that hold a letter with the same hash."""
    asked = each("pairs", "supplier_id", "brand_id")
    own, other = tables.authorisations.alias("own"), tables.authorisations.alias("other")
    is_own = and_(
        own.c.marketplace == HERE,
        own.c.licensee_id == asked.c.supplier_id,
        own.c.brand_id == asked.c.brand_id,
        own.c.document_sha256 != "",
    )
    is_other = and_(
        other.c.marketplace == HERE,
        other.c.document_sha256 == own.c.document_sha256,
        other.c.licensee_id != own.c.licensee_id,
    )
    return (
        select(asked.c.supplier_id, asked.c.brand_id, other.c.licensee_id)
        .distinct()
        .select_from(starting_from(starting_from(asked, own, is_own), other, is_other))
    )


_PATHS = _paths()
_SHARING = _sharing()
_LICENSEES = (
    select(_EDGES.licensee_id, _EDGES.brand_id)
    .distinct()
    .where(among(tables.authorisations, "pairs", "licensee_id", "brand_id"))
)


@dataclass(frozen=True, slots=True)
class AuthorisationReader:
    """Authorisations as they are stored."""

    scope: Scope

    def paths_to_many(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[Authorisation, ...]]:
        """Every edge of a brand from which a path to a supplier may be made, the nearest first.

        By pair of supplier and brand; pairs without an edge are left out. Of a pair at most `MAX_LEVELS` levels up and
        `MAX_EDGES` edges; whether the edges hold is for the reader to judge.
        """
        found: defaultdict[tuple[str, str], list[Authorisation]] = defaultdict(list)
        if pairs:
            for supplier_id, brand_id, body in self.scope.rows(_PATHS, pairs=pairs):
                found[supplier_id, brand_id].append(codec.AUTHORISATION.from_text(body))
        return {pair: tuple(edges) for pair, edges in found.items()}

    def licensees_among(self, pairs: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """Those of the pairs of supplier and brand for which there is any letter, whether it holds or not."""
        return frozenset((row[0], row[1]) for row in self.scope.rows(_LICENSEES, pairs=pairs)) if pairs else frozenset()

    def sharing_documents(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
        """Who else holds a letter with the hash of one of the supplier's letters for the brand.

        By pair of supplier and brand; pairs whose letters are nobody else's are left out.
        """
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for supplier_id, brand_id, licensee_id in self.scope.rows(_SHARING, pairs=pairs) if pairs else ():
            found[supplier_id, brand_id].add(licensee_id)
        return {pair: frozenset(licensees) for pair, licensees in found.items()}


@dataclass(frozen=True, slots=True)
class Authorisations(AuthorisationReader):
    """The authorisation graph, to be read and changed."""

    def upsert_many(self, authorisations: Sequence[Authorisation]) -> None:
        """Store edges, or replace them."""
        raise_revision(self.scope, Topic.STANDINGS)
        self.scope.upsert(
            tables.authorisations,
            (
                {
                    "authorisation_id": edge.authorisation_id,
                    "brand_id": edge.brand_id,
                    "licensor_id": edge.licensor_id,
                    "licensee_id": edge.licensee_id,
                    "valid_from": edge.valid_from,
                    "valid_to": edge.valid_to,
                    "document_sha256": edge.document_sha256,
                    "body": codec.AUTHORISATION.to_text(edge),
                }
                for edge in authorisations
            ),
        )
