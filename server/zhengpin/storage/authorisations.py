"""The authorisation graph: who lets whom sell a brand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import CTE, FromClause, Select, and_, func, literal, select

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.paper_holder import PaperHolder
from zhengpin.storage import codec, tables
from zhengpin.storage.handed_in import note_files
from zhengpin.storage.lookups import starting_from
from zhengpin.storage.paper_holders import first_holders, holder_of
from zhengpin.storage.revisions import Topic, raise_revision
from zhengpin.storage.scope import Scope
from zhengpin.storage.sets import HERE, among, each

Holders: TypeAlias = frozenset[PaperHolder]

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


def _files() -> Select[Any]:
    """For each licensee within a brand: the files of its letters, and who holds them."""
    asked, own = each("pairs", "supplier_id", "brand_id"), tables.authorisations.alias("own")
    is_own = and_(
        own.c.marketplace == HERE,
        own.c.licensee_id == asked.c.supplier_id,
        own.c.brand_id == asked.c.brand_id,
        own.c.document_sha256 != "",
    )
    letters = select(asked.c.supplier_id, asked.c.brand_id, own.c.document_sha256.label("sha256"))
    return first_holders(letters.distinct().select_from(starting_from(asked, own, is_own)).subquery())


_PATHS = _paths()
_FILES = _files()
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

    def sharing_documents(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[Holders, ...]]:
        """Who holds each letter of the supplier's for the brand, the supplier included.

        By pair of supplier and brand; letters that are nobody else's, and pairs without others, are left out.
        """
        found: defaultdict[tuple[str, str], defaultdict[str, set[PaperHolder]]] = defaultdict(lambda: defaultdict(set))
        for row in self.scope.rows(_FILES, pairs=pairs) if pairs else ():
            found[row.supplier_id, row.brand_id][row.sha256].add(holder_of(row))
        shared = {pair: tuple(map(frozenset, _of_several(files.values()))) for pair, files in found.items()}
        return {pair: files for pair, files in shared.items() if files}


def _of_several(files: Iterable[set[PaperHolder]]) -> Iterator[set[PaperHolder]]:
    return (holders for holders in files if len(holders) > 1)


@dataclass(frozen=True, slots=True)
class Authorisations(AuthorisationReader):
    """The authorisation graph, to be read and changed."""

    def upsert_many(self, authorisations: Sequence[Authorisation]) -> None:
        """Store edges, or replace them."""
        raise_revision(self.scope, Topic.STANDINGS)
        note_files(self.scope, ((edge.document_sha256, edge.licensee_id) for edge in authorisations))
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
