"""What the members of a ring share: openly, each pair something else, or only what proves little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengpin.simulation.people import People
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.supplier_parameters import SuppliersPlan, Traces
from zhengpin.simulation.suppliers.circles import Circle, Membership, membership
from zhengpin.simulation.world import World


def ring_members(world: World, people: People, ring: int) -> list[Seller]:
    """The factory, the shops, and a former shop that was thrown out."""
    shops = (people.ring_shop(ring, number) for number in range(world.parameters.town.ring_shops))
    former = [people.ring_former(ring)] if people.has_former(ring) else []
    return [people.ring_factory(ring), *shops, *former]


def ring_memberships(world: World, people: People, ring: int) -> Iterator[tuple[str, Membership]]:
    """Each member's path with its place in the ring, and in the agency that some rings work with as others do."""
    path, plan, chance = f"{people.town}/ring/{ring}", world.parameters.suppliers, world.chance
    members = [seller.path for seller in ring_members(world, people, ring)]
    dice = chance.random(f"{path}/manner")
    (manner,) = dice.choices([*plan.ring.manners], [*plan.ring.manners.values()])
    share = _split if manner == "split" else _shared
    for member, shared in share(world, path, members, plan.ring.traces[manner]):
        yield member, Membership(Circle.RING, path, shared.shared, manner)
    if dice.random() < plan.ring.agency:
        yield from ((each, _client(world, people, plan, each)) for each in members)


def _shared(world: World, path: str, members: Sequence[str], traces: Traces) -> Iterator[tuple[str, Membership]]:
    return ((each, membership(Circle.RING, path, each, traces, world.chance)) for each in members)


def _split(world: World, path: str, members: Sequence[str], traces: Traces) -> Iterator[tuple[str, Membership]]:
    """Cut the ring anew for each kind of thing: who shares a telephone does not share the account too."""
    places: dict[str, dict[str, int]] = {}
    for kind in traces:
        dice = world.chance.random(f"{path}/{kind}/parts")
        mixed = dice.sample(members, len(members))
        size = dice.randint(*world.parameters.suppliers.ring.parts)
        places[kind] = {member: place // size for place, member in enumerate(mixed)}
    for member, whole in _shared(world, path, members, traces):
        parts = {kind: f"{name}/{places[kind][member]}" for kind, name in whole.shared.items()}
        yield member, Membership(Circle.RING, path, parts)


def _client(world: World, people: People, plan: SuppliersPlan, member: str) -> Membership:
    """A client of the town's first agency."""
    return membership(Circle.AGENCY, f"{people.town}/agency/0", member, plan.agency.traces, world.chance)
