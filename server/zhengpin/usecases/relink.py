"""The links of some suppliers worked out anew, with all that follows for others: edges, and rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from zhengpin.domain.link_model import LinkModel
from zhengpin.domain.ring import Edge
from zhengpin.storage.supplier_links import Pair
from zhengpin.storage.supplier_values import Shared
from zhengpin.storage.work import Reader, UnitOfWork
from zhengpin.suppliers.rings.linked import LinkedSuppliers
from zhengpin.suppliers.rings.ring_ids import named_rings
from zhengpin.suppliers.rings.weighing import holds, linked_by
from zhengpin.usecases.supplier_traits import traits_by_now
from zhengpin.usecases.weigh_links import Neighbourhood, Traits, is_kept, pairs_among


@dataclass(frozen=True, slots=True)
class Relinked:
    """What is to be written of suppliers whose links were worked out anew."""

    traits: Traits
    edges: tuple[Edge, ...]
    gone: frozenset[Pair]
    rings: dict[str, str | None]
    """`None` for who is in none any more."""

    @property
    def touched(self) -> frozenset[str]:
        """Suppliers some of whose edges were weighed."""
        return frozenset(each for pair in (*(edge.pair for edge in self.edges), *self.gone) for each in pair)

    def write(self, unit: UnitOfWork) -> None:
        """Write all of it in one unit of work."""
        unit.supplier_traits.put(self.traits)
        unit.supplier_links.put_edges(((edge, holds(edge)) for edge in self.edges), self.gone)
        unit.supplier_links.put_rings(self.rings)


def changed_traits(reader: Reader, supplier_ids: Collection[str]) -> dict[str, dict[Shared, bool]]:
    """What those of the suppliers share by now who shared something else when they were last linked."""
    before = reader.supplier_traits.of(supplier_ids)
    now = traits_by_now(reader, supplier_ids)
    return {each: now[each] for each in supplier_ids if now[each] != before.get(each, {})}


def relink(reader: Reader, model: LinkModel, supplier_ids: Collection[str], new_id: Callable[[], str]) -> Relinked:
    """Work out what follows from what is known of suppliers by now; those with whom nothing changed are passed over."""
    changed = changed_traits(reader, supplier_ids)
    around = Neighbourhood(reader, model, changed)
    before = reader.supplier_traits.of(changed)
    return _weighed(around, frozenset(_pairs(around, before)), changed, new_id)


def link_anew(reader: Reader, model: LinkModel, supplier_ids: Collection[str], new_id: Callable[[], str]) -> Relinked:
    """Work out the edges of suppliers with later ones, by id, with a new model: what they share is stored already.

    So a pair is weighed with the page of the earlier one. Stored edges are with both, for somebody of whom nothing is
    known any more is on no page. What was told since is left to `relink`.
    """
    around = Neighbourhood(reader, model, reader.supplier_traits.of(supplier_ids))
    pairs = frozenset((*around.promising(), *reader.supplier_links.linked(supplier_ids)))
    return _weighed(around, pairs, {}, new_id)


def _weighed(around: Neighbourhood, pairs: frozenset[Pair], traits: Traits, new_id: Callable[[], str]) -> Relinked:
    kept = {edge.pair: edge for edge in around.edges(pairs) if is_kept(edge)}
    stored = around.reader.supplier_links.linked({each for pair in pairs for each in pair})
    gone = (pairs & stored) - kept.keys()
    return Relinked(traits, tuple(kept.values()), gone, regrouped(around.reader, kept.values(), gone, new_id))


def _pairs(around: Neighbourhood, before: Traits) -> Iterator[Pair]:
    """Whose edges may differ: those of the suppliers, and of all who share a value that they have come by or lost.

    A value weighs the less the more share it, so that one more who does weakens the links of the others.
    """
    own = {each: (before.get(each, {}), now) for each, now in around.traits.items()}
    values = {value for told in own.values() for each in told for value in each}
    moved = {value for was, now in own.values() for value, _ in was.items() ^ now.items()}
    for bearers in (around.stored_bearers(values), around.bearers(values)):
        for value, those in bearers.items():
            if value in moved:
                yield from pairs_among(those)
            else:
                yield from _pairs_with(own.keys(), linked_by(those))


def _pairs_with(some: Collection[str], linked: Collection[str]) -> Iterator[Pair]:
    return (_pair(one, other) for one in linked if one in some for other in linked if one != other)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def regrouped(
    reader: Reader, edges: Iterable[Edge], gone: Collection[Pair], new_id: Callable[[], str]
) -> dict[str, str | None]:
    """The rings of those whose rings are others once edges are put in and others are gone."""
    fresh = {edge.pair: edge for edge in edges if holds(edge)}
    weighed = {*(edge.pair for edge in edges), *gone}
    stored = {edge.pair: edge for edge in reader.supplier_links.holding({each for pair in weighed for each in pair})}
    moved = {pair for pair in weighed if _grip(fresh.get(pair)) != _grip(stored.get(pair))}
    if not moved:
        return {}
    found, around = dict(fresh), _neighbours(fresh)
    level = reached = _with_their_rings(reader, frozenset(each for pair in moved for each in pair))
    while level:
        new = {edge.pair: edge for edge in reader.supplier_links.holding(level) if edge.pair not in weighed}
        found |= new
        level = frozenset(chain(*new, *(around[each] for each in level))) - reached
        reached |= level
    linked = LinkedSuppliers(found.values())
    before = reader.supplier_links.rings_of(reached)
    named = named_rings({linked.ring(each) for each in reached}, before, new_id)
    return {each: ring_id for each, ring_id in named.items() if ring_id != before.get(each)}


def _with_their_rings(reader: Reader, suppliers: frozenset[str]) -> frozenset[str]:
    """Most of what their edges lead to, at once: a long chain takes as many reads as it has links."""
    rings = reader.supplier_links.members(set(reader.supplier_links.rings_of(suppliers).values()))
    return suppliers.union(*rings.values())


def _neighbours(pairs: Iterable[Pair]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _grip(edge: Edge | None) -> bool | None:
    """How an edge holds: not at all, weakly or firmly."""
    return None if edge is None else edge.weak
