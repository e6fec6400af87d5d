"""Who in a ring makes, passes on, and sells.

Goods of counterfeit trade come from one factory through one or two agents to many shops of different companies, which
send from one depot under one paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import product
from typing import Final

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.ring import Attribute, Chain, ChainShape, Supply, SupplyReason, Trait
from zhengpin.domain.supplier import SupplierKind
from zhengpin.suppliers.rings.weighing import HUB

SEVERAL: Final = 2
"""Who supplies fewer shops is no head of a chain."""
_MAKERS: Final = (SupplierKind.FACTORY, SupplierKind.BRAND)
_PASS_ON: Final = (SupplierKind.AGENT, SupplierKind.IMPORTER)


def chain_of(
    members: Collection[str],
    kinds: Mapping[str, SupplierKind],
    authorisations: Iterable[Authorisation] = (),
    sources: Iterable[tuple[str, str]] = (),
    traits: Iterable[Trait] = (),
) -> Chain:
    """Find the chain within a ring; what concerns others than its members is left aside.

    `sources` pairs a supplier with the factory that its listings name. Of those of unknown kind, who is named as a
    factory makes, who gives letters to others passes on, and everybody else sells.
    """
    ring = frozenset(members)
    letters = _within(ring, ((each.licensor_id, each.licensee_id) for each in authorisations))
    named = _within(ring, ((factory, shop) for shop, factory in sources))
    makers = _of_kind(ring, kinds, _MAKERS) | (_unknown(ring, kinds) & {factory for factory, _ in named})
    rest = ring - makers
    agents = _of_kind(rest, kinds, _PASS_ON) | (_unknown(rest, kinds) & {licensor for licensor, _ in letters})
    shops = rest - agents
    depots = _within(ring, _from_one_depot(makers or agents, agents | shops, traits))
    supplies = tuple(
        Supply(source, target, reason)
        for reason, pairs in zip(SupplyReason, (letters, named, depots), strict=True)
        for source, target in pairs
    )
    shape = _shape(makers, agents, shops, supplies)
    return Chain(shape, tuple(sorted(makers)), tuple(sorted(agents)), tuple(sorted(shops)), supplies)


def _within(ring: frozenset[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted({pair for pair in pairs if pair[0] != pair[1] and ring.issuperset(pair)})


def _of_kind(
    ring: frozenset[str], kinds: Mapping[str, SupplierKind], wanted: Collection[SupplierKind]
) -> frozenset[str]:
    return frozenset(each for each in ring if kinds.get(each, SupplierKind.UNKNOWN) in wanted)


def _unknown(ring: frozenset[str], kinds: Mapping[str, SupplierKind]) -> frozenset[str]:
    return _of_kind(ring, kinds, (SupplierKind.UNKNOWN,))


def _from_one_depot(
    heads: frozenset[str], others: frozenset[str], traits: Iterable[Trait]
) -> Iterable[tuple[str, str]]:
    """Pair heads with those whose parcels carriers first see in the same depot, unless it is a hub."""
    senders: dict[str, set[str]] = {}
    for trait in traits:
        if trait.attribute is Attribute.DEPOT:
            senders.setdefault(trait.value, set()).add(trait.supplier_id)
    depots = [those for those in senders.values() if len(those) <= HUB]
    return (pair for those in depots for pair in product(heads & those, (others - heads) & those))


def _shape(
    makers: frozenset[str], agents: frozenset[str], shops: frozenset[str], supplies: Iterable[Supply]
) -> ChainShape:
    targets = {(each.source, each.target) for each in supplies}
    supplied = Counter(source for source, target in targets if target in shops)
    fed = {target for source, target in targets if source in makers}
    if any(supplied[agent] >= SEVERAL for agent in agents & fed):
        return ChainShape.FACTORY_AGENT_SHOPS
    if any(supplied[maker] >= SEVERAL for maker in makers):
        return ChainShape.FACTORY_SHOPS
    return ChainShape.AGENT_SHOPS if any(supplied[agent] >= SEVERAL for agent in agents) else ChainShape.NONE
