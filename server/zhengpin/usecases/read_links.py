"""With whom a supplier belongs together, for investigators."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from zhengpin.domain.outcome import OutcomeKind
from zhengpin.domain.ring import Attribute, Chain, Edge, Link, Trait
from zhengpin.domain.ring_view import Ring, RingMember, SupplierLinks
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import Succession
from zhengpin.errors import NotFound
from zhengpin.storage.store import Store
from zhengpin.storage.work import Reader
from zhengpin.suppliers.rings.chain import chain_of
from zhengpin.suppliers.rings.weighing import HUB
from zhengpin.usecases.joint_cases import joint_case
from zhengpin.usecases.link_names import with_names
from zhengpin.usecases.succession_links import SUCCEEDS, gone_on
from zhengpin.usecases.supplier_states import states_of

MOST_MEMBERS: Final = 500
"""Of a ring that are told; the supplier who is asked for is among them."""
_EVER: Final = datetime(1, 1, 2, tzinfo=UTC)


class ReadLinks:
    """Links and rings as they were when their suppliers were last linked."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, marketplace: str, supplier_id: str) -> SupplierLinks:
        """Give a supplier's links and its ring; `NotFound` for one of whom nothing was ever told."""
        now = self._clock()
        with self._store.read(marketplace) as reader:
            if not reader.suppliers.without_shops((supplier_id,)) and not reader.supplier_traits.of((supplier_id,)):
                raise NotFound("supplier", supplier_id)
            links = _links(reader, supplier_id, now)
            ring_id = reader.supplier_links.rings_of((supplier_id,)).get(supplier_id)
            ring = None if ring_id is None else _ring(reader, ring_id, supplier_id, now)
        return SupplierLinks(supplier_id, links, ring, now)


def _links(reader: Reader, supplier_id: str, now: datetime) -> tuple[Link, ...]:
    """All that ties the supplier to others, the most certain first: what they share, and who goes on in whom."""
    edges = {edge.other if edge.one == supplier_id else edge.one: edge for edge in _of(reader, (supplier_id,))}
    told = reader.supplier_facts.latest(supplier_id, (Succession,), _EVER, now)
    succeeding = gone_on(reader, supplier_id, told)
    states = states_of(reader, {*edges, *succeeding})
    found = {
        other: Link(other, edge.probability, edge.certain, states[other], edge.evidence)
        for other, edge in edges.items()
    }
    for other in succeeding:
        link = found.get(other, Link(other, 1.0, certain=False, state=states[other], evidence=()))
        found[other] = replace(link, probability=1.0, evidence=(*link.evidence, SUCCEEDS))
    ordered = sorted(found.values(), key=lambda each: (not each.certain, -each.probability, each.supplier_id))
    return with_names(reader, ordered)


def _of(reader: Reader, supplier_ids: Collection[str]) -> list[Edge]:
    """Edges of suppliers, the most certain first."""
    edges = reader.supplier_links.edges_of(supplier_ids)
    return sorted(edges, key=lambda edge: (not edge.certain, -edge.probability, edge.pair))


def _ring(reader: Reader, ring_id: str, supplier_id: str, now: datetime) -> Ring:
    everybody = reader.supplier_links.members((ring_id,))[ring_id]
    ids = tuple(sorted({supplier_id, *everybody[: MOST_MEMBERS - 1]}))
    stored = reader.suppliers.find_many(ids)
    suppliers = {each: stored.get(each, Supplier(each)) for each in ids}
    states, outcomes = states_of(reader, ids), reader.outcomes.of_suppliers(ids, now)
    members = (
        RingMember(
            supplier,
            states[each],
            len({told.listing_id for told in outcomes.get(each, ()) if told.kind is OutcomeKind.FAKE}),
        )
        for each, supplier in suppliers.items()
    )
    within = tuple(edge for edge in _of(reader, ids) if suppliers.keys() >= set(edge.pair))
    chain = _chain(reader, suppliers.values())
    together = joint_case(reader, suppliers.values(), chain.shops, within)
    return Ring(ring_id, tuple(members), within, chain, together)


def _chain(reader: Reader, members: Iterable[Supplier]) -> Chain:
    kinds = {each.supplier_id: each.kind for each in members}
    letters = reader.supplier_links.letters_among(kinds)
    return chain_of(kinds, kinds, letters, reader.supplier_links.named_factories(kinds), _depots(reader, kinds))


def _depots(reader: Reader, members: Collection[str]) -> list[Trait]:
    """From which depots members send; those of everybody tell nothing."""
    traits = reader.supplier_traits.of(members)
    used = {value for own in traits.values() for value in own if value[0] == Attribute.DEPOT}
    few = {value for value, those in reader.supplier_traits.bearers(used, HUB + 1).items() if len(those) <= HUB}
    return [Trait(each, Attribute.DEPOT, value[1]) for each, own in traits.items() for value in own if value in few]
