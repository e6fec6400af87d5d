"""Who of a quarter shares what with whom, in it and in its town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.supplier_parameters import CirclePlan, SuppliersPlan
from zhengpin.simulation.suppliers.circles import Circle, Membership, membership
from zhengpin.simulation.suppliers.rings import ring_memberships
from zhengpin.simulation.suppliers.successions import successions_of


def memberships_of(quarter: Quarter) -> defaultdict[str, list[Membership]]:
    """The circles that each supplier of a quarter is in, by its path; of the town with the town's first quarter."""
    found: defaultdict[str, list[Membership]] = defaultdict(list)
    for path, each in (*_of_quarter(quarter), *_of_town(quarter), *_drawn(quarter)):
        found[path].append(each)
    return found


def _of_quarter(quarter: Quarter) -> Iterator[tuple[str, Membership]]:
    """Companies and what else bears their name: branches, heirs, successors."""
    world, people = quarter.world, quarter.people
    plan, chance = world.parameters.suppliers, world.chance
    for number in range(world.parameters.quarter.branches):
        path, branch = f"{quarter.path}/group/{number // 2}", people.branch(number).path
        yield branch, membership(Circle.GROUP, path, branch, plan.group.traces, chance)
    for shop in (people.terminated().path, people.heir().path):
        yield shop, membership(Circle.HEIR, f"{quarter.path}/heir", shop, plan.heir.traces, chance)
    for succession in successions_of(quarter):
        path = f"{succession.former.path}/succession"
        for each in succession.everybody:
            yield each.path, membership(Circle.SUCCESSION, path, each.path, plan.succession.traces, chance)


def _of_town(quarter: Quarter) -> Iterator[tuple[str, Membership]]:
    """The shops of the depot, and the rings."""
    world, people = quarter.world, quarter.people
    if not quarter.begins_a_town:
        return
    traces, path = world.parameters.suppliers.warehouse.traces, f"{people.town}/warehouse"
    for number in range(world.parameters.town.depot_shops):
        shop = people.depot_shop(number).path
        yield shop, membership(Circle.WAREHOUSE, path, shop, traces, world.chance)
    for ring in range(people.rings):
        yield from ring_memberships(world, people, ring)


def _drawn(quarter: Quarter) -> Iterator[tuple[str, Membership]]:
    """Circles of the town's ordinary suppliers, as far as they are of this quarter.

    Every quarter has as many of them, so that nobody has to be made in order to be drawn.
    """
    world, people, ordinary = quarter.world, quarter.people, quarter.ordinary_sellers
    quarters = world.parameters.town.quarters
    place = quarter.number % quarters
    for circle, drawn in _circles(world.parameters.suppliers):
        dice = world.chance.random(f"{people.town}/{circle}")
        for number in range(int(drawn.often + dice.random())):
            path = f"{people.town}/{circle}/{number}"
            size = min(dice.randint(*drawn.size), len(ordinary) * quarters)
            for member in _here(dice.sample(range(len(ordinary) * quarters), size), place, len(ordinary)):
                seller = ordinary[member].path
                yield seller, membership(circle, path, seller, drawn.traces, world.chance)


def _circles(plan: SuppliersPlan) -> tuple[tuple[Circle, CirclePlan], ...]:
    """Those that are drawn from all over a town."""
    return (
        (Circle.AGENCY, plan.agency),
        (Circle.FAMILY, plan.family),
        (Circle.COWORKING, plan.coworking),
        (Circle.SECOND_HAND_DEVICE, plan.second_hand_device),
        (Circle.RECYCLED_PHONE, plan.recycled_phone),
    )


def _here(drawn: Sequence[int], quarter: int, size: int) -> list[int]:
    """The places in this quarter of those drawn from the whole town."""
    return [each % size for each in drawn if each // size == quarter]
