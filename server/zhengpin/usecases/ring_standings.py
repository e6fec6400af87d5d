"""What rules ask of rings: how large, of how many owners, and who in them is one with whom that was terminated."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from zhengpin.domain.ring import Edge
from zhengpin.domain.ring_view import RingStanding
from zhengpin.domain.supplier import SupplierState
from zhengpin.storage.work import Reader
from zhengpin.usecases.supplier_states import states_of


def linked_to_terminated(reader: Reader, supplier_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The terminated suppliers that each supplier is one entity with; most are with none and are left out.

    Risk spreads over certain edges alone, however likely the others are.
    """
    standings = ring_standings(reader, supplier_ids)
    return {each: standing.terminated for each, standing in standings.items() if standing.terminated}


def ring_standings(reader: Reader, supplier_ids: Collection[str]) -> dict[str, RingStanding]:
    """The rings of those of the suppliers that are in one. Whoever is one entity is in one ring."""
    rings = reader.supplier_links.rings_of(supplier_ids)
    members = reader.supplier_links.members(set(rings.values()))
    everybody = [each for those in members.values() for each in those]
    entities = entities_among(everybody, reader.supplier_links.holding(everybody))
    states = states_of(reader, {each for one in supplier_ids for each in entities.get(one, ())})
    return {
        each: RingStanding(
            ring_id,
            len(members[ring_id]),
            len({entities[member] for member in members[ring_id]}),
            tuple(sorted(entities[each] - {each})),
            tuple(sorted(one for one in entities[each] - {each} if states[one] is SupplierState.TERMINATED)),
        )
        for each, ring_id in rings.items()
    }


def entities_of(reader: Reader, supplier_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Who is one entity with each supplier, itself included: all that certain edges lead to."""
    rings = reader.supplier_links.rings_of(supplier_ids)
    members = {each for those in reader.supplier_links.members(set(rings.values())).values() for each in those}
    entities = entities_among(members, reader.supplier_links.holding(members))
    return {each: entities.get(each, frozenset((each,))) for each in supplier_ids}


def entities_among(members: Iterable[str], edges: Iterable[Edge]) -> dict[str, frozenset[str]]:
    """Who is one entity with each member, itself included: all that certain edges lead to."""
    entity = {each: frozenset((each,)) for each in members}
    for edge in edges:
        if edge.certain and entity[edge.one] is not entity[edge.other]:
            both = entity[edge.one] | entity[edge.other]
            entity |= dict.fromkeys(both, both)
    return entity
