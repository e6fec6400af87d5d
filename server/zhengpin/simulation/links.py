"""Which sellers are really linked, and by what: the truth about rings, and about honest sellers that share a thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Record
from zhengpin.simulation.sellers import Seller


def links_of(quarter: Quarter) -> Iterator[Record]:
    """The links of one quarter, and of its town with the town's first quarter."""
    people, plan = quarter.people, quarter.world.parameters
    for number in range(0, plan.quarter.branches, 2):
        yield _link("group", [people.branch(number), people.branch(number + 1)], "papers", "account")
    yield _link("terminated seller's heir", [people.terminated(), people.heir()], "company", "pictures", "device")
    if quarter.number % plan.town.quarters:
        return
    yield _link("depot", map(people.depot_shop, range(plan.town.depot_shops)), "depot")
    for ring in range(people.rings):
        shops = (people.ring_shop(ring, number) for number in range(plan.town.ring_shops))
        ring_sellers = [people.ring_factory(ring), *shops]
        yield _link("ring", ring_sellers, "account", "device", "pictures", "papers", "depot")


def _link(kind: str, sellers: Iterable[Seller], *shared: str) -> Record:
    linked = list(sellers)
    return {
        "link": {
            "kind": kind,
            "honest": all(seller.background.truth == "honest" for seller in linked),
            "ring": linked[0].background.ring,
            "shared": list(shared),
            "suppliers": sorted(seller.supplier_id for seller in linked),
        }
    }
